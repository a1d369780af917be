from xml.etree import ElementTree

from steering.calibration_figure import draw_curves


def points(exact: float | None) -> list[dict[str, float | None]]:
    return [
        {"strength": strength, "harmful_refused": 0.8, "over_refusal": 0.1, "broken": 0.0, "exact": exact}
        for strength in (0.5, 1.0, 2.0)
    ]


def test_a_cards_curves_are_drawn_one_panel_a_mode() -> None:
    svg = draw_curves({"curves": {"gated": points(0.9), "ungated": points(0.9)}})
    assert ElementTree.fromstring(svg).tag.endswith("svg")
    assert svg.count('id="axes_') == 2


def test_one_mode_without_exact_answers_is_drawn_too_and_always_alike() -> None:
    card = {"curves": {"ungated": points(None)}}
    assert draw_curves(card) == draw_curves(card)
    assert draw_curves(card).count('id="axes_') == 1
