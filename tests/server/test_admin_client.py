import json

import httpx
import pytest

from server.admin_client import AdminClient, AdminError

KEY = "sk-adm-test-key"


def client(answer: httpx.Response | httpx.HTTPError) -> AdminClient:
    def handle(request: httpx.Request) -> httpx.Response:
        if isinstance(answer, httpx.HTTPError):
            raise answer
        return answer

    return AdminClient("http://admin/", KEY, httpx.MockTransport(handle))


def complaint(answer: httpx.Response | httpx.HTTPError) -> str:
    with client(answer) as asked, pytest.raises(AdminError) as caught:
        asked.get("/tenants")
    assert KEY not in str(caught.value)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_a_refusal_is_told_in_its_own_words() -> None:
    error = {"error": {"message": "It was changed\nsince.", "type": "t", "param": None, "code": "revision_conflict"}}
    with client(httpx.Response(412, json=error)) as asked, pytest.raises(AdminError) as caught:
        asked.write("PATCH", "/tenants/a", {}, '"1"')
    assert str(caught.value) == "It was changed since."
    assert caught.value.code == "revision_conflict"


@pytest.mark.parametrize(
    "answer",
    [
        httpx.Response(502, text="<html>Bad gateway</html>"),
        httpx.Response(404, json={"detail": "Not Found"}),
        httpx.Response(500, json=["error"]),
        httpx.Response(400, json={"error": "plain"}),
        httpx.Response(200, text="hello"),
        httpx.Response(302, headers={"location": "http://elsewhere/"}),
    ],
)
def test_what_is_no_admin_api_is_told_so(answer: httpx.Response) -> None:
    assert f"http://admin answers {answer.status_code}, and not as an admin API does" in complaint(answer)


def test_nobody_there_and_an_answer_that_breaks_off_are_told_apart() -> None:
    assert "No admin API answers at http://admin" in complaint(httpx.ConnectError("refused"))
    assert "look before you try again" in complaint(httpx.ReadTimeout("slow"))


@pytest.mark.parametrize("key", ["sk-adm-secret\n", "sk-adm secret", "sk-adm-sécret", "\x00sk-adm-secret"])
def test_a_key_that_cannot_be_sent_is_not_quoted(key: str) -> None:
    with pytest.raises(AdminError, match="holds characters that no key has") as caught:
        AdminClient("http://admin", key)
    assert key.strip() not in str(caught.value)


@pytest.mark.parametrize("url", ["", "admin:8001", "ftp://admin", "http://", "/admin"])
def test_an_address_that_is_none_is_told_so(url: str) -> None:
    with pytest.raises(AdminError, match="is no address of an admin API"):
        AdminClient(url, KEY)


def test_every_page_is_read() -> None:
    def handle(request: httpx.Request) -> httpx.Response:
        assert request.headers["authorization"] == f"Bearer {KEY}"
        after = request.url.params.get("after")
        return httpx.Response(200, json={"data": [after], "next": {None: "a", "a": "b"}.get(after)})

    with AdminClient("http://admin", KEY, httpx.MockTransport(handle)) as asked:
        assert [page["data"] for page in asked.pages("/tenants", "after")] == [[None], ["a"], ["b"]]


def test_lines_come_as_they_are_and_a_refusal_of_them_is_one() -> None:
    with client(httpx.Response(200, text='{"a": 1}\n{"a": 2}\n')) as asked:
        assert [json.loads(line)["a"] for line in asked.lines("/audit/export")] == [1, 2]
    error = {"error": {"message": "The key is spent.", "code": "invalid_api_key"}}
    with client(httpx.Response(401, json=error)) as asked, pytest.raises(AdminError, match="The key is spent"):
        list(asked.lines("/audit/export"))


def test_the_key_is_not_in_what_shows_of_a_client() -> None:
    with client(httpx.Response(200, json={})) as asked:
        assert KEY not in repr(asked) + repr(vars(asked))
