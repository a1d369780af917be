"""Who changes policies and keys, and how far that one may go."""

from dataclasses import dataclass

from server.policy.errors import NotPermitted
from server.policy.records import SCOPES, Scope


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: the id of an admin key, or ``local`` for who may touch the store itself."""

    id: str
    scope: Scope

    def require(self, scope: Scope, what: str) -> None:
        """Raise NotPermitted unless this actor's scope includes ``scope``."""
        if SCOPES.index(self.scope) < SCOPES.index(scope):
            raise NotPermitted(f"{what} needs an admin key of the scope {scope}; this one's scope is {self.scope}.")


LOCAL = Actor("local", "security")
