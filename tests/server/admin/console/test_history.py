"""Revisions, replicas, the audit: what the console tells of them, and a rollback."""

import json
from dataclasses import replace

from server.policy.actor import LOCAL
from server.policy.records import TenantRecord
from tests.server.admin.console.visitor import Visitor, words_of
from tests.server.admin.plane import Plane
from tests.server.policy.memory_repository import MemoryRepository


async def change(plane: Plane, times: int) -> None:
    for index in range(times):
        expected = plane.replica.latest[0].tenants["acme"].revision
        record = TenantRecord(strength=1 + index / 1000)
        plane.administration.put_tenant(LOCAL, "acme", record, expected, f"change number {index}")
        await plane.replica.look()


async def test_revisions_are_listed_newest_first_and_older_ones_on_further_pages(
    plane: Plane, security: Visitor, acme: None
) -> None:
    await change(plane, 60)
    first = words_of(await security.get("/console/revisions"))
    assert "change number 59" in first
    assert "change number 9 " not in first
    page = await security.get("/console/revisions")
    assert 'href="/console/revisions?before=15"' in page.text
    older = words_of(await security.get("/console/revisions?before=15"))
    assert "change number 9" in older
    assert "first start" in older


async def test_a_revision_shows_what_was_before_and_after(plane: Plane, security: Visitor, acme: None) -> None:
    plane.administration.put_tenant(LOCAL, "acme", TenantRecord(strength=1.5, gate=True), 4, "for the tests")
    await plane.replica.look()
    plane.administration.put_tenant(LOCAL, "acme", TenantRecord(strength=1.2), 5, "less")
    await plane.replica.look()
    words = words_of(await security.get("/console/revisions/6"))
    assert "Strength 1.5 1.2" in words
    assert "Gate true unset" in words
    assert "created" in words_of(await security.get("/console/revisions/4"))


async def test_a_rollback_needs_its_confirmation_and_the_newest_head(
    plane: Plane, security: Visitor, acme: None
) -> None:
    await change(plane, 3)
    head = plane.repository.head()
    path = "/console/revisions/4/rollback"
    unsure = await security.send(path, page="/console/revisions/4", base=str(head), reason="a test")
    assert unsure.status_code == 400
    late = await security.send(path, page="/console/revisions/4", confirm="yes", base=str(head - 1), reason="a test")
    assert late.status_code == 412
    assert plane.repository.head() == head
    done = await security.send(path, page="/console/revisions/4", confirm="yes", base=str(head), reason="a test")
    assert done.headers["location"] == f"/console/revisions/{head + 1}?saved={head + 1}"
    assert plane.replica.latest[0].tenants["acme"].record == TenantRecord()


async def test_only_the_scope_security_is_offered_a_rollback(plane: Plane, visitor: Visitor, acme: None) -> None:
    await visitor.sign_in("operate")
    assert "Roll back" not in words_of(await visitor.get("/console/revisions/1"))


async def test_replicas_that_lag_or_hold_back_are_told(plane: Plane, security: Visitor, acme: None) -> None:
    plane.beat("slow", 2)
    plane.beat("stuck", 3, "refusal@9.9.9 is not published")
    words = words_of(await security.get("/console/replicas"))
    assert "this id-this 4 up to date" in words
    assert "slow id-slow 2 2 behind" in words
    assert "3 held back refusal@9.9.9 is not published" in words


async def test_a_revision_that_is_held_back_here_is_told_on_every_page(plane: Plane, security: Visitor) -> None:
    plane.sets.lenient = True
    plane.administration.put_tenant(LOCAL, "acme", TenantRecord(vector="refusal@9.9.9"), None, "for the tests")
    plane.sets.lenient = False
    await plane.replica.look()
    for path in ("/console/", "/console/tenants/acme"):
        words = words_of(await security.get(path))
        assert "This replica does not serve the newest revision." in words
        assert "refusal@9.9.9 is not published." in words


async def test_the_audit_is_paged_verified_and_exported(
    plane: Plane, repository: MemoryRepository, security: Visitor, acme: None
) -> None:
    await change(plane, 60)
    page = await security.get("/console/audit")
    assert "64 entries" in words_of(page)
    assert 'href="/console/audit?until=14"' in page.text
    older = words_of(await security.get("/console/audit?until=14"))
    assert "first start" in older
    assert "change number 59" not in older
    verdict = words_of(await security.get("/console/audit/verify", headers={"hx-request": "true"}))
    assert verdict.startswith("The chain holds: 64 entries")
    assert repository.verify_audit().digest in verdict
    lines = (await security.get("/console/audit/export")).text.splitlines()
    assert [json.loads(line)["sequence"] for line in lines] == list(range(1, 65))


async def test_a_broken_chain_is_told_where_it_breaks(
    plane: Plane, repository: MemoryRepository, security: Visitor, acme: None
) -> None:
    repository._audit[1] = replace(repository._audit[1], reason="something else")
    words = words_of(await security.get("/console/audit/verify"))
    assert "The chain is broken: entry 2 is not as it was written" in words
