"""One tenant: its policy, its keys, what it was like in the last minutes; and a new one."""

import asyncio

from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import Route

from server.admin.console.charts import spark
from server.admin.console.fields import TENANT_GROUPS
from server.admin.console.policy_form import PolicyForm, form_of, submitted
from server.admin.console.policy_page import Conflict, FormPage, choices, conflict_of, in_force, rebased
from server.admin.console.sessions import PATH
from server.admin.console.tenant_list import newest
from server.admin.console.visit import Console, Visit, signed_in
from server.policy.errors import AlreadyThere, InvalidPolicy, NotPermitted, RevisionConflict
from server.policy.records import TenantRecord, is_live
from server.policy.state import PolicyState, Stored

NEW = f"{PATH}/new-tenant"


def tenant_routes(console: Console) -> list[Route]:
    return [
        Route("/new-tenant", signed_in(console, _new), methods=["GET"]),
        Route("/new-tenant", signed_in(console, _create), methods=["POST"]),
        Route("/new-tenant/preview", signed_in(console, _preview), methods=["POST"]),
        Route("/tenants/{name}", signed_in(console, show_tenant), methods=["GET"]),
        Route("/tenants/{name}", signed_in(console, _save), methods=["POST"]),
        Route("/tenants/{name}/preview", signed_in(console, _preview), methods=["POST"]),
        Route("/tenants/{name}/live", signed_in(console, _live), methods=["GET"]),
        Route("/tenants/{name}/delete", signed_in(console, _delete), methods=["POST"]),
    ]


def address_of(name: str) -> str:
    return f"{PATH}/tenants/{name}"


async def show_tenant(visit: Visit) -> Response:
    name, stored = _named(visit)
    service = visit.context.replica.latest[0].service.record
    form = form_of(stored.record, TENANT_GROUPS, service)
    return await _page(visit, name, form, stored.record, stored.revision)


async def _save(visit: Visit) -> Response:
    name, stored = _named(visit)
    expected = visit.number("expected")
    form = _submitted(visit, stored.record)
    if form.record is None:
        return await _page(visit, name, form, stored.record, expected, 400, problem=form.problem)
    record = form.record
    try:
        administration = visit.context.administration
        revision = await visit.change(
            "change tenant", lambda actor: administration.put_tenant(actor, name, record, expected, visit.reason)
        )
    except RevisionConflict:
        name, current = _named(visit)
        then = (
            PolicyState()
            .after(expected, await asyncio.to_thread(visit.context.repository.at, expected))
            .tenants.get(name)
        )
        was = then.record if then else TenantRecord()
        conflict = await conflict_of(visit, was, current, record)
        service = visit.context.replica.latest[0].service.record
        form = rebased(form, was, current.record, TENANT_GROUPS, service)
        return await _page(visit, name, form, current.record, current.revision, 412, conflict=conflict)
    except (InvalidPolicy, NotPermitted) as refused:
        status = 403 if isinstance(refused, NotPermitted) else 400
        return await _page(visit, name, form.refused(refused), record, expected, status, problem=str(refused))
    return visit.saved(revision, address_of(name))


async def _new(visit: Visit) -> Response:
    service = visit.context.replica.latest[0].service.record
    form = form_of(TenantRecord(), TENANT_GROUPS, service)
    return visit.page("new_tenant.html", name="", edit=await _edit(visit, NEW, form, TenantRecord(), None))


async def _create(visit: Visit) -> Response:
    name = visit.text("name")
    form = _submitted(visit, TenantRecord())
    problem, status = form.problem, 400
    if form.record is not None:
        record, administration = form.record, visit.context.administration
        try:
            revision = await visit.change(
                "create tenant", lambda actor: administration.put_tenant(actor, name, record, None, visit.reason)
            )
            return visit.saved(revision, address_of(name))
        except AlreadyThere:
            problem, status = f"There is a tenant {name} already; choose another name, or change that one.", 412
        except (InvalidPolicy, NotPermitted) as refused:
            form, problem = form.refused(refused), str(refused)
            status = 403 if isinstance(refused, NotPermitted) else 400
    edit = await _edit(visit, NEW, form, form.record or TenantRecord(), None, problem=problem)
    return visit.page("new_tenant.html", status, name=name, edit=edit)


