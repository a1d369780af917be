"""Who gets in, for how long, and what a session can be made to do by somebody else."""

import re

import httpx
import pytest

from server.admin.console.sessions import COOKIE
from server.policy.actor import LOCAL
from tests.server.admin.console.pages import FORMS, PAGES
from tests.server.admin.console.visitor import HOME, Visitor, token_of, words_of
from tests.server.admin.plane import Plane, SetClock
from tests.server.policy.memory_repository import MemoryRepository


def cookie_of(answer: httpx.Response, name: str = COOKIE) -> str:
    (found,) = (each for each in answer.headers.get_list("set-cookie") if each.startswith(f"{name}="))
    return found


async def test_the_root_leads_to_the_console_and_that_to_the_sign_in(visitor: Visitor) -> None:
    for path, to in (("/", HOME), ("/console", HOME), (HOME, "/console/sign-in?to=/console/")):
        answer = await visitor.get(path)
        assert answer.is_redirect
        assert answer.headers["location"] == to


async def test_a_key_signs_in_and_the_cookie_names_it_by_id_alone(plane: Plane, visitor: Visitor) -> None:
    answer = await visitor.sign_in("read")
    assert (answer.status_code, answer.headers["location"]) == (303, HOME)
    cookie = cookie_of(answer)
    for attribute in ("HttpOnly", "SameSite=strict", "Path=/console", "Max-Age=43200"):
        assert attribute in cookie
    assert "Secure" not in cookie, "the test speaks plain HTTP"
    assert plane.keys["read"].rpartition("-")[2] not in cookie
    assert words_of(await visitor.get(HOME)).count(plane.ids["read"]) == 1


async def test_over_https_the_cookie_is_secure(plane: Plane) -> None:
    visitor = Visitor(plane, "https://test")
    async with visitor.client:
        assert "Secure" in cookie_of(await visitor.sign_in())


@pytest.mark.parametrize("key", ["", "sk-adm-aaaaaaaa-" + "a" * 43, "nonsense", "\U0001f600 key", "x" * 490])
async def test_another_key_does_not_and_is_not_told_again(visitor: Visitor, key: str) -> None:
    answer = await visitor.sign_in_with(key)
    assert answer.status_code == 401
    assert not [each for each in answer.headers.get_list("set-cookie") if each.startswith(COOKIE)]
    assert not key or key not in answer.text
    assert (await visitor.get(HOME)).is_redirect


async def test_a_tenants_key_opens_nothing(plane: Plane, visitor: Visitor, acme: None) -> None:
    key = plane.administration.issue_key(LOCAL, "acme", "for the tests").text
    await plane.replica.look()
    assert (await visitor.sign_in_with(key)).status_code == 401


async def test_who_signs_in_comes_to_the_page_that_was_asked_for(plane: Plane, visitor: Visitor) -> None:
    page = await visitor.get((await visitor.get("/console/audit")).headers["location"])
    action = re.search(r'action="(/console/sign-in[^"]*)"', page.text)
    assert action is not None
    fields = {"csrf": token_of(page), "key": plane.keys["read"]}
    assert (await visitor.client.post(action[1], data=fields)).headers["location"] == "/console/audit"


@pytest.mark.parametrize(
    "to", ["https://elsewhere.example/", "//elsewhere.example", "/console/\\elsewhere", "/admin/v1"]
)
async def test_and_to_no_other_site(plane: Plane, visitor: Visitor, to: str) -> None:
    page = await visitor.get("/console/sign-in")
    fields = {"csrf": token_of(page), "key": plane.keys["read"]}
    answer = await visitor.client.post("/console/sign-in", params={"to": to}, data=fields)
    assert answer.headers["location"] == HOME


async def test_signing_out_ends_the_session(security: Visitor) -> None:
    answer = await security.send("/console/sign-out", page=HOME)
    assert answer.headers["location"] == "/console/sign-in"
    assert (await security.get(HOME)).is_redirect


async def test_a_session_ends_after_twelve_hours(security: Visitor, clock: SetClock) -> None:
    clock.pass_(hours=11, minutes=59)
    assert (await security.get(HOME)).status_code == 200
    clock.pass_(minutes=1)
    assert (await security.get(HOME)).is_redirect


async def test_a_revoked_key_signs_out_at_once_and_htmx_is_told_where_to_go(plane: Plane, visitor: Visitor) -> None:
    await visitor.sign_in("operate")
    plane.administration.revoke_admin_key(LOCAL, plane.ids["operate"], "lost")
    await plane.replica.look()
    assert (await visitor.get(HOME)).is_redirect
    part = await visitor.get("/console/part/tenants", headers={"hx-request": "true"})
    assert (part.status_code, part.headers["hx-redirect"]) == (401, "/console/sign-in")


