"""The service-wide policy at the console."""

from server.policy.actor import LOCAL
from server.policy.records import ServiceRecord
from tests.server.admin.console.visitor import Visitor, token_of, words_of
from tests.server.admin.plane import Plane

SERVICE = "/console/service"


async def test_it_is_written_for_the_first_time_and_again(plane: Plane, security: Visitor, acme: None) -> None:
    assert "Nobody has written it yet" in words_of(await security.get(SERVICE))
    first = await security.save(SERVICE, 0, stable="refusal@2.0.0", candidate="refusal@3.0.1", strength="1.1")
    assert first.headers["location"] == f"{SERVICE}?saved=5"
    second = await security.save(SERVICE, 5, candidate=None)
    assert second.status_code == 303
    assert plane.replica.latest[0].service.record == ServiceRecord(stable="refusal@2.0.0", strength=1.1)
    tenant = words_of(await security.get("/console/tenants/acme"))
    assert "Strength 1.1 service" in tenant
    assert "Vector set stable refusal@2.0.0 built in" in tenant


async def test_two_who_write_it_at_once(plane: Plane, security: Visitor) -> None:
    plane.administration.put_service(LOCAL, ServiceRecord(strength=1.1), 0, "they were first")
    await plane.replica.look()
    answer = await security.save(SERVICE, 0, strength="1.4", ceiling="1.9")
    assert answer.status_code == 412
    assert "Strength inherited 1.1 1.4" in words_of(answer)
    assert 'value="1.9"' in answer.text
    assert (await security.save(SERVICE, 4, strength="1.4", ceiling="1.9")).status_code == 303


async def test_what_is_wrong_is_told_and_kept(plane: Plane, security: Visitor) -> None:
    for own, said in (
        ({"stable": "refusal@9.9.9"}, "refusal@9.9.9 is not published."),
        ({"strength": "x"}, "Strength must be a number"),
    ):
        answer = await security.save(SERVICE, 0, **own)
        assert answer.status_code == 400
        assert said in words_of(answer)
    assert plane.replica.latest[0].service.revision == 0


async def test_an_operator_may_not_change_the_bounds(plane: Plane, visitor: Visitor) -> None:
    await visitor.sign_in("operate")
    answer = await visitor.save(SERVICE, 0, ceiling="3")
    assert answer.status_code == 403
    assert (await visitor.save(SERVICE, 0, strength="1.2")).status_code == 303


async def test_the_preview_shows_what_a_tenant_without_fields_gets(security: Visitor) -> None:
    draft = {
        "csrf": token_of(await security.get(SERVICE)),
        "field": "stable",
        "own": "stable",
        "stable": "refusal@2.0.0",
    }
    words = words_of(await security.client.post(f"{SERVICE}/preview", data=draft))
    assert "Vector set stable refusal@2.0.0 built in" in words
    assert "certified 0.9 to 1.35" in words
