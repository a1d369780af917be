"""The admin API as it describes itself, asked by schemathesis. ``python -m tests.server.admin.fuzz`` asks more."""

from pathlib import Path

import pytest

from tests.server.admin.fuzz import fuzz, served

ACTIONS = {
    *("create tenant", "change tenant", "delete tenant", "change service", "apply document", "roll back"),
    *("issue key", "rotate key", "revoke key", "issue admin key", "revoke admin key"),
}


@pytest.mark.slow
def test_the_api_is_as_it_describes_itself(tmp_path: Path) -> None:
    with served(f"sqlite:///{tmp_path}/policy.db") as admin:
        for phases, examples in (("coverage,fuzzing", 3), ("stateful", 15)):
            done = fuzz(admin, tmp_path, examples, "--phases", phases)
            assert done.returncode == 0, done.stdout + done.stderr
            assert admin.let_in, "the key that asked was revoked on the way"
        assert admin.actions.keys() >= ACTIONS, "what was asked did not reach so deep"
        assert admin.plane.repository.verify_audit().fault is None
