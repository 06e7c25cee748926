"""How a call to a network can fail.

    ConnectorError              never raised itself
    ├── Refused                 final: the network will not take this; changing it is up to people
    ├── NotAllowed              our access is gone or too small: reconnect the channel, its queue waits
    ├── TooFast(after)          rate limit: nothing happened, try again after that many seconds
    ├── Unreachable             nothing left the house, or the network surely did nothing: same key again
    └── Unsure                  the network may have done it: look it up, never send again blindly

Each error has two voices: `say`, an English source text the UI translates (with `{name}` places
filled from `places`), and `detail` for the operator, which never holds a token.

Where the network answered, `status` is its HTTP status and `code` its own word for the error, so that no
connector has to read the meaning out of a sentence.
"""

from __future__ import annotations


class ConnectorError(Exception):
    """Base of the five outcomes that are not success."""

    status: int = 0
    code: str = ""

    def __init__(self, say: str, detail: str = "", **places: str) -> None:
        super().__init__(detail or say)
        self.say = say
        self.detail = detail or say
        self.places = places


class Refused(ConnectorError):
    """The network refuses this content or this request for good."""


class NotAllowed(ConnectorError):
    """The token is dead, revoked or lacks a permission."""


class TooFast(ConnectorError):
    """Rate limited. `after`: seconds to wait (the network's word, else our own guess)."""

    def __init__(self, say: str, detail: str = "", after: float = 60.0, **places: str) -> None:
        super().__init__(say, detail, **places)
        self.after = after


class Unreachable(ConnectorError):
    """No connection was made, or the network answered that it did nothing (502, 503 before work)."""


class Unsure(ConnectorError):
    """The request went out and no trustworthy answer came back."""
