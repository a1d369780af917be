"""The admin's application as a whole."""

import httpx
import pytest

from tests.server.admin.plane import Plane, refused, write


async def test_a_method_that_a_path_does_not_take_is_405_with_those_that_it_does(client: httpx.AsyncClient) -> None:
    for path, allowed in (("/me", "GET"), ("/tenants", "GET, POST"), ("/tenants/acme", "DELETE, GET, PATCH, PUT")):
        answer = await client.options(path)
        assert allowed in refused(answer, 405, "method_not_allowed")
        assert answer.headers["allow"] == allowed


async def test_a_request_id_is_answered_and_no_header_can_be_slipped_in(client: httpx.AsyncClient) -> None:
    assert (await client.get("/me", headers={"x-request-id": "mine-1"})).headers["x-request-id"] == "mine-1"
    strange = await client.post(
        "/tenants",
        params=write("good\r\nset-cookie: a=b"),
        json={"name": "a"},
        headers={b"x-request-id": b"\xff\xfe", b"if-match": b'"1" set-cookie: a=b'},
    )
    assert strange.status_code == 400
    assert "set-cookie" not in strange.headers
    assert strange.headers["x-request-id"].isalnum()


async def test_a_crash_is_500_and_shows_nothing(
    plane: Plane, client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(*_args: object) -> object:
        raise RuntimeError("a secret cause")

    monkeypatch.setattr(plane.repository, "commit", crash)
    answer = await client.post("/tenants", params=write(), json={"name": "acme"})
    assert "secret" not in refused(answer, 500, "internal_error")


async def test_nothing_of_a_key_is_logged(
    plane: Plane, client: httpx.AsyncClient, capsys: pytest.CaptureFixture[str]
) -> None:
    await client.post("/tenants", params=write("because"), json={"name": "acme"})
    made = (await client.post("/tenants/acme/keys", params=write("because"), json={})).json()
    await client.get("/me")
    logged = "".join(capsys.readouterr())
    assert "/admin/v1/tenants/acme/keys" in logged
    for secret in (made["key"], *plane.keys.values(), "because"):
        assert secret not in logged
