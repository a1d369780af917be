from steering.refusal_report import PAGE, refusals_page


def test_the_page_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == refusals_page(), "run python -m steering.refusal_report"


def test_the_page_has_a_row_for_each_language() -> None:
    assert "| Hindi | 60 |" in refusals_page()
