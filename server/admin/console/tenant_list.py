"""The list of tenants: found by name and by mode, a page at a time, with what each was like in the last minutes."""

from dataclasses import dataclass
from urllib.parse import urlencode

from starlette.responses import Response
from starlette.routing import Route

from server.admin.console.charts import Spark, spark
from server.admin.console.sessions import PATH
from server.admin.console.vector_sets import effective_set
from server.admin.console.visit import Console, Visit, signed_in
from server.admin.context import AdminContext
from server.policy.model import Mode, Tenant
from server.policy.state import Snapshot
from steering.vector_set import VectorSetId

PAGE_SIZE = 50
SHOWN = ("all", "enforce", "shadow", "off", "suspended")


@dataclass(frozen=True, slots=True)
class Row:
    """One tenant of the list. ``vector`` is the set that its requests are steered by."""

    tenant: Tenant
    mode: Mode
    vector: VectorSetId
    spark: Spark


@dataclass(frozen=True, slots=True)
class TenantPage:
    """A page of the tenants that were asked for. ``counts`` is of all tenants, by what ``SHOWN`` names."""

    rows: tuple[Row, ...]
    found: int
    number: int
    pages: int
    query: str
    only: str
    counts: dict[str, int]
    total: Spark

    def address(self, path: str, number: int | None = None) -> str:
        """The address ``path`` of this search, at another page if ``number`` is given."""
        wanted = {"q": self.query, "show": "" if self.only == "all" else self.only}
        parameters = {name: value for name, value in wanted.items() if value}
        if (page := self.number if number is None else number) > 1:
            parameters["page"] = str(page)
        return f"{path}?{urlencode(parameters)}" if parameters else path


def tenant_list_routes(console: Console) -> list[Route]:
    async def whole(visit: Visit) -> Response:
        return visit.page("tenants.html", tenants=_page_of(visit), saved=visit.query_number("saved", 0) or None)

    async def part(visit: Visit) -> Response:
        tenants = _page_of(visit)
        response = visit.page("_tenants.html", tenants=tenants)
        response.headers["hx-replace-url"] = tenants.address(f"{PATH}/")
        return response

    return [
        Route("/", signed_in(console, whole), methods=["GET"]),
        Route("/part/tenants", signed_in(console, part), methods=["GET"]),
    ]


def newest(context: AdminContext) -> Snapshot:
    """What is written, resolved: the snapshot that serves if it is that, as it nearly always is."""
    state, _ = context.replica.latest
    serving = context.replica.serving
    return serving if serving is not None and serving.revision == state.revision else Snapshot(state)


def _page_of(visit: Visit) -> TenantPage:
    context, now = visit.context, visit.context.clock()
    query = visit.query("q").lower()[:63]
    only = visit.query("show", "all")
    only = only if only in SHOWN else "all"
    snapshot = newest(context)
    counts = dict.fromkeys(SHOWN, 0)
    found: list[Tenant] = []
    for name in sorted(snapshot.state.tenants):
        tenant = snapshot.tenant(name)
        if tenant is None:
            continue
        what = "suspended" if tenant.state == "suspended" else tenant.mode_at(now)
        counts["all"] += 1
        counts[what] += 1
        if query in name and only in ("all", what):
            found.append(tenant)
    pages = max(1, -(-len(found) // PAGE_SIZE))
    number = min(max(1, visit.query_number("page", 1)), pages)
    service = snapshot.state.service.record
    rows = tuple(
        Row(
            tenant,
            tenant.mode_at(now),
            tenant.vector or effective_set(context, "stable", service),
            spark(context.recent.of(tenant.name)),
        )
        for tenant in found[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]
    )
    return TenantPage(rows, len(found), number, pages, query, only, counts, spark(context.recent.total))
