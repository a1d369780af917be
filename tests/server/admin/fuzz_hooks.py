"""What the description cannot say, said to schemathesis: without it nearly every change would be a 412 or a 400."""

import os
from collections.abc import Iterator
from typing import Any

import httpx
import schemathesis
from schemathesis import Case, GenerationMode
from schemathesis.hooks import HookContext

from server.policy.keys import id_of
from tests.server.admin.plane import SOON

KEY = os.environ["FUZZED_KEY"]
API = httpx.Client(base_url=os.environ["FUZZED_API"], headers={"authorization": f"Bearer {KEY}"}, verify=False)


@schemathesis.hook
def before_call(context: HookContext, case: Case[Any], kwargs: dict[str, Any]) -> None:
    """Make what is meant to be valid so: by fields that fit one another, tenants that exist, ETags that are current."""
    if (case.path_parameters or {}).get("id") == id_of(KEY):
        case.path_parameters["id"] = "spared"  # Without its own key, schemathesis would ask on and learn nothing.
    if case.meta is None or case.meta.generation.mode is not GenerationMode.POSITIVE:
        return
    for fields in _policies(case.body):
        _fit(fields)
    if case.path.endswith("/apply"):
        _mean_it(case)
    if "/keys/{id}" in case.path:
        _name_a_live_key(case)
    if "If-Match" in (case.headers or {}):
        _bring_up_to_date(case)


def _policies(body: object) -> Iterator[dict[str, Any]]:
    """Every object in ``body`` that holds a policy's fields."""
    if isinstance(body, dict):
        if {"mode", "strength", "floor", "ceiling", "off_until"} & body.keys():
            yield body
        for each in body.values():
            yield from _policies(each)
    elif isinstance(body, list):
        for each in body:
            yield from _policies(each)


def _fit(fields: dict[str, Any]) -> None:
    bounds = [name for name in ("floor", "strength", "ceiling") if isinstance(fields.get(name), int | float)]
    for name, value in zip(bounds, sorted(fields[name] for name in bounds), strict=True):
        fields[name] = value
    if fields.get("required") and fields.get("mode"):
        fields["mode"] = "enforce"
    fields.pop("off_until", None)
    if fields.get("mode") == "off":
        fields["off_until"] = SOON


def _mean_it(case: Case[Any]) -> None:
    """Nearly every document would be a dry run, and one of no tenants must not prune."""
    query = case.query or {}
    if "wait" in query:
        query.pop("dry_run", None)
        query["reason"] = "as documented"
    if not (isinstance(case.body, dict) and case.body.get("tenants")):
        query.pop("prune", None)


def _bring_up_to_date(case: Case[Any]) -> None:
    name = (case.path_parameters or {}).get("name")
    if name is None:
        seen = API.get("/policy" if "policy" in case.path else "/revisions")
    else:
        seen = API.get(f"/tenants/{name}")
        if seen.status_code == 404 and (tenants := API.get("/tenants").json()["data"]):
            case.path_parameters["name"] = tenants[0]["name"]
            seen = API.get(f"/tenants/{tenants[0]['name']}")
    if "number" in (case.path_parameters or {}):  # Most numbers are of no revision yet.
        head, number = seen.json()["head"], int(case.path_parameters["number"])
        case.path_parameters["number"] = max(1, head - number % head)
    if etag := seen.headers.get("etag"):
        case.headers["If-Match"] = etag


def _name_a_live_key(case: Case[Any]) -> None:
    for tenant in API.get("/tenants").json()["data"]:
        for key in API.get(f"/tenants/{tenant['name']}/keys").json()["data"]:
            if key["live"]:
                case.path_parameters["id"] = key["id"]
                return
