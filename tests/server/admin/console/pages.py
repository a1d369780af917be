"""Every page and every form of the console, by what opens or sends it."""

from typing import Any

PAGES = (
    "/console/",
    "/console/part/tenants",
    "/console/new-tenant",
    "/console/tenants/acme",
    "/console/tenants/acme/live",
    "/console/service",
    "/console/vectors",
    "/console/vectors/refusal/3.0.1",
    "/console/vectors/refusal/2.0.0",
    "/console/vectors/refusal/1.0.0",
    "/console/revisions",
    "/console/revisions/1",
    "/console/propagation/1",
    "/console/replicas",
    "/console/part/replicas",
    "/console/audit",
    "/console/audit/verify",
    "/console/audit/export",
    "/console/admin-keys",
    "/console/playground",
    "/console/playground?tenant=acme",
)
"""What a signed-in visitor with the scope security may open, given a tenant acme."""

WHY = {"reason": "a test"}
FORMS: dict[str, dict[str, Any]] = {
    "/console/new-tenant": {"name": "bravo", **WHY},
    "/console/new-tenant/preview": {},
    "/console/tenants/acme": {"expected": "4", **WHY},
    "/console/tenants/acme/preview": {},
    "/console/tenants/acme/delete": {"confirm": "acme", "expected": "4", **WHY},
    "/console/tenants/acme/keys": {"label": "", "expires": "", **WHY},
    "/console/keys/none/rotate": {"overlap": "0", **WHY},
    "/console/keys/none/revoke": WHY,
    "/console/service": {"expected": "0", **WHY},
    "/console/service/preview": {},
    "/console/revisions/1/rollback": {"confirm": "yes", "base": "4", **WHY},
    "/console/admin-keys": {"scope": "read", "label": "", "expires": "", **WHY},
    "/console/admin-keys/none/revoke": WHY,
    "/console/playground": {"text": "hello", "by": "set:refusal@3.0.1", "strength": ["1", "2"]},
    "/console/sign-out": {},
}
"""What is sent, with fields that would do."""
