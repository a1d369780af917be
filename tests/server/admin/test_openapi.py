"""The description tells every operation, what it takes and what it answers."""

from typing import Any

import httpx
import pytest

from tests.server.admin.plane import Plane

APPLY = "POST /admin/v1/apply"
METHODS = {"get", "put", "post", "patch", "delete"}


@pytest.fixture
async def page(plane: Plane) -> dict[str, Any]:
    async with plane.client(None) as client:
        answer = await client.get("/openapi.json")
    found: dict[str, Any] = answer.json()
    return found


def operations(page: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {
        f"{method.upper()} {path}": operation
        for path, item in page["paths"].items()
        for method, operation in item.items()
        if method in METHODS
    }


async def test_the_page_says_what_it_is(page: dict[str, Any]) -> None:
    assert page["info"]["title"] == "sarsteer admin API"
    assert "If-Match" in page["info"]["description"]
    assert page["components"]["securitySchemes"]["admin key"] == {
        "type": "http",
        "scheme": "bearer",
        "description": "An admin key: `sk-adm-...`.",
    }


async def test_every_operation_has_a_summary_a_success_and_its_errors(page: dict[str, Any]) -> None:
    for name, operation in operations(page).items():
        assert operation["summary"], name
        assert operation["tags"], name
        assert operation["security"] == [{"admin key": []}], name
        responses = operation["responses"]
        assert {"401", "503"} <= responses.keys(), name
        assert "422" not in responses, name
        success = responses.get("201") or responses["200"]
        assert success["content"], name
        for status, response in responses.items():
            if status >= "4":
                (content,) = response["content"].values()
                assert content["schema"] == {"$ref": "#/components/schemas/ErrorBody"}, name
                assert response["description"], name


async def test_every_write_asks_for_a_reason_and_may_wait(page: dict[str, Any]) -> None:
    writes = {name: each for name, each in operations(page).items() if not name.startswith("GET")}
    for asks in ("playground", "replay"):  # They change nothing.
        writes.pop(f"POST /admin/v1/{asks}", None)
    assert len(writes) > 10
    for name, operation in writes.items():
        parameters = {each["name"]: each for each in operation["parameters"]}
        # A document's dry run changes nothing.
        assert parameters["reason"]["required"] == (name != APPLY), name
        assert {"wait", "wait_seconds"} <= parameters.keys(), name
        assert {"202", "400", "403"} <= operation["responses"].keys(), name
        if name == APPLY:  # It may be applied to whatever there is.
            continue
        guarded = name.split()[0] in ("PUT", "PATCH") or "rollback" in name or name == "DELETE /admin/v1/tenants/{name}"
        assert ("If-Match" in parameters) == guarded, name
        assert ({"412", "428"} <= operation["responses"].keys()) == guarded, name


async def test_the_fields_of_a_policy_are_described(page: dict[str, Any]) -> None:
    schemas = page["components"]["schemas"]
    tenant = schemas["TenantRecord"]["properties"]
    assert tenant["strength"]["description"] == "Multiples of the set's recommended alpha; 0 is off."
    patch = page["paths"]["/admin/v1/tenants/{name}"]["patch"]["requestBody"]["content"]
    assert patch["application/merge-patch+json"]["schema"]["properties"].keys() == tenant.keys()
    assert not {"HTTPValidationError", "ValidationError"} & schemas.keys()


async def test_every_reference_and_link_leads_somewhere(page: dict[str, Any]) -> None:
    ids = {operation["operationId"] for operation in operations(page).values()}
    assert len(ids) == len(operations(page))

    def walk(value: Any) -> None:
        if isinstance(value, dict):
            if isinstance(reference := value.get("$ref"), str):
                assert reference.rpartition("/")[2] in page["components"]["schemas"]
            for link in value.get("links", {}).values():
                assert link["operationId"] in ids
            for each in value.values():
                walk(each)
        elif isinstance(value, list):
            for each in value:
                walk(each)

    walk(page)


async def test_the_page_needs_no_key_and_the_console_pages_of_fastapi_are_not_there(plane: Plane) -> None:
    async with plane.client(None) as client:
        for path in ("/docs", "/redoc", "/openapi.json"):
            answer: httpx.Response = await client.get(f"http://test{path}")
            assert answer.status_code == 404
