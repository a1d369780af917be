"""The policy store: PolicyRepository over SQLite and PostgreSQL."""

from server.policy.store.opening import open_repository as open_repository
