"""The playground's page: a question spoken or typed, and its three answers side by side."""

from math import isfinite

from starlette.datastructures import UploadFile
from starlette.responses import Response
from starlette.routing import Route

from server.admin.console.tenant_list import newest
from server.admin.console.vector_sets import effective_set
from server.admin.console.visit import Console, Visit, signed_in
from server.admin.playground import LARGEST_BODY, LONGEST_TEXT, Question, play
from server.errors import InvalidValue
from server.policy.model import Tenant
from server.policy.strength import within_dose_cap
from steering.vector_set import VectorSetId

_MOST_LISTED = 200


def playing_routes(console: Console) -> list[Route]:
    return [
        Route("/playground", signed_in(console, _form), methods=["GET"]),
        Route("/playground", signed_in(console, _play), methods=["POST"]),
    ]


async def _form(visit: Visit) -> Response:
    visit.actor.require("operate", "The playground")
    context = visit.context
    snapshot = newest(context)
    names = sorted(snapshot.state.tenants)[:_MOST_LISTED]
    chosen = _tenant(visit, visit.query("tenant")) if visit.query("tenant") else None
    vector = _vector_of(visit, chosen) if chosen else context.default_vector
    sets = context.engine.vector_sets
    largest = next((within_dose_cap(1000.0, each) for each in sets if each.id == vector), None)
    return visit.page(
        "playground.html",
        sets=sets,
        default=context.default_vector,
        names=names,
        chosen=chosen,
        strengths=(chosen.strength if chosen else 1.0, min(2.0, largest or 2.0)),
        largest=largest if largest and largest < 1000 else None,
        longest_text=LONGEST_TEXT,
        # The rest of the form needs some room, too.
        most_bytes=LARGEST_BODY - 65_536,
        clip_seconds=context.pool.limits.max_clip_seconds,
    )


async def _play(visit: Visit) -> Response:
    visit.actor.require("operate", "The playground")
    kind, _, name = visit.text("by").partition(":")
    tenant = _tenant(visit, name) if kind == "tenant" else None
    vector = _vector_of(visit, tenant) if tenant else _parsed(name)
    clip = visit.form.get("audio")
    data = await clip.read() if isinstance(clip, UploadFile) and clip.filename else None
    if data is not None and not data:
        raise InvalidValue("The audio file is empty; choose another, or record anew.", param="audio")
    strengths = [_strength(str(value)) for value in visit.form.getlist("strength")]
    played = await play(
        visit.context,
        visit.actor,
        Question(data, visit.text("text")),
        vector,
        strengths,
        tenant.gate if tenant else None,
    )
    return visit.page(
        "_played.html" if visit.request.headers.get("hx-request") else "played.html", played=played, vector=vector
    )


def _tenant(visit: Visit, name: str) -> Tenant:
    tenant = newest(visit.context).tenant(name)
    if tenant is None:
        raise InvalidValue(f"There is no tenant {name[:63]!r}; choose one that is listed.", param="by")
    return tenant


def _vector_of(visit: Visit, tenant: Tenant) -> VectorSetId:
    service = visit.context.replica.latest[0].service.record
    return tenant.vector or effective_set(visit.context, "stable", service)


def _parsed(name: str) -> VectorSetId:
    try:
        return VectorSetId.parse(name)
    except ValueError as error:
        raise InvalidValue("Choose a tenant or a vector set.", param="by") from error


def _strength(text: str) -> float:
    try:
        strength = float(text)
    except ValueError:
        strength = float("nan")
    if not isfinite(strength):
        raise InvalidValue(f"A strength must be a number of at least 0, not {text[:40]!r}.", param="strengths")
    return strength