async def _preview(visit: Visit) -> Response:
    """What would be in force: the scale and the explanation, for the form as it stands."""
    name = visit.request.path_params.get("name")
    held = _named(visit)[1].record if name else TenantRecord()
    form = _submitted(visit, held)
    service = visit.context.replica.latest[0].service.record
    there = await in_force(visit.context, form.record or held, service)
    return visit.page("_preview.html", in_force=there, problem=form.problem, changed=form.record != held)


async def _live(visit: Visit) -> Response:
    name, stored = _named(visit)
    tenant = newest(visit.context).tenant(name)
    assert tenant is not None
    since = visit.query_number("since", stored.revision)
    return visit.page(
        "_live.html",
        name=name,
        tenant=tenant,
        mode=tenant.mode_at(visit.context.clock()),
        spark=spark(visit.context.recent.of(name)),
        since=since,
        overtaken=stored.revision if stored.revision != since else None,
    )


async def _delete(visit: Visit) -> Response:
    name, _ = _named(visit)
    if visit.text("confirm") != name:
        raise HTTPException(400, f"To delete the tenant, type its name, {name}, as the confirmation.")
    expected, administration = visit.number("expected"), visit.context.administration
    revision = await visit.change(
        "delete tenant", lambda actor: administration.delete_tenant(actor, name, expected, visit.reason)
    )
    return visit.saved(revision, f"{PATH}/")


def _named(visit: Visit) -> tuple[str, Stored[TenantRecord]]:
    name = str(visit.request.path_params["name"])
    stored = visit.context.replica.latest[0].tenants.get(name)
    if stored is None:
        raise HTTPException(404, f"There is no tenant {name[:63]}. It may have been deleted; see the revisions.")
    return name, stored


def _submitted(visit: Visit, held: TenantRecord) -> PolicyForm[TenantRecord]:
    service = visit.context.replica.latest[0].service.record
    return submitted(visit.form, held, TENANT_GROUPS, service, visit.context.clock())


async def _edit(
    visit: Visit,
    action: str,
    form: PolicyForm[TenantRecord],
    shown: TenantRecord,
    expected: int | None,
    problem: str | None = None,
    conflict: Conflict | None = None,
) -> FormPage:
    service = visit.context.replica.latest[0].service.record
    sets, channels = await choices(visit.context, service)
    return FormPage(
        form,
        TENANT_GROUPS,
        action,
        f"{action}/preview",
        expected,
        await in_force(visit.context, form.record or shown, service),
        sets,
        channels,
        "the service policy",
        visit.reason,
        problem,
        conflict,
    )


async def _page(
    visit: Visit,
    name: str,
    form: PolicyForm[TenantRecord],
    shown: TenantRecord,
    expected: int,
    status: int = 200,
    problem: str | None = None,
    conflict: Conflict | None = None,
) -> Response:
    now = visit.context.clock()
    tenant = newest(visit.context).tenant(name)
    assert tenant is not None
    ring = visit.context.replica.latest[1]
    keys = sorted(
        ((id_, stored.record) for id_, stored in ring.keys.items() if stored.record.tenant == name),
        key=lambda each: (not is_live(each[1], now), -each[1].created.timestamp()),
    )
    return visit.page(
        "tenant.html",
        status,
        name=name,
        tenant=tenant,
        mode=tenant.mode_at(now),
        spark=spark(visit.context.recent.of(name)),
        since=expected,
        overtaken=None,
        keys=[(id_, record, is_live(record, now)) for id_, record in keys],
        edit=await _edit(visit, address_of(name), form, shown, expected, problem, conflict),
        saved=visit.query_number("saved", 0) or None,
    )
