from pathlib import Path

import pytest

from server.policy.errors import StoreUnusable
from server.policy.store import open_repository
from tests.server.policy.store.conftest import Time


@pytest.mark.parametrize("url", ["mysql://u:hunter2@host/db", "oracle+x://u:hunter2@host/db", "sqlite+aiosqlite:///x"])
def test_names_the_databases_that_can_hold_it(url: str) -> None:
    with pytest.raises(StoreUnusable, match=r"cannot be in .*sqlite:.*postgresql:") as caught:
        open_repository(url, Time())
    assert "hunter2" not in str(caught.value)


@pytest.mark.parametrize(
    "url", ["", "policy.db", "postgresql://u:hunter2:x@host:port:5/db", "postgresql://u@h:hunter2/d"]
)
def test_a_url_that_cannot_be_read_is_not_quoted(url: str) -> None:
    with pytest.raises(StoreUnusable, match="cannot be read; give it as") as caught:
        open_repository(url, Time())
    assert "hunter2" not in str(caught.value)
    assert caught.value.__suppress_context__


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:", "sqlite:///x.db?mode=memory"])
def test_a_store_in_sqlite_is_a_file(url: str) -> None:
    with pytest.raises(StoreUnusable, match="is a file"):
        open_repository(url, Time())


def test_a_folder_that_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(StoreUnusable, match=f"{tmp_path}/none does not exist"):
        open_repository(f"sqlite:///{tmp_path}/none/policy.db", Time())
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("scheme", ["postgresql", "postgres", "postgresql+psycopg"])
def test_postgresql_has_several_names(postgres_url: str, scheme: str) -> None:
    repository = open_repository(postgres_url.replace("postgresql", scheme, 1), Time())
    repository.prepare("a")
    assert repository.head() == 0
    repository.close()
