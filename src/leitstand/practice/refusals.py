"""How the practice network says no."""

from __future__ import annotations


class Refusal(Exception):
    """The network does not do this; `reason` goes into the answer. 422 unless told otherwise."""

    def __init__(self, reason: str, status: int = 422) -> None:
        super().__init__(reason)
        self.reason, self.status = reason, status


class SlowDown(Refusal):
    """Too many calls; `after` are the seconds to wait."""

    def __init__(self, reason: str, after: int) -> None:
        super().__init__(reason, 429)
        self.after = after
