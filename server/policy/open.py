"""Answering callers without a key: for a server that only its own machine can reach."""

from server.policy.model import Tenant
from server.policy.replica import PolicyReplica


class OpenToAll:
    """A PolicyStore in which whoever shows no known key is the tenant ``open``, by default the service-wide policy."""

    def __init__(self, replica: PolicyReplica) -> None:
        self._replica = replica

    def tenant_of(self, key: str | None) -> Tenant | None:
        known = self._replica.tenant_of(key)
        if known is None and (serving := self._replica.serving) is not None:
            return serving.anyone
        return known
