"""The way back in for whoever may touch the store itself and has no admin key left."""

from server.policy.actor import LOCAL
from server.policy.administration import Administration, Issued
from server.policy.errors import NotThere
from server.policy.keys import Entropy, KeyHasher
from server.policy.model import Clock
from server.policy.repository import PolicyRepository
from server.policy.state import KeyRing, PolicyState
from steering.vector_set import VectorSetId


def recover(
    repository: PolicyRepository, hasher: KeyHasher, clock: Clock, entropy: Entropy, reason: str, label: str
) -> Issued:
    """A new admin key of the scope security, audited as ``local``.

    Raise NotThere for a store that no server has started on, StoreUnusable for another pepper, and what Administration
    raises.
    """
    repository.prepare(hasher.check())
    if not repository.head():
        raise NotThere("The store holds nothing yet; sarsteer serve makes its first admin key, and prints it.")

    def latest() -> tuple[PolicyState, KeyRing]:
        head, versions = repository.since(0)
        return PolicyState().after(head, versions), KeyRing().after(head, versions)

    administration = Administration(repository, latest, hasher, clock, entropy, _no_set)
    return administration.issue_admin_key(LOCAL, "security", reason, label)


def _no_set(id_: VectorSetId) -> None:
    """No key names a vector set."""
