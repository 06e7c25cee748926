"""Our own statuses, whatever app wrote them: found by their words with the chain below, or as answers to others."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import datetime

from leitstand.connectors.errors import Unreachable
from leitstand.connectors.outcomes import SAY_ODD
from leitstand.connectors.protocol import Item, Published
from leitstand.connectors.text import MENTION

MOST_PAGES = 25
SPOKEN_TO = re.compile(r"\A(?:@[\w.-]+\s+)+")


def written_since(moment: datetime, page_below: Callable[[str], list[Item]]) -> list[Item]:
    """Newest first. Unreachable when there are more than we read: what we did not see may be there."""
    found: list[Item] = []
    for _page in range(MOST_PAGES):
        read = page_below(found[-1].remote_id if found else "")
        found += read
        if not read or read[-1].at < moment:
            return [one for one in found if one.at >= moment]
    raise Unreachable(SAY_ODD, f"more than {MOST_PAGES} pages of statuses")


def with_words(ours: Sequence[Item], text: str, to: str = "") -> Published | None:
    """The oldest that says this (in answer to `to`, where that is told), and its parts."""
    same = [one for one in ours if folded(one.text) == folded(text) and to in ("", one.in_reply_to)]
    if not same:
        return None
    return Published(same[-1].remote_id, same[-1].url, same[-1].at, _below(ours, same[-1].remote_id))


def answers(ours: Sequence[Item]) -> tuple[Item, ...]:
    """Those that answer something, oldest first."""
    return tuple(one for one in reversed(ours) if one.in_reply_to)


def folded(text: str) -> str:
    """The words by which a status is known: white space is the server's, which shows only the name of a mention.

    Whom it speaks to at its beginning does not count: an answer mentions whom it answers, though nobody typed that.
    """
    return SPOKEN_TO.sub("", " ".join(MENTION.sub(r"\1", text).split()))


def _below(ours: Sequence[Item], first: str) -> tuple[str, ...]:
    """The ids of our own chain of answers below a status, in order."""
    next_of = {one.in_reply_to: one.remote_id for one in ours}
    chain: list[str] = []
    while (found := next_of.get(chain[-1] if chain else first)) and found not in chain:
        chain.append(found)
    return tuple(chain)
