"""The vector sets over HTTP: what is published, what is in service, who is steered by what."""

import json
import shutil
from pathlib import Path
from typing import Any

import httpx

from steering.store import SHIPPED_ROOT, VectorStore
from tests.server.admin.plane import SERVED, SetClock, match, open_plane, refused, write
from tests.server.policy.memory_repository import MemoryRepository


async def versions(client: httpx.AsyncClient) -> dict[str, dict[str, Any]]:
    return {each["id"]: each for each in (await client.get("/vectors")).json()["data"]}


async def test_every_version_is_told_with_what_its_manifest_says(client: httpx.AsyncClient) -> None:
    found = await versions(client)
    index = json.loads((SHIPPED_ROOT / "index.json").read_text())["versions"]
    assert [(each["name"], each["version"]) for each in index] == [
        (each["name"], each["version"]) for each in found.values()
    ]
    served = found["refusal@3.0.1"]
    manifest = json.loads((SHIPPED_ROOT / "refusal/3.0.1/manifest.json").read_text())
    assert served["status"] == "published"
    assert served["layers"] == manifest["layers"]
    assert served["band"] == manifest["certified_band"]
    assert served["alpha"] == manifest["recommended_alpha"]
    assert served["gate"] == {"layer": manifest["gate"]["layer"], "auroc": manifest["gate"]["auroc"]}
    assert [id_ for id_, each in found.items() if each["in_service"]] == [str(SERVED.id)]
    assert found["refusal@1.0.0"]["status"] == "yanked"
    assert found["refusal@1.0.0"]["reason"]


async def test_channels_and_tenants_are_counted_where_they_lead(client: httpx.AsyncClient) -> None:
    for name, fields in (("a", {}), ("b", {"vector": "candidate"}), ("c", {"vector": "refusal@2.0.0"}), ("d", {})):
        await client.post("/tenants", params=write(), json={"name": name, **fields})
    found = await versions(client)
    assert (found["refusal@3.0.1"]["channels"], found["refusal@3.0.1"]["tenants"]) == (["stable", "candidate"], 3)
    assert found["refusal@3.0.1"]["default"]
    policy = {"stable": "refusal@2.0.0", "candidate": "refusal@3.0.0"}
    await client.put("/policy", params=write(), json=policy, headers=match(await client.get("/policy")))
    found = await versions(client)
    told = {id_: (each["channels"], each["tenants"]) for id_, each in found.items()}
    assert told == {
        "refusal@1.0.0": ([], 0),
        "refusal@2.0.0": (["stable"], 3),
        "refusal@3.0.0": (["candidate"], 1),
        "refusal@3.0.1": ([], 0),
    }


async def test_a_version_is_read_with_its_manifest_and_evaluation(client: httpx.AsyncClient) -> None:
    found = (await client.get("/vectors/refusal/3.0.1")).json()
    assert found["manifest"] == json.loads((SHIPPED_ROOT / "refusal/3.0.1/manifest.json").read_text())
    assert found["evaluation"] == json.loads((SHIPPED_ROOT / "refusal/3.0.1/evaluation.json").read_text())
    assert {name: found[name] for name in ("id", "in_service", "default")} == {
        "id": "refusal@3.0.1",
        "in_service": True,
        "default": True,
    }


async def test_a_version_that_is_not_published_is_404(client: httpx.AsyncClient) -> None:
    for path in ("refusal/9.9.9", "other/1.0.0", "..%5c/1.0.0", "refusal/%00", "refusal/%2e%2e", "%ff/1"):
        answer = await client.get(f"/vectors/{path}")
        assert answer.status_code == 404, path
        assert answer.json()["error"]["code"] == "not_found"


async def test_a_damaged_version_is_told_and_hides_no_other(tmp_path: Path, clock: SetClock) -> None:
    shutil.copytree(SHIPPED_ROOT, tmp_path / "store")
    (tmp_path / "store/refusal/2.0.0/manifest.json").write_text("{}")
    (tmp_path / "store/refusal/3.0.0/evaluation.json").write_text("{}")
    plane = await open_plane(MemoryRepository(clock), clock, vectors=VectorStore(tmp_path / "store"))
    async with plane.client() as client:
        found = await versions(client)
        assert "digest" in found["refusal@2.0.0"]["problem"]
        assert found["refusal@2.0.0"]["layers"] is None
        assert found["refusal@3.0.1"]["problem"] is None
        for version in ("2.0.0", "3.0.0"):
            answer = await client.get(f"/vectors/refusal/{version}")
            assert "restore the published file" in refused(answer, 503, "store_unverified")
        shutil.rmtree(tmp_path / "store")
        refused(await client.get("/vectors"), 503, "store_unverified")
    plane.close()
