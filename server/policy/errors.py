"""Why the control plane refuses. Every message is a sentence with the value and the way out."""


class PolicyError(Exception):
    """The base of all of them."""


class InvalidPolicy(PolicyError):
    """A record that cannot be in force; ``param`` is the path of the field, None for the whole."""

    def __init__(self, message: str, param: str | None = None) -> None:
        super().__init__(message)
        self.param = param


class NotThere(PolicyError):
    """A tenant, key or revision that does not exist."""


class AlreadyThere(PolicyError):
    """What was to be created exists."""


class RevisionConflict(PolicyError):
    """Another change came first; ``current`` is the revision to look at (0: it is gone)."""

    def __init__(self, message: str, current: int) -> None:
        super().__init__(message)
        self.current = current


class NotPermitted(PolicyError):
    """The admin key's scope does not reach that far."""


class StoreUnavailable(PolicyError):
    """The store does not answer. Nothing was written, or the message says to look."""


class StoreUnusable(PolicyError):
    """The store is a newer version's, or keyed with another pepper: the server must not start on it."""
