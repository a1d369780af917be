"""The vector store at the console: versions, their standing, and their curves."""

import shutil
from dataclasses import replace
from pathlib import Path

from server.admin.app import create_admin_app
from server.policy.actor import LOCAL
from server.policy.records import ServiceRecord
from steering.store import SHIPPED_ROOT, VectorStore
from tests.server.admin.console.visitor import Visitor, words_of
from tests.server.admin.plane import Plane


async def test_each_version_shows_its_standing(plane: Plane, security: Visitor, acme: None) -> None:
    record = ServiceRecord(stable="refusal@3.0.1", candidate="refusal@2.0.0")
    plane.administration.put_service(LOCAL, record, 0, "for the tests")
    await plane.replica.look()
    words = words_of(await security.get("/console/vectors"))
    assert "refusal@3.0.1 in service stable 4, 5 0.38 to 2.22 2.52 after layer 4 1" in words
    assert "refusal@2.0.0 published candidate 4, 5 0.9 to 1.35 0.786 none 0" in words
    assert "refusal@1.0.0 withdrawn" in words


async def test_curves_of_both_kinds_are_drawn_with_band_legend_and_table(security: Visitor) -> None:
    page = await security.get("/console/vectors/refusal/3.0.1")
    words = words_of(page)
    for told in ("Through the gate", "In full, without the gate", "Harmful refused", "Certified band", "Strength 1"):
        assert told in words
    assert "Strength 1 without the gate, 0.37 of the alpha" in words
    assert page.text.count('class="plot-line harmful_refused"') == 4, "two curves, each in its legend too"
    assert page.text.count("plot-band") == 2, "the band is the gated curve's"
    assert "0.37 99.0 % 94.0 % 1.5 % 0.0 %" in words


async def test_the_curve_of_an_earlier_version_is_drawn_too(security: Visitor) -> None:
    words = words_of(await security.get("/console/vectors/refusal/2.0.0"))
    assert "Steered in full" in words
    assert "1 100.0 % 93.0 % 0.5 % 0.0 %" in words


async def test_a_version_that_is_damaged_is_told_and_the_others_are_shown(plane: Plane, tmp_path: Path) -> None:
    root = tmp_path / "vectors"
    shutil.copytree(SHIPPED_ROOT, root)
    (root / "refusal" / "2.0.0" / "manifest.json").write_text("{}")
    (root / "refusal" / "3.0.1" / "evaluation.json").write_text("{}")
    context = replace(plane.context, vectors=VectorStore(root, read_only=True))
    visitor = Visitor(replace(plane, app=create_admin_app(context)))
    async with visitor.client:
        await visitor.sign_in()
        words = words_of(await visitor.get("/console/vectors"))
        assert "refusal@2.0.0 unreadable" in words
        assert "refusal@3.0.1 in service" in words
        assert "has the digest" in words_of(await visitor.get("/console/vectors/refusal/2.0.0"))
        assert "holds no curves" in words_of(await visitor.get("/console/vectors/refusal/3.0.1"))
        shutil.rmtree(root)
        assert "is not a folder" in words_of(await visitor.get("/console/vectors"))
        assert (await visitor.get("/console/service")).status_code == 200
