"""The admin's application, on a port of its own: the admin API under ``/admin/v1``, the console under ``/console``."""

from collections.abc import Callable
from operator import attrgetter

from fastapi import APIRouter, FastAPI

from server.admin.access import BASE, DESCRIPTION, AdminAccessMiddleware
from server.admin.apply import apply_routes
from server.admin.audit import audit_routes
from server.admin.canaries import canary_routes
from server.admin.console.app import mount_console
from server.admin.console.sessions import PATH
from server.admin.context import AdminContext
from server.admin.keys import admin_key_routes, key_routes
from server.admin.openapi import ABOUT, TITLE, describe, documented_key
from server.admin.playground import LARGEST_BODY, playground_routes
from server.admin.policy import policy_routes
from server.admin.refusals import install_refusals
from server.admin.replay import replay_routes
from server.admin.replicas import replica_routes
from server.admin.revisions import revision_routes
from server.admin.tenants import tenant_routes
from server.admin.vectors import vector_routes
from server.errors import install_error_handlers
from server.middleware.access_log import AccessLogMiddleware
from server.middleware.body_limit import BodyLimitMiddleware
from server.middleware.request_id import RequestIdMiddleware

_MIB = 1024 * 1024
MAX_BODY_BYTES = _MIB
LARGER_BODY_BYTES = {
    f"{BASE}/playground": LARGEST_BODY,
    f"{PATH}/playground": LARGEST_BODY,
    f"{BASE}/replay": LARGEST_BODY,
    f"{BASE}/apply": 16 * _MIB,
}
"""The paths to which audio, or a document of many tenants, is sent."""


API_ROUTES: tuple[Callable[[AdminContext], APIRouter], ...] = (
    tenant_routes,
    key_routes,
    admin_key_routes,
    policy_routes,
    apply_routes,
    vector_routes,
    revision_routes,
    replica_routes,
    audit_routes,
    playground_routes,
    replay_routes,
    canary_routes,
)


def create_admin_app(context: AdminContext) -> FastAPI:
    """The admin API and the console over ``context``."""
    app = create_api(context)
    mount_console(app, context)
    install_error_handlers(app, BASE)
    install_refusals(app)
    # The last one added is the outermost.
    app.add_middleware(BodyLimitMiddleware, max_bytes=MAX_BODY_BYTES, exceptions=LARGER_BODY_BYTES)
    app.add_middleware(AdminAccessMiddleware, replica=context.replica)
    app.add_middleware(AccessLogMiddleware)
    app.add_middleware(RequestIdMiddleware)
    return app


def create_api(context: AdminContext) -> FastAPI:
    """The admin API's routes and their description, without what guards them."""
    app = FastAPI(
        title=TITLE,
        version="1",
        description=ABOUT,
        openapi_url=DESCRIPTION,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        # Ids that a client's code can be generated with, and that links can name.
        generate_unique_id_function=attrgetter("name"),
    )
    for routes in API_ROUTES:
        app.include_router(routes(context), prefix=BASE, dependencies=[documented_key])
    describe(app)
    return app
