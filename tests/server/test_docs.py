"""The generated page says what is declared."""

from server.docs import PAGE, reference_page


def test_the_reference_page_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == reference_page(), "run python -m server.docs"
