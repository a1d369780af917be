"""``sarsteer tenants``: who may call, and how strongly each one's requests are steered."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Annotated, Any

import typer

from server.admin_client import AdminError
from server.cli_admin import Session, command, path_of, print_json, print_table
from server.cli_fields import patch_of, span
from server.policy.records import TenantRecord

app = typer.Typer(name="tenants", help="Look after tenants and their policies.", no_args_is_help=True)

NameArgument = Annotated[str, typer.Argument(metavar="NAME", help="The tenant's name.")]
InheritOption = Annotated[
    list[str] | None,
    typer.Option("--inherit", metavar="FIELD", help="A field to take off, so that it is inherited. May be repeated."),
]
ForOption = Annotated[
    timedelta, typer.Option("--for", parser=span, metavar="SPAN", help="For how long: 30m, at most 24h.")
]

_COLUMNS = ("state", "strength", "floor", "ceiling", "vector")


@command(app, "list")
def list_tenants(session: Session) -> None:
    """List every tenant with what is in force for it."""
    tenants = [tenant for page in session.client.pages("/tenants", "after", limit=1000) for tenant in page["data"]]
    if session.as_json:
        print_json(tenants)
        return
    rows = (
        (each["name"], each["mode_now"], *(each["effective"][column] for column in _COLUMNS), each["revision"])
        for each in tenants
    )
    print_table(("tenant", "mode", *_COLUMNS, "revision"), rows)


@command(app, "show")
def show_tenant(session: Session, name: NameArgument) -> None:
    """Show a tenant's fields as they are written, and what is in force."""
    tenant = session.client.get(path_of("tenants", name)).body
    if session.as_json:
        print_json(tenant)
        return
    rows = ((field, tenant["fields"].get(field), value) for field, value in tenant["effective"].items())
    title = f"{name}, revision {tenant['revision']}, mode now: {tenant['mode_now']}"
    print_table(("field", "written", "in force"), rows, title)


@command(app, "explain")
def explain_tenant(session: Session, name: NameArgument) -> None:
    """Show where each value in force comes from."""
    explained = session.client.get(path_of("tenants", name, "explain")).body
    if session.as_json:
        print_json(explained)
        return
    rows = ((field, each["value"], each["source"], each["note"]) for field, each in explained["fields"].items())
    print_table(("field", "in force", "set by", "note"), rows, f"{name}, revision {explained['revision']}")


@command(app, "create", writes=True, fields=TenantRecord)
def create_tenant(session: Session, name: NameArgument, fields: Mapping[str, Any]) -> None:
    """Create a tenant; what no option sets, it inherits."""
    patch = {field: value for field, value in patch_of(fields).items() if value is not None}
    session.finish(session.write("POST", "/tenants", {"name": name, **patch}))


@command(app, "set", writes=True, fields=TenantRecord)
def set_tenant(session: Session, name: NameArgument, fields: Mapping[str, Any], inherit: InheritOption = None) -> None:
    """Set some of a tenant's fields, and leave the others as they are."""
    patch = patch_of(fields, inherit or ())
    if not patch:
        raise AdminError("There is nothing to set; name a field, as in --strength 1.5 or --inherit strength.")
    session.finish(session.amend(path_of("tenants", name), patch))


@command(app, "off", writes=True)
def turn_off(session: Session, name: NameArgument, span: ForOption) -> None:
    """Break the glass: answer a tenant unsteered, for a while."""
    session.finish(session.amend(path_of("tenants", name), patch_of({"off_for": span})))


@command(app, "shadow", writes=True)
def shadow_tenant(session: Session, name: NameArgument) -> None:
    """Answer a tenant unsteered, to learn what steering would change."""
    session.finish(session.amend(path_of("tenants", name), patch_of({"mode": "shadow"})))


@command(app, "enforce", writes=True)
def enforce_tenant(session: Session, name: NameArgument) -> None:
    """Steer a tenant's requests again."""
    session.finish(session.amend(path_of("tenants", name), patch_of({"mode": "enforce"})))


@command(app, "suspend", writes=True)
def suspend_tenant(session: Session, name: NameArgument) -> None:
    """Refuse a tenant's keys, until it is activated."""
    session.finish(session.amend(path_of("tenants", name), {"state": "suspended"}))


@command(app, "activate", writes=True)
def activate_tenant(session: Session, name: NameArgument) -> None:
    """Take a suspended tenant's keys again."""
    session.finish(session.amend(path_of("tenants", name), {"state": "active"}))


@command(app, "delete", writes=True)
def delete_tenant(session: Session, name: NameArgument) -> None:
    """Delete a tenant and revoke its keys."""
    path = path_of("tenants", name)
    session.finish(session.write("DELETE", path, etag=session.client.get(path).etag))
