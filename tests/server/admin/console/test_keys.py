"""Keys at the console: shown once, rotated with an overlap, revoked; admin keys for the scope security."""

import re
from datetime import timedelta

import pytest

from server.policy.actor import LOCAL
from server.policy.records import Scope
from tests.server.admin.console.visitor import HOME, Visitor, words_of
from tests.server.admin.plane import Plane, SetClock

ACME = "/console/tenants/acme"
KEY = r"sk-(?:sar|adm)-([a-z2-7]{8})-[A-Za-z0-9_-]{43}"


def key_on(text: str) -> tuple[str, str]:
    """The one key that a page shows, and its id."""
    (found,) = {(match[0], match[1]) for match in re.finditer(KEY, text)}
    return found


async def test_a_key_is_issued_and_works(plane: Plane, security: Visitor, acme: None, clock: SetClock) -> None:
    page = await security.send(f"{ACME}/keys", page=ACME, label="phone app", expires="30", reason="rollout")
    assert page.status_code == 201
    key, id_ = key_on(page.text)
    tenant = plane.replica.tenant_of(key)
    assert tenant is not None
    assert tenant.name == "acme"
    record = plane.replica.latest[1].keys[id_].record
    assert (record.label, record.expires) == ("phone app", clock() + timedelta(days=30))
    listed = words_of(await security.get(ACME))
    assert f"{id_} phone app 0 s ago 31 May 2026" in listed
    clock.pass_(days=31)
    assert plane.replica.tenant_of(key) is None
    await security.sign_in()
    assert "ended" in words_of(await security.get(ACME))


async def test_a_rotated_key_goes_on_for_its_overlap(
    plane: Plane, security: Visitor, acme: None, clock: SetClock
) -> None:
    old = plane.administration.issue_key(LOCAL, "acme", "for the tests", "phone app")
    await plane.replica.look()
    page = await security.send(f"/console/keys/{old.id}/rotate", page=ACME, overlap="3600", reason="quarterly")
    assert page.status_code == 201
    new, id_ = key_on(page.text)
    assert plane.replica.latest[1].keys[id_].record.label == "phone app"
    assert plane.replica.tenant_of(new)
    assert plane.replica.tenant_of(old.text)
    clock.pass_(hours=1)
    assert plane.replica.tenant_of(new)
    assert plane.replica.tenant_of(old.text) is None


async def test_a_revoked_key_ends_at_once(plane: Plane, security: Visitor, acme: None) -> None:
    key = plane.administration.issue_key(LOCAL, "acme", "for the tests")
    await plane.replica.look()
    done = await security.send(f"/console/keys/{key.id}/revoke", page=ACME, reason="leaked")
    assert done.headers["location"] == f"{ACME}?saved=6"
    assert plane.replica.tenant_of(key.text) is None
    again = await security.send(f"/console/keys/{key.id}/revoke", page=ACME, reason="leaked")
    assert again.status_code == 404


@pytest.mark.parametrize("scope", ["read", "operate", "security"])
async def test_an_admin_key_is_issued_and_signs_in(plane: Plane, security: Visitor, scope: Scope) -> None:
    fields = {"scope": scope, "label": "on call", "expires": "", "reason": "on call"}
    page = await security.send("/console/admin-keys", **fields)
    key, id_ = key_on(page.text)
    other = Visitor(plane)
    async with other.client:
        assert (await other.sign_in_with(key)).headers["location"] == HOME
        assert f"Key {id_} Scope {scope}" in words_of(await other.get(HOME))
        assert f"{id_} {scope} on call" in words_of(await security.get("/console/admin-keys"))
        await security.send(f"/console/admin-keys/{id_}/revoke", page="/console/admin-keys", reason="off call")
        assert (await other.get(HOME)).is_redirect


async def test_the_last_key_of_the_scope_security_stays(plane: Plane, security: Visitor) -> None:
    own = plane.ids["security"]
    answer = await security.send(f"/console/admin-keys/{own}/revoke", page="/console/admin-keys", reason="oops")
    assert answer.status_code == 400
    assert "last admin key of the scope security" in words_of(answer)
    assert (await security.get(HOME)).status_code == 200


async def test_who_revokes_their_own_key_is_signed_out(plane: Plane, security: Visitor) -> None:
    plane.administration.issue_admin_key(LOCAL, "security", "for the tests")
    await plane.replica.look()
    own = plane.ids["security"]
    done = await security.send(f"/console/admin-keys/{own}/revoke", page="/console/admin-keys", reason="leaving")
    assert done.status_code == 303
    assert (await security.get(done.headers["location"])).is_redirect
