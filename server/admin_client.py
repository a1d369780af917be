"""The admin API as a command sees it: one key, one address, and refusals as sentences."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

import httpx

BASE = "/admin/v1"
_SECONDS = httpx.Timeout(10, read=60)
"""A write may wait for replicas for up to half a minute before it is answered."""


class AdminError(Exception):
    """What the admin API refused, in its words and with its ``code``, or why there was no answer."""

    def __init__(self, message: str, code: str | None = None) -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True, slots=True)
class Answer:
    """A body, and the ETag of the resource if it has one."""

    status: int
    body: Any
    etag: str | None


class AdminClient:
    """Speaks to one admin API with one key. Every method raises AdminError, which never holds the key."""

    def __init__(self, url: str, key: str, transport: httpx.BaseTransport | None = None) -> None:
        self._url = url.rstrip("/")
        if not key:
            raise AdminError("There is no admin key; set SARSTEER_ADMIN_KEY, or give --key.")
        if not key.isascii() or not key.isprintable() or " " in key:
            # An HTTP client would quote it in its own complaint.
            raise AdminError("The admin key holds characters that no key has; look at SARSTEER_ADMIN_KEY or --key.")
        try:
            base = httpx.URL(self._url)
        except httpx.InvalidURL:
            base = httpx.URL("")
        if base.scheme not in ("http", "https") or not base.host:
            raise AdminError(f"{self._url} is no address of an admin API; write it as http://127.0.0.1:8001.")
        headers = {"authorization": f"Bearer {key}"}
        self._http = httpx.Client(base_url=self._url, headers=headers, timeout=_SECONDS, transport=transport)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._http.close()

    def get(self, path: str, **query: Any) -> Answer:
        return self._ask("GET", path, query, None, None)

    def write(self, method: str, path: str, body: Any = None, etag: str | None = None, **query: Any) -> Answer:
        """Change something; ``etag`` is that of what is changed, as a GET answered it."""
        return self._ask(method, path, query, body, etag)

    def pages(self, path: str, cursor: str, **query: Any) -> Iterator[Mapping[str, Any]]:
        """Every page of a list, whose ``next`` is sent as ``cursor`` for the one after."""
        while True:
            page = self.get(path, **query).body
            yield page
            if page.get("next") is None:
                return
            query[cursor] = page["next"]

    def lines(self, path: str) -> Iterator[str]:
        """A body of JSON lines, as it arrives; raise AdminError if it breaks off."""
        try:
            with self._http.stream("GET", f"{BASE}{path}") as response:
                if response.status_code != 200:
                    response.read()
                    raise self._refusal(response)
                yield from response.iter_lines()
        except httpx.HTTPError as error:
            raise self._silence(error) from None

    def _ask(self, method: str, path: str, query: Mapping[str, Any], body: Any, etag: str | None) -> Answer:
        given = {name: value for name, value in query.items() if value is not None}
        headers = {} if etag is None else {"if-match": etag}
        try:
            response = self._http.request(method, f"{BASE}{path}", params=given, json=body, headers=headers)
        except httpx.HTTPError as error:
            raise self._silence(error) from None
        if not response.is_success:
            raise self._refusal(response)
        try:
            return Answer(response.status_code, response.json(), response.headers.get("etag"))
        except ValueError:
            raise self._stranger(response) from None

    def _refusal(self, response: httpx.Response) -> AdminError:
        try:
            error = json.loads(response.text)["error"]
            return AdminError(" ".join(str(error["message"]).split()), error["code"])
        except (ValueError, LookupError, TypeError):
            return self._stranger(response)

    def _stranger(self, response: httpx.Response) -> AdminError:
        return AdminError(
            f"{self._url} answers {response.status_code}, and not as an admin API does; is it the admin port's address?"
        )

    def _silence(self, error: httpx.HTTPError) -> AdminError:
        if isinstance(error, httpx.ConnectError | httpx.ConnectTimeout):
            return AdminError(
                f"No admin API answers at {self._url} ({error}); start sarsteer serve, or give its address with --url."
            )
        return AdminError(
            f"The answer of {self._url} did not come ({type(error).__name__}); look before you try again what was done."
        )