async def test_a_key_that_another_replica_has_revoked_changes_nothing(plane: Plane, visitor: Visitor) -> None:
    await visitor.sign_in("operate")
    plane.administration.revoke_admin_key(LOCAL, plane.ids["operate"], "lost")
    head = plane.repository.head()
    answer = await visitor.save("/console/new-tenant", None, name="bravo")
    assert answer.headers["location"].startswith("/console/sign-in")
    assert plane.repository.head() == head


async def test_a_forged_cookie_is_none(security: Visitor) -> None:
    value = security.client.cookies[COOKIE]
    for forged in ("", value[:-2], value + "x", "x" + value, "a.b.c", "é"):
        security.client.cookies.clear()
        answer = await security.get(HOME, headers={"cookie": f"{COOKIE}={forged}".encode()})
        assert answer.is_redirect, forged


async def test_a_visitors_cookie_is_no_session(visitor: Visitor) -> None:
    await visitor.get("/console/sign-in")
    (value,) = visitor.client.cookies.values()
    assert (await visitor.get(HOME, headers={"cookie": f"{COOKIE}={value}"})).is_redirect


@pytest.mark.parametrize("path", PAGES)
async def test_no_page_opens_without_a_session(visitor: Visitor, acme: None, path: str) -> None:
    answer = await visitor.get(path)
    assert (answer.status_code, answer.headers["location"].partition("?")[0]) == (303, "/console/sign-in")


@pytest.mark.parametrize("path", FORMS)
async def test_no_form_is_taken_without_the_sessions_token(
    plane: Plane, security: Visitor, acme: None, path: str
) -> None:
    head = plane.repository.head()
    other = Visitor(plane)
    async with other.client:
        await other.sign_in()
        elsewhere = token_of(await other.get(HOME))
    for token in ({}, {"csrf": "0" * 64}, {"csrf": elsewhere}, {"csrf": "é"}):
        answer = await security.client.post(path, data={**FORMS[path], **token})
        assert answer.status_code == 403, token
    assert plane.repository.head() == head
    assert (await security.get(HOME)).status_code == 200, "nobody was signed out"


ELSEWHERE: tuple[dict[str, str], ...] = (
    {"sec-fetch-site": "cross-site"},
    {"sec-fetch-site": "same-site"},
    {"sec-fetch-site": "none"},
    {"sec-fetch-site": "cross-site", "origin": "http://test"},
    {"origin": "http://elsewhere.example"},
)


@pytest.mark.parametrize("path", ["/console/sign-in", *FORMS])
async def test_no_form_is_taken_from_another_site(plane: Plane, security: Visitor, acme: None, path: str) -> None:
    head = plane.repository.head()
    token = token_of(await security.get(HOME))
    if path == "/console/sign-in":
        del security.client.cookies[COOKIE]
        token = token_of(await security.get(path))
    del security.client.headers["sec-fetch-site"]
    fields = {**FORMS.get(path, {"key": plane.keys["security"]}), "csrf": token}
    for headers in ELSEWHERE:
        assert (await security.client.post(path, data=fields, headers=headers)).status_code == 403, headers
    assert plane.repository.head() == head


@pytest.mark.parametrize("headers", [{}, {"origin": "null"}, {"origin": "http://test"}])
async def test_a_browser_that_tells_no_site_is_let_in_by_its_token(
    security: Visitor, acme: None, headers: dict[str, str]
) -> None:
    """Over plain HTTP browsers tell none, and a page without referrers posts its forms from the origin null."""
    token = token_of(await security.get(HOME))
    del security.client.headers["sec-fetch-site"]
    answer = await security.client.post("/console/service/preview", data={"csrf": token}, headers=headers)
    assert answer.status_code == 200


async def test_htmx_brings_the_token_as_a_header(security: Visitor, acme: None) -> None:
    token = token_of(await security.get(HOME))
    answer = await security.client.post("/console/service/preview", headers={"x-csrf-token": token})
    assert answer.status_code == 200


async def test_a_store_that_is_away_still_shows_what_is_known(
    plane: Plane, repository: MemoryRepository, security: Visitor, acme: None
) -> None:
    repository.away = True
    page = await security.get("/console/tenants/acme")
    assert page.status_code == 200
    answer = await security.save("/console/tenants/acme", 4, strength="1.5")
    assert answer.status_code == 503
    assert "does not answer" in words_of(answer)
    assert "does not answer" in words_of(await security.get(HOME))
