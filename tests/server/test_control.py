"""Opening the control plane: its folder, its pepper, the first admin key, the policy file, a store that is away."""

import asyncio
import stat
from contextlib import closing, suppress
from pathlib import Path

import pytest
from pydantic import SecretStr

from server.control import CannotOpenStore, ControlPlane, open_control_plane, open_store
from server.policy.errors import StoreUnavailable, StoreUnusable
from server.policy.file import PolicyFileError
from server.settings import Settings
from steering.vector_set import VectorSetId
from tests.server.policy.memory_repository import MemoryRepository

POLICY = "tenants: [{name: acme, keys: [{key: demo-acme}], strength: 1.5}]"


class AnySets:
    """Whatever a policy names is in service."""

    def check(self, id_: VectorSetId) -> None:
        pass

    async def ensure(self, wanted: frozenset[VectorSetId]) -> None:
        pass

    async def release(self, wanted: frozenset[VectorSetId]) -> None:
        pass


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    (tmp_path / "policy.yaml").write_text(POLICY)
    return Settings(state_dir=tmp_path / "state", tenants_file=tmp_path / "policy.yaml", policy_poll_seconds=0.02)


def plane(settings: Settings, memory: MemoryRepository | None = None) -> ControlPlane:
    repository, hasher = open_store(settings)
    if memory is not None:
        repository.close()
    return open_control_plane(
        settings, memory or repository, hasher, "here:1", AnySets(), lambda snapshot, seconds: None
    )


def first_key(text: str) -> str:
    (line,) = [line for line in text.splitlines() if line.startswith("admin key (shown once): ")]
    return line.removeprefix("admin key (shown once): ")


def test_a_fresh_store_and_its_pepper_are_for_their_owner_only(settings: Settings) -> None:
    with closing(open_store(settings)[0]) as repository:
        repository.prepare("check")
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in settings.state_dir.iterdir()}
    assert stat.S_IMODE(settings.state_dir.stat().st_mode) == 0o700
    assert modes["pepper"] == modes["sarsteer.db"] == 0o600


def test_a_pepper_is_made_once(settings: Settings) -> None:
    checks = set()
    for _ in range(2):
        repository, hasher = open_store(settings)
        repository.close()
        checks.add(hasher.check())
    assert len(checks) == 1
    assert [path.name for path in settings.state_dir.glob("pepper*")] == ["pepper"]


def test_a_pepper_that_was_cut_short_is_not_used(settings: Settings) -> None:
    settings.state_dir.mkdir()
    (settings.state_dir / "pepper").write_text("short")
    with pytest.raises(CannotOpenStore, match="too short"):
        open_store(settings)


def test_replicas_that_share_a_database_must_share_a_pepper() -> None:
    with pytest.raises(CannotOpenStore, match="SARSTEER_KEY_PEPPER"):
        open_store(Settings(database=SecretStr("postgresql://nobody:secret@127.0.0.1:1/none")))


def test_a_state_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(CannotOpenStore, match="--state-dir"):
        open_store(Settings(state_dir=tmp_path / "file" / "state"))


async def test_a_fresh_start_shows_one_admin_key_and_applies_the_policy_file(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    control = plane(settings)
    with closing(control.repository):
        await control.start()
        actor = control.replica.admin_of(first_key(capsys.readouterr().err))
        assert actor is not None
        assert actor.scope == "security"
        tenant = control.replica.tenant_of("demo-acme")
        assert tenant is not None
        assert (tenant.name, tenant.strength, tenant.revision) == ("acme", 1.5, 2)


async def test_a_later_start_shows_no_key_and_leaves_the_policy_as_it_is(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    control = plane(settings)
    with closing(control.repository):
        await control.start()
    capsys.readouterr()
    assert settings.tenants_file is not None
    settings.tenants_file.write_text(POLICY.replace("1.5", "0.25"))
    again = plane(settings)
    with closing(again.repository):
        await again.start()
        assert capsys.readouterr().err == ""
        tenant = again.replica.tenant_of("demo-acme")
    assert tenant is not None
    assert tenant.strength == 1.5


def test_a_policy_file_that_is_wrong_stops_the_start_before_anything_is_written(settings: Settings) -> None:
    assert settings.tenants_file is not None
    settings.tenants_file.write_text(POLICY.replace("1.5", "-1"))
    with pytest.raises(PolicyFileError, match="strength"):
        plane(settings, MemoryRepository())


async def test_another_pepper_stops_the_start(settings: Settings) -> None:
    control = plane(settings)
    with closing(control.repository):
        await control.start()
    (settings.state_dir / "pepper").write_text("another pepper, of thirty-two bytes or more")
    again = plane(settings)
    with closing(again.repository), pytest.raises(StoreUnusable, match="pepper"):
        await again.start()


async def test_an_embedded_store_that_cannot_be_opened_stops_the_start(settings: Settings) -> None:
    memory = MemoryRepository()
    memory.away = True
    with pytest.raises(StoreUnavailable):
        await plane(settings, memory).start()


async def test_a_database_server_that_is_away_is_waited_for(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    shared = settings.model_copy(
        update={"database": SecretStr("postgresql://u:p@127.0.0.1:1/x"), "key_pepper": SecretStr("p" * 32)}
    )
    memory = MemoryRepository()
    memory.away = True
    control = plane(shared, memory)
    await control.start()
    assert control.replica.serving is None
    following = asyncio.create_task(control.follow())
    memory.away = False
    async with asyncio.timeout(10):
        while "acme" not in control.replica.latest[0].tenants:
            await asyncio.sleep(0.02)
    following.cancel()
    with suppress(asyncio.CancelledError):
        await following
    assert first_key(capsys.readouterr().err).startswith("sk-adm-")
    assert control.repository.replicas(control.replica.identity.started) == ()


async def test_of_replicas_that_start_together_one_makes_the_first_key_and_applies_the_file(
    settings: Settings, postgres_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    shared = settings.model_copy(update={"database": SecretStr(postgres_url), "key_pepper": SecretStr("p" * 32)})
    planes = [plane(shared) for _ in range(3)]
    try:
        await asyncio.gather(*(each.start() for each in planes))
        key = first_key(capsys.readouterr().err)
        for each in planes:
            await each.replica.look()
            assert each.replica.admin_of(key) is not None
            assert each.replica.tenant_of("demo-acme") is not None
            assert each.repository.head() == 2
    finally:
        for each in planes:
            each.repository.close()
