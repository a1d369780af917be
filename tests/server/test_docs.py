"""The generated page says what is declared."""

from server.docs import PAGE, reference_page
from server.results import PAGE as RESULTS
from server.results import results_page


def test_the_reference_page_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == reference_page(), "run python -m server.docs"


def test_the_results_page_is_made_of_the_figures_beside_it() -> None:
    assert RESULTS.read_text(encoding="utf-8") == results_page(), "run python -m server.results"
