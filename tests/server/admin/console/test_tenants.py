"""Tenants at the console: found, changed, by whom they may be, and what two who change one at once are told."""

import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest

from server.admin.console.tenant_list import PAGE_SIZE
from server.policy.actor import LOCAL
from server.policy.records import ServiceRecord, TenantRecord
from tests.server.admin.console.visitor import HOME, Visitor, token_of, words_of
from tests.server.admin.plane import Plane, SetClock

ACME = "/console/tenants/acme"


def record_of(plane: Plane, name: str = "acme") -> TenantRecord:
    return plane.replica.latest[0].tenants[name].record


def names_on(text: str) -> list[str]:
    return re.findall(r'id="to-([a-z0-9._-]+)"', text)


async def fill(plane: Plane, count: int) -> None:
    for index in range(count):
        plane.administration.put_tenant(LOCAL, f"tenant-{index:03}", TenantRecord(), None, "for the tests")
    await plane.replica.look()


async def test_tenants_are_listed_a_page_at_a_time(plane: Plane, security: Visitor) -> None:
    await fill(plane, PAGE_SIZE + 7)
    first = await security.get(HOME)
    assert len(names_on(first.text)) == PAGE_SIZE
    assert "57 found, page 1 of 2" in words_of(first)
    second = await security.get("/console/?page=2")
    assert names_on(second.text) == [f"tenant-{index:03}" for index in range(PAGE_SIZE, PAGE_SIZE + 7)]
    assert names_on((await security.get("/console/?page=99")).text) == names_on(second.text)


async def test_tenants_are_found_by_name_and_by_mode(plane: Plane, security: Visitor, clock: SetClock) -> None:
    await fill(plane, 12)
    off = TenantRecord(mode="off", off_until=clock() + timedelta(hours=1))
    plane.administration.put_tenant(LOCAL, "shaded", TenantRecord(mode="shadow"), None, "for the tests")
    plane.administration.put_tenant(LOCAL, "broken", off, None, "for the tests")
    plane.administration.put_tenant(LOCAL, "gone", TenantRecord(state="suspended"), None, "for the tests")
    await plane.replica.look()
    for query, found in {
        "q=TENANT-01": ["tenant-010", "tenant-011"],
        "show=shadow": ["shaded"],
        "show=off": ["broken"],
        "show=suspended": ["gone"],
        "q=ten&show=off": [],
    }.items():
        assert names_on((await security.get(f"/console/part/tenants?{query}")).text) == found, query
    clock.pass_(hours=1)
    assert names_on((await security.get("/console/part/tenants?show=off")).text) == [], "the glass has mended itself"


async def test_a_strength_of_0_is_told_as_what_it_is(plane: Plane, security: Visitor, acme: None) -> None:
    for page in (HOME, ACME):
        assert "enforce unsteered" not in words_of(await security.get(page))
    plane.administration.put_tenant(LOCAL, "none", TenantRecord(strength=0.0), None, "for the tests")
    await plane.replica.look()
    for page in (HOME, "/console/tenants/none"):
        assert "enforce unsteered" in words_of(await security.get(page))


async def test_a_part_names_the_address_of_its_search(security: Visitor, acme: None) -> None:
    part = await security.get("/console/part/tenants?q=ac%26me&show=off&page=9", headers={"hx-request": "true"})
    assert part.headers["hx-replace-url"] == "/console/?q=ac%26me&show=off"
    assert "<html" not in part.text


async def test_a_row_tells_of_the_last_minutes(plane: Plane, security: Visitor, acme: None) -> None:
    assert "no traffic" in words_of(await security.get(HOME))
    for refused in (True, False, False, False):
        plane.context.recent.count("acme", refused)
    page = await security.get(HOME)
    assert "25 % of 4" in words_of(page)
    assert "4 answers in the last 15 minutes, 1 of them refusals" in page.text


