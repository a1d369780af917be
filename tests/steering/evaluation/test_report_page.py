import re
import sys
from dataclasses import dataclass, field
from html.parser import HTMLParser

import pytest

from steering.evaluation.report_figures import FiguresUnavailableError
from steering.evaluation.report_page import HEAT, report_page
from steering.evaluation.report_style import STYLE
from tests.steering.evaluation.reported import DEFENCES, tiny

REPORT = tiny()
PAGE = report_page(REPORT)
VOID = {"meta", "link", "br", "hr", "img", "input"}


@dataclass
class Document(HTMLParser):
    """Checks that what is opened is closed, and keeps each section's tables as rows of texts."""

    open: list[str] = field(default_factory=list)
    sections: dict[str, list[list[list[str]]]] = field(default_factory=dict)
    links: list[str] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    heading: str = ""

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.links += [str(given[name]) for name in ("src", "href", "xlink:href") if name in given]
        self.ids += [str(given["id"])] if "id" in given else []
        if tag in VOID:
            return
        self.open.append(tag)
        if tag == "h2":
            self.heading = ""
        if tag == "table":
            self.sections.setdefault(self.heading, []).append([])
        if tag == "tr":
            self.sections[self.heading][-1].append([])
        if tag in ("td", "th"):
            self.sections[self.heading][-1][-1].append("")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] == "h2":
            self.heading += data
        if "td" in self.open or "th" in self.open:
            self.sections[self.heading][-1][-1][-1] += data


def parsed() -> Document:
    document = Document()
    document.feed(PAGE)
    document.close()
    return document


def test_every_element_that_is_opened_is_closed() -> None:
    document = parsed()
    assert document.open == []
    assert len(document.ids) == len(set(document.ids))


def test_every_cell_of_every_metric_is_in_its_table() -> None:
    tables = parsed().sections
    cells = {(cell.defence, cell.condition): cell.all for cell in REPORT.cells if cell.judge == "detector"}
    for metric, title, *_ in HEAT:
        (table,) = tables[title]
        head, *rows = table
        shown = {(row[0], condition): text for row in rows for condition, text in zip(head[1:], row[1:], strict=True)}
        assert set(shown) == set(cells)
        for key, metrics in cells.items():
            share = getattr(metrics, metric)
            assert shown[key] == f"{100 * share.rate:.1f}{100 * share.low:.0f} to {100 * share.high:.0f}", key


def test_heat_follows_the_share() -> None:
    table = PAGE[PAGE.index("<h2>Harmful refused") : PAGE.index("<h2>Over-refusal")]
    assert re.findall(r'<td class="good" style="--share:([\d.]+)">', table) == ["0.25", "0.0", "0.75", "0.75"]


def test_every_section_shows_its_part_of_the_report() -> None:
    tables = parsed().sections
    areas, points = tables["Over the strength"]
    assert [row[:3] for row in areas[1:]] == [["clean", "gated <b>", cap] for cap in ("10", "100")]
    assert [row[:3] for row in points[1:]] == [["clean", "gated <b>", strength] for strength in ("0", "0.5", "1", "2")]
    assert len(tables["Against gated <b>"][0]) == 1 + 2 * 3
    assert len(tables["Heard right or not"][0]) == 1 + 4
    assert [row[:2] for row in tables["Gates"][0][1:]] == [["clean", "gated <b>"], ["noise", "gated <b>"]]
    assert [row[0] for row in tables["Judges"][0][1:]] == ["detector / keywords"] * 2
    assert tables["Costs"][0][1] == ["gated <b>", "preparing", "\u2013", "0", "40", "2.0"]
    conditions, sources = tables["Conditions and defences"]
    assert conditions[2] == ["noise", "4", "4", "2"]
    assert dict(sources[1:]) == DEFENCES


def test_the_page_needs_nothing_else() -> None:
    assert all(link.startswith("#") for link in parsed().links)
    assert "<script" not in PAGE
    assert not re.search(r"@import|url\((?!#)", PAGE)
    assert '<meta name="viewport"' in PAGE
    assert "prefers-color-scheme: dark" in STYLE


def test_figures_take_the_pages_colour_and_name_every_defence() -> None:
    figures = re.findall(r"<svg.*?</svg>", PAGE, re.DOTALL)
    assert len(figures) == 2
    for figure in figures:
        assert "currentColor" in figure
        assert "#010203" not in figure
        assert "gated &lt;b&gt;" in figure
        assert 'role="img" aria-label="' in figure


def test_a_page_is_the_same_every_time() -> None:
    assert report_page(REPORT) == PAGE


def test_without_matplotlib_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(FiguresUnavailableError, match=r"sarsteer\[evaluation\]"):
        report_page(REPORT)
