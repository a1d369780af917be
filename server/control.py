"""The control plane of one replica, put together: its store, its policy, and what keeps following both."""

import asyncio
import secrets
import socket
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from server.policy.actor import LOCAL
from server.policy.administration import Administration
from server.policy.document import PolicyDocument
from server.policy.errors import PolicyError, RevisionConflict, StoreUnavailable
from server.policy.file import read_document
from server.policy.keys import KeyHasher
from server.policy.replica import Identity, PolicyReplica, SetsInService
from server.policy.repository import PolicyRepository
from server.policy.state import Snapshot
from server.policy.store import open_repository
from server.settings import Settings
from server.telemetry.logs import logger
from steering.vector_set import VectorSetId

DATABASE_FILE = "sarsteer.db"
PEPPER_FILE = "pepper"
FIRST_REASON = "the policy file, at the first start"
_RETRY_SECONDS = 1.0


class CannotOpenStore(Exception):
    """A store that this configuration cannot use; the message says what to do."""


def now() -> datetime:
    return datetime.now(UTC)


def open_store(settings: Settings) -> tuple[PolicyRepository, KeyHasher]:
    """The policy store that the settings name, and the hasher of its keys. Raise CannotOpenStore or PolicyError."""
    url = settings.database.get_secret_value() if settings.database else None
    embedded = url is None or url.startswith("sqlite")
    if embedded:
        _make_state_dir(settings.state_dir)
    if settings.key_pepper is not None:
        pepper = settings.key_pepper.get_secret_value().encode()
    elif embedded:
        pepper = _own_pepper(settings.state_dir / PEPPER_FILE)
    else:
        raise CannotOpenStore(
            "Replicas that share a database need one pepper for its keys: set SARSTEER_KEY_PEPPER to at least 32 "
            "random characters, the same on each (openssl rand -hex 32 makes some)."
        )
    repository: PolicyRepository = open_repository(url or f"sqlite:///{settings.state_dir / DATABASE_FILE}", now)
    return repository, KeyHasher(pepper)


def _make_state_dir(folder: Path) -> None:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise CannotOpenStore(
            f"The state folder {folder} cannot be made ({error.strerror}); name another with --state-dir."
        ) from error


def _own_pepper(file: Path) -> bytes:
    """The pepper in ``file``, made if there is none. It appears whole: two processes may start at once."""
    if not file.exists():
        draft = file.with_name(f"{file.name}.{secrets.token_hex(8)}")
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_hex(32))
        with suppress(FileExistsError):
            file.hardlink_to(draft)
        draft.unlink()
    pepper = file.read_bytes()
    if len(pepper) < 32:
        raise CannotOpenStore(f"{file} is too short to be a pepper; restore it: keys were hashed with it.")
    return pepper


@dataclass(frozen=True, slots=True, eq=False)
class ControlPlane:
    """One replica's control plane. Nothing of it has spoken to the store before ``start`` or ``follow``."""

    repository: PolicyRepository
    hasher: KeyHasher
    replica: PolicyReplica
    administration: Administration
    first_policy: PolicyDocument | None
    waits: bool

    async def start(self) -> None:
        """The first look at the store: schema, first admin key, policy file, first snapshot.

        A database server that does not answer yet is waited for by ``follow``; raise PolicyError for all else.
        """
        try:
            await self._first_look()
        except StoreUnavailable as away:
            if not self.waits:
                raise
            logger().warning("policy store away", reason=str(away))

    async def follow(self) -> None:
        """Follow the store until cancelled; then take this replica off its list."""
        try:
            while self.replica.serving is None and not self.replica.standing.held_back:
                try:
                    await self._first_look()
                except PolicyError as error:
                    logger().warning("policy store away", reason=str(error))
                    await asyncio.sleep(_RETRY_SECONDS)
            await self.replica.run()
        finally:
            await self.replica.leave()

    async def _first_look(self) -> None:
        await asyncio.to_thread(self.repository.prepare, self.hasher.check())
        if first := await asyncio.to_thread(self.administration.bootstrap):
            print(f"admin key (shown once): {first.text}", file=sys.stderr, flush=True)
        await self.replica.look()
        # Revision 1 is the first admin key: a file is for a store that holds nothing else.
        if self.first_policy is not None and await asyncio.to_thread(self.repository.head) == 1:
            with suppress(RevisionConflict):  # Another replica was first.
                await asyncio.to_thread(self.administration.apply, LOCAL, self.first_policy, 1, FIRST_REASON)
            await self.replica.look()


class PolicySets(SetsInService, Protocol):
    """The vector sets of this replica, to be put into service or only to be asked for."""

    def check(self, id_: VectorSetId) -> None:
        """Raise InvalidPolicy unless the set could be put into service."""


def name_of(address: socket.socket) -> str:
    """A replica's name, from the address of its API."""
    host, port = address.getsockname()[:2]
    return f"{socket.gethostname() if host in ('0.0.0.0', '::') else host}:{port}"


def open_control_plane(
    settings: Settings,
    repository: PolicyRepository,
    hasher: KeyHasher,
    name: str,
    sets: PolicySets,
    on_apply: Callable[[Snapshot, float], None],
) -> ControlPlane:
    """The control plane of the replica ``name``; raise PolicyFileError for a policy file that cannot be used."""
    first_policy = read_document(settings.tenants_file) if settings.tenants_file else None
    identity = Identity(secrets.token_hex(8), settings.replica_name or name, now())
    replica = PolicyReplica(repository, sets, hasher, now, identity, settings.policy_poll_seconds, on_apply)
    administration = Administration(repository, lambda: replica.latest, hasher, now, secrets.token_bytes, sets.check)
    waits = settings.database is not None and not settings.database.get_secret_value().startswith("sqlite")
    return ControlPlane(repository, hasher, replica, administration, first_policy, waits)
