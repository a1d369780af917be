"""The service-wide policy: what every tenant inherits, and what the channels are."""

import asyncio

from starlette.responses import Response
from starlette.routing import Route

from server.admin.console.fields import SERVICE_GROUPS
from server.admin.console.policy_form import PolicyForm, form_of, submitted
from server.admin.console.policy_page import Conflict, FormPage, choices, conflict_of, in_force, rebased
from server.admin.console.sessions import PATH
from server.admin.console.visit import Console, Visit, signed_in
from server.policy.errors import InvalidPolicy, NotPermitted, RevisionConflict
from server.policy.records import ServiceRecord, TenantRecord
from server.policy.state import PolicyState

ADDRESS = f"{PATH}/service"


def service_routes(console: Console) -> list[Route]:
    return [
        Route("/service", signed_in(console, _show), methods=["GET"]),
        Route("/service", signed_in(console, _save), methods=["POST"]),
        Route("/service/preview", signed_in(console, _preview), methods=["POST"]),
    ]


async def _show(visit: Visit) -> Response:
    stored = visit.context.replica.latest[0].service
    return await _page(visit, form_of(stored.record, SERVICE_GROUPS, None), stored.revision)


async def _save(visit: Visit) -> Response:
    expected, form = visit.number("expected"), _submitted(visit)
    if form.record is None:
        return await _page(visit, form, expected, 400, problem=form.problem)
    record, administration = form.record, visit.context.administration
    try:
        revision = await visit.change(
            "change service", lambda actor: administration.put_service(actor, record, expected, visit.reason)
        )
    except RevisionConflict:
        current = visit.context.replica.latest[0].service
        then = (
            PolicyState().after(expected, await asyncio.to_thread(visit.context.repository.at, expected)).service.record
        )
        conflict = await conflict_of(visit, then, current, record)
        form = rebased(form, then, current.record, SERVICE_GROUPS, None)
        return await _page(visit, form, current.revision, 412, conflict=conflict)
    except NotPermitted as refused:
        return await _page(visit, form, expected, 403, problem=str(refused))
    except InvalidPolicy as refused:
        return await _page(visit, form.refused(refused), expected, 400, problem=str(refused))
    return visit.saved(revision, ADDRESS)


async def _preview(visit: Visit) -> Response:
    form, held = _submitted(visit), visit.context.replica.latest[0].service.record
    there = await in_force(visit.context, TenantRecord(), form.record or held)
    return visit.page("_preview.html", in_force=there, problem=form.problem, changed=form.record != held)


def _submitted(visit: Visit) -> PolicyForm[ServiceRecord]:
    held = visit.context.replica.latest[0].service.record
    return submitted(visit.form, held, SERVICE_GROUPS, None, visit.context.clock())


async def _page(
    visit: Visit,
    form: PolicyForm[ServiceRecord],
    expected: int,
    status: int = 200,
    problem: str | None = None,
    conflict: Conflict | None = None,
) -> Response:
    record = form.record or visit.context.replica.latest[0].service.record
    sets, channels = await choices(visit.context, record)
    edit = FormPage(
        form,
        SERVICE_GROUPS,
        ADDRESS,
        f"{ADDRESS}/preview",
        expected,
        await in_force(visit.context, TenantRecord(), record),
        sets,
        channels,
        "what is built in",
        visit.reason,
        problem,
        conflict,
    )
    return visit.page("service.html", status, edit=edit, saved=visit.query_number("saved", 0) or None)