async def test_a_saved_tenant_says_how_far_it_has_come(plane: Plane, security: Visitor, acme: None) -> None:
    saved = await security.save(ACME, 4, strength="1.25", reason="louder please")
    assert (saved.status_code, saved.headers["location"]) == (303, f"{ACME}?saved=5")
    assert record_of(plane) == TenantRecord(strength=1.25)
    (revision,) = plane.repository.revisions(limit=1)
    assert (revision.actor, revision.reason) == (plane.ids["security"], "louder please")
    assert 'hx-get="/console/propagation/5"' in (await security.get(saved.headers["location"])).text
    told = words_of(await security.get("/console/propagation/5"))
    assert re.fullmatch(r"Revision 5 on 1/1 replica in \d+\.\d s", told), told


async def test_a_replica_that_lags_is_named_until_it_serves_the_change(
    plane: Plane, security: Visitor, acme: None
) -> None:
    plane.beat("slow", 4)
    plane.beat("stuck", 4, "refusal@9.9.9 is not published")
    await security.save(ACME, 4, strength="1.25")
    lagging = await security.get("/console/propagation/5")
    assert 'hx-trigger="load' in lagging.text, "it goes on looking"
    words = words_of(lagging)
    assert words.startswith(
        "Revision 5 on 1/3 replicas slow still serves revision 4 stuck holds it back: refusal@9.9.9"
    )
    plane.beat("slow", 5)
    plane.beat("stuck", 5)
    told = await security.get("/console/propagation/5")
    assert "Revision 5 on 3/3 replicas in" in words_of(told)
    assert "hx-trigger" not in told.text


async def test_only_what_was_sent_changes_and_what_is_inherited_is_unset(
    plane: Plane, security: Visitor, acme: None
) -> None:
    before = TenantRecord(strength=1.5, floor=0.5, models=("a", "b"), requests_per_minute=60)
    plane.administration.put_tenant(LOCAL, "acme", before, 4, "for the tests")
    await plane.replica.look()
    await security.save(ACME, 5, strength=None, gate="false", tokens_per_minute="1,000", requests_per_minute="")
    expected = TenantRecord(
        floor=0.5, models=("a", "b"), gate=False, tokens_per_minute=1000, requests_per_minute="unlimited"
    )
    assert record_of(plane) == expected


async def test_every_field_comes_back_from_its_form_as_it_was(plane: Plane, security: Visitor, clock: SetClock) -> None:
    full = TenantRecord(
        vector="refusal@2.0.0", strength=1.25, floor=0.5, ceiling=1.75, gate=False, mode="off",
        off_until=clock() + timedelta(hours=3), models=("a", "b c"), requests_per_minute=7,
        tokens_per_minute="unlimited", audio_seconds_per_minute=9, refusal_style="openai", state="suspended",
        twin_share=0.05,
    )  # fmt: skip
    plane.administration.put_tenant(LOCAL, "acme", full, None, "for the tests")
    await plane.replica.look()
    page = (await security.get(ACME)).text
    fields: dict[str, list[str]] = {}
    form = page[page.index('<form id="policy"') : page.index("</form>", page.index('<form id="policy"'))]
    for tag in re.findall(r"<input[^>]*>", form):
        name, value = re.search(r' name="([^"]*)"', tag), re.search(r' value="([^"]*)"', tag)
        if name and (' type="checkbox"' not in tag or " checked" in tag):
            fields.setdefault(name[1], []).append(unescape(value[1]) if value else "on")
    for name, inner in re.findall(r'<select id="[^"]*" name="([^"]*)"[^>]*>(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'<option(?: value="([^"]*)")? selected>([^<]*)', inner)
        assert chosen is not None, name
        fields[name] = [chosen[1] if chosen[1] is not None else chosen[2]]
    models = re.search(r"<textarea[^>]*>(.*?)</textarea>", form, re.DOTALL)
    assert models is not None
    fields |= {"models": [models[1]], "reason": ["as it was"], "csrf": [token_of(await security.get(ACME))]}
    assert (await security.client.post(ACME, data=fields)).status_code == 303
    assert record_of(plane) == full


