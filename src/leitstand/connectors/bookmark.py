"""How far an inbox was read, where things may come in below what was read already.

The cursor is the newest time seen, and the marks of what was seen in the `late` before it: whatever lies there and
bears another mark is new, too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from leitstand.connectors.protocol import Item, Page


@dataclass(frozen=True, slots=True)
class Note:
    """Something in an inbox: its time, a short mark that is its own, and the item where it is one to be heard."""

    at: datetime
    mark: str
    item: Item | None


@dataclass(frozen=True, slots=True)
class Bookmark:
    """`newest` None: nothing was read yet. `late`: how far below it something may still come in."""

    newest: datetime | None
    seen: frozenset[str]
    late: timedelta

    @property
    def since(self) -> datetime | None:
        """What lies at or after this moment must be looked at; None: the newest page is enough."""
        return self.newest - self.late if self.newest else None

    def page(self, notes: Sequence[Note]) -> Page:
        """What is new among all notes since then (newest first), oldest first, with the cursor to go on."""
        newest = max([*([self.newest] if self.newest else []), *(note.at for note in notes)], default=None)
        if newest is None:
            return Page((), None)
        fresh = [note for note in reversed(notes) if note.mark not in self.seen]
        near = [note.mark for note in notes if note.at >= newest - self.late]
        return Page(tuple(note.item for note in fresh if note.item), " ".join([newest.isoformat(), *near]))


def bookmark(cursor: str | None, late: timedelta) -> Bookmark:
    """The place a cursor names; one that is none of ours names the beginning."""
    told, *seen = (cursor or "").split() or [""]
    try:
        return Bookmark(datetime.fromisoformat(told), frozenset(seen), late)
    except ValueError:
        return Bookmark(None, frozenset(), late)
