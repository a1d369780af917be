"""``sarsteer policy``: the service-wide policy, the policy file, revisions and replicas."""

from collections.abc import Mapping
from typing import Annotated, Any

import typer
import yaml

from server.admin_client import AdminClient, AdminError
from server.cli_admin import Session, command, path_of, print_json, print_table
from server.cli_apply import apply_document
from server.cli_fields import patch_of
from server.cli_tenants import InheritOption
from server.policy.records import ServiceRecord

app = typer.Typer(name="policy", help="The service-wide policy, the policy file and revisions.", no_args_is_help=True)
command(app, "apply", writes=True)(apply_document)

NumberArgument = Annotated[int, typer.Argument(metavar="N", min=1, help="The revision's number.")]

_REVISION = ("number", "at", "actor", "action", "reason")
_REPLICA = ("name", "revision", "seen", "started", "problem")
_RETRIES = 3


@command(app, "show")
def show_policy(
    session: Session,
    as_yaml: Annotated[
        bool, typer.Option("--yaml", help="Everything but the keys, as a policy file that apply takes back.")
    ] = False,
) -> None:
    """Show the service-wide policy as it is written, and what holds where a tenant sets nothing itself."""
    service = session.client.get("/policy").body
    if as_yaml:
        document = {"service": service["fields"], "tenants": _tenants(session.client)}
        typer.echo(yaml.safe_dump(document, sort_keys=False, allow_unicode=True), nl=False)
        return
    if session.as_json:
        print_json(service)
        return
    fields = {**service["effective"], **service["fields"]}
    rows = ((field, service["fields"].get(field), service["effective"].get(field)) for field in fields)
    print_table(("field", "written", "in force"), rows, f"service, revision {service['revision']}")


@command(app, "set", writes=True, fields=ServiceRecord)
def set_policy(session: Session, fields: Mapping[str, Any], inherit: InheritOption = None) -> None:
    """Set some of the service-wide fields, and leave the others as they are."""
    patch = patch_of(fields, inherit or ())
    if not patch:
        raise AdminError("There is nothing to set; name a field, as in --strength 1.5 or --inherit strength.")
    session.finish(session.amend("/policy", patch))


@command(app, "revisions")
def list_revisions(
    session: Session,
    before: Annotated[int | None, typer.Option("--before", min=1, help="Only those before this one.")] = None,
    limit: Annotated[int, typer.Option("--limit", min=1, max=1000, help="At most so many, the newest.")] = 20,
) -> None:
    """List revisions, newest first."""
    revisions = session.client.get("/revisions", before=before, limit=limit).body["data"]
    if session.as_json:
        print_json(revisions)
        return
    rows = ((*(each[column] for column in _REVISION), ", ".join(each["subjects"])) for each in revisions)
    print_table((*_REVISION, "changed"), rows)


@command(app, "show-revision")
def show_revision(session: Session, number: NumberArgument) -> None:
    """Show what a revision changed."""
    revision = session.client.get(path_of("revisions", str(number))).body
    if session.as_json:
        print_json(revision)
        return
    for entry in revision["entries"]:
        before, after = entry["before"] or {}, entry["after"] or {}
        rows = ((field, before.get(field), after.get(field)) for field in {**before, **after})
        print_table(("field", "before", "after"), rows, f"{entry['kind']}/{entry['name']}")
    typer.echo(f"revision {number}, {revision['at']}, {revision['actor']}: {revision['action']}: {revision['reason']}")


@command(app, "rollback", writes=True)
def roll_back(session: Session, number: NumberArgument) -> None:
    """Make a new revision in which the service and every tenant are as they were; keys stay."""
    head = session.client.get("/revisions", limit=1).etag
    session.finish(session.write("POST", path_of("revisions", str(number), "rollback"), etag=head))


@command(app, "replicas")
def list_replicas(session: Session) -> None:
    """List the live replicas, and the revision that each one serves."""
    replicas = session.client.get("/replicas").body
    if session.as_json:
        print_json(replicas)
        return
    rows = ((each[column] for column in _REPLICA) for each in replicas["data"])
    print_table(_REPLICA, rows, f"newest revision: {replicas['head']}")


@command(app, "status")
def show_status(session: Session) -> None:
    """Show how the replica that answers stands to the policy store."""
    standing = session.client.get("/status").body
    if session.as_json:
        print_json(standing)
        return
    print_table(("", "value"), standing.items())


def _tenants(client: AdminClient) -> list[dict[str, Any]]:
    """Every tenant as it is written, all of one revision."""
    for _ in range(_RETRIES):
        pages = list(client.pages("/tenants", "after", limit=1000))
        if len({page["revision"] for page in pages}) == 1:
            return [{"name": tenant["name"], **tenant["fields"]} for page in pages for tenant in page["data"]]
    raise AdminError("The tenants change faster than they can be read; try again.")