async def test_what_is_wrong_is_told_at_its_field_and_nothing_is_lost(
    plane: Plane, security: Visitor, acme: None
) -> None:
    for own, said in (
        ({"strength": "much"}, "Strength must be a number, not 'much'."),
        ({"strength": "1.5", "ceiling": "1.2"}, "Strength 1.5 must lie from the floor"),
        ({"requests_per_minute": "many"}, "Requests a minute must be a whole number or empty, not 'many'."),
        ({"requests_per_minute": "0"}, "A limit is an integer from 1 to 1000000000"),
        ({"vector": "refusal@9.9.9"}, "refusal@9.9.9 is not published."),
    ):
        answer = await security.save(ACME, 4, reason="kept as typed", **own)
        assert answer.status_code == 400
        assert said in words_of(answer)
        assert 'aria-invalid="true"' in answer.text, own
        for text in (*own.values(), "kept as typed"):
            assert text in answer.text
    assert record_of(plane) == TenantRecord()


@pytest.mark.parametrize("reason", ["", "  ", "x"])
async def test_a_change_needs_a_reason(plane: Plane, security: Visitor, acme: None, reason: str) -> None:
    answer = await security.save(ACME, 4, strength="1.5", reason=reason)
    assert answer.status_code == 400
    assert "must say why" in words_of(answer)
    assert record_of(plane) == TenantRecord()


async def test_a_broken_glass_has_an_end_and_keeps_it(
    plane: Plane, security: Visitor, acme: None, clock: SetClock
) -> None:
    ends = clock() + timedelta(hours=4)
    await security.save(ACME, 4, mode="off", off_for="240", reason="incident 42")
    assert record_of(plane) == TenantRecord(mode="off", off_until=ends)
    assert "off until 01 May 2026 16:00:00 UTC" in words_of(await security.get(ACME))
    clock.pass_(hours=1)
    token = token_of(await security.get(ACME))
    fields = {"csrf": token, "expected": "5", "reason": "and louder", "field": ["mode", "strength"]}
    own = {"own": ["mode", "strength"], "mode": "off", "off_for": "keep", "strength": "1.5"}
    assert (await security.client.post(ACME, data={**fields, **own})).status_code == 303
    assert record_of(plane) == TenantRecord(mode="off", off_until=ends, strength=1.5)


async def test_who_may_only_read_changes_nothing(plane: Plane, visitor: Visitor, acme: None) -> None:
    await visitor.sign_in("read")
    head = plane.repository.head()
    page = await visitor.get(ACME)
    assert "Your key's scope is read" in words_of(page)
    assert '<fieldset class="bare" disabled>' in page.text
    sent: dict[str, dict[str, Any]] = {
        ACME: {"expected": "4", "field": "strength", "own": "strength", "strength": "1.5"},
        "/console/new-tenant": {"name": "bravo"},
        "/console/service": {"expected": "0", "field": "strength", "own": "strength", "strength": "1.5"},
        f"{ACME}/keys": {"label": "", "expires": ""},
        f"{ACME}/delete": {"confirm": "acme", "expected": "4"},
        "/console/revisions/1/rollback": {"confirm": "yes", "base": str(head)},
        "/console/admin-keys": {"scope": "read", "label": "", "expires": ""},
        "/console/playground": {"by": "set:refusal@3.0.1", "strength": ["1", "2"], "text": "hello"},
    }
    for path, fields in sent.items():
        answer = await visitor.send(path, page=HOME, reason="because I can", **fields)
        assert answer.status_code == 403, path
        assert "scope" in words_of(answer), path
    assert plane.repository.head() == head
    for path in ("/console/admin-keys", "/console/playground"):
        assert (await visitor.get(path)).status_code == 403


async def test_an_operator_changes_a_tenant_but_not_its_bounds(plane: Plane, visitor: Visitor, acme: None) -> None:
    bounds = TenantRecord(floor=0.5, ceiling=1.8, required=True)
    plane.administration.put_tenant(LOCAL, "acme", bounds, 4, "for the tests")
    await plane.replica.look()
    await visitor.sign_in("operate")
    page = await visitor.get(ACME)
    for name in ("floor", "ceiling", "required"):
        row = page.text[: page.text.index(f'name="field" value="{name}"')].rpartition("<fieldset")[2]
        assert row.split(">")[0].endswith(" disabled"), name
    assert (await visitor.save(ACME, 5, strength="1.5")).status_code == 303
    assert record_of(plane) == bounds.model_copy(update={"strength": 1.5})
    answer = await visitor.save(ACME, 6, floor="0.1")
    assert answer.status_code == 403
    assert "Changing floor of tenant acme needs an admin key of the scope security" in words_of(answer)


