"""Every refusal of the control plane has an answer."""

import pytest

from server.admin.refusals import REFUSALS, api_error_of
from server.errors import ERRORS
from server.policy import errors
from server.policy.errors import InvalidPolicy, PolicyError, RevisionConflict, StoreUnusable


def test_every_refusal_that_a_request_can_meet_is_in_the_table() -> None:
    kinds = {
        kind
        for kind in vars(errors).values()
        if isinstance(kind, type) and issubclass(kind, PolicyError) and kind is not PolicyError
    }
    assert kinds - {StoreUnusable} == set(REFUSALS), "a server does not start on an unusable store"


@pytest.mark.parametrize(
    ("name", "status", "code"),
    [
        ("InvalidPolicy", 400, "invalid_value"),
        ("NotThere", 404, "not_found"),
        ("AlreadyThere", 412, "already_exists"),
        ("NotPermitted", 403, "scope_missing"),
        ("StoreUnavailable", 503, "store_unavailable"),
    ],
)
def test_a_refusal_keeps_its_message(name: str, status: int, code: str) -> None:
    error = api_error_of(getattr(errors, name)("Why, and the way out."))
    assert (error.status, error.code, error.message) == (status, code, "Why, and the way out.")


def test_a_conflict_names_the_current_revision_and_a_bad_field_its_path() -> None:
    assert api_error_of(RevisionConflict("It changed.", 7)).message == "It changed. The current revision is 7."
    assert api_error_of(RevisionConflict("It changed.", 0)).message == "It changed. It is gone."
    assert api_error_of(RevisionConflict("It changed.", 7)).status == 412
    assert api_error_of(InvalidPolicy("No.", "models[0]")).param == "models[0]"


def test_what_is_not_in_the_table_shows_nothing() -> None:
    error = api_error_of(StoreUnusable("a secret cause"))
    assert error.status == ERRORS["internal_error"].status
    assert "secret" not in error.message