async def test_two_changes_at_once_lose_nothing_of_either(plane: Plane, security: Visitor, acme: None) -> None:
    theirs = TenantRecord(strength=1.2, refusal_style="openai")
    plane.administration.put_tenant(LOCAL, "acme", theirs, 4, "they were first")
    await plane.replica.look()
    answer = await security.save(
        ACME, 4, strength="1.6", tokens_per_minute="500", refusal_style=None, reason="my own reason"
    )
    assert answer.status_code == 412
    assert record_of(plane) == theirs, "nothing was written"
    words = words_of(answer)
    assert "Key local wrote revision 5" in words
    assert "they were first" in words
    assert "Strength inherited 1.2 1.6" in words
    assert "Refusal style inherited openai inherited" in words
    assert 'name="expected" value="5"' in answer.text
    for kept in ('value="1.6"', 'value="500"', 'value="my own reason"'):
        assert kept in answer.text
    # What they changed and this form left alone is now theirs in the form, too.
    assert '<option value="openai" selected>' in answer.text
    again = await security.save(ACME, 5, strength="1.6", tokens_per_minute="500", refusal_style="openai")
    assert again.status_code == 303
    assert record_of(plane) == TenantRecord(strength=1.6, tokens_per_minute=500, refusal_style="openai")


async def test_who_has_a_page_open_hears_that_somebody_else_changed_it(
    plane: Plane, security: Visitor, acme: None
) -> None:
    assert "Somebody changed" not in words_of(await security.get(f"{ACME}/live?since=4"))
    plane.administration.put_tenant(LOCAL, "acme", TenantRecord(strength=1.2), 4, "they were first")
    await plane.replica.look()
    assert "Somebody changed this tenant at revision 5" in words_of(await security.get(f"{ACME}/live?since=4"))


async def test_the_preview_explains_what_would_be_in_force(plane: Plane, security: Visitor, acme: None) -> None:
    service = ServiceRecord(floor=0.8, mode="shadow")
    plane.administration.put_service(LOCAL, service, 0, "for the tests")
    await plane.replica.look()
    token = token_of(await security.get(ACME))
    draft = {"csrf": token, "field": "strength", "own": "strength", "strength": "0.5"}
    words = words_of(await security.client.post(f"{ACME}/preview", data=draft))
    assert "Strength 0.8 raised from 0.5 to the floor service" in words
    assert "Mode shadow service" in words
    assert "As it would be after saving." in words
    wrong = words_of(await security.client.post(f"{ACME}/preview", data={**draft, "strength": "x"}))
    assert "Strength must be a number" in wrong
    assert record_of(plane) == TenantRecord()


async def test_a_tenant_is_created_and_none_twice(plane: Plane, security: Visitor, acme: None) -> None:
    made = await security.save("/console/new-tenant", None, name="bravo", strength="1.1")
    assert made.headers["location"] == "/console/tenants/bravo?saved=5"
    assert record_of(plane, "bravo") == TenantRecord(strength=1.1)
    twice = await security.save("/console/new-tenant", None, name="acme", strength="1.7")
    assert twice.status_code == 412
    assert "There is a tenant acme already" in words_of(twice)
    assert 'value="1.7"' in twice.text
    wrong = await security.save("/console/new-tenant", None, name="A b")
    assert wrong.status_code == 400
    assert "is no tenant's name" in words_of(wrong)


async def test_a_tenant_is_deleted_by_its_name_alone(plane: Plane, security: Visitor, acme: None) -> None:
    wrong = await security.send(f"{ACME}/delete", page=ACME, confirm="acm", expected="4", reason="a test")
    assert wrong.status_code == 400
    assert record_of(plane)
    done = await security.send(f"{ACME}/delete", page=ACME, confirm="acme", expected="4", reason="a test")
    assert done.headers["location"] == "/console/?saved=5"
    assert "acme" not in plane.replica.latest[0].tenants
    assert (await security.get(ACME)).status_code == 404
