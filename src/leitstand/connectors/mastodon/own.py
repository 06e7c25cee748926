"""Our own statuses, as a look-up sees them: found by their words, with the chain of answers below."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, NamedTuple

from leitstand.connectors.errors import Unreachable
from leitstand.connectors.mastodon.parse import plain, published
from leitstand.connectors.outcomes import SAY_ODD
from leitstand.connectors.protocol import Published
from leitstand.connectors.text import MENTION

MOST_PAGES = 25


class Own(NamedTuple):
    """A status of ours: its proof, its words folded, the id of what it answers."""

    proof: Published
    words: str
    above: str


def page(body: Sequence[Mapping[str, Any]]) -> list[Own]:
    """A page of statuses (https://docs.joinmastodon.org/methods/accounts/#statuses)."""
    return [Own(published(one), folded(plain(one["content"])), str(one.get("in_reply_to_id") or "")) for one in body]


def written_since(moment: datetime, page_below: Callable[[str], list[Own]]) -> list[Own]:
    """Newest first. Unreachable when there are more than we read: what we did not see may be there."""
    found: list[Own] = []
    for _page in range(MOST_PAGES):
        read = page_below(found[-1].proof.remote_id if found else "")
        found += read
        if not read or read[-1].proof.at < moment:
            return [one for one in found if one.proof.at >= moment]
    raise Unreachable(SAY_ODD, f"more than {MOST_PAGES} pages of statuses")


def with_words(ours: Sequence[Own], text: str) -> Published | None:
    """The oldest that says this, and its parts."""
    same = [one.proof for one in ours if one.words == folded(text)]
    return replace(same[-1], parts=_below(ours, same[-1].remote_id)) if same else None


def folded(text: str) -> str:
    """The words by which a status is known: white space is the server's, and it shows only the name of a mention."""
    return " ".join(MENTION.sub(r"\1", text).split())


def _below(ours: Sequence[Own], first: str) -> tuple[str, ...]:
    """The ids of our own chain of answers below a status, in order."""
    next_of = {one.above: one.proof.remote_id for one in ours}
    chain: list[str] = []
    while (found := next_of.get(chain[-1] if chain else first)) and found not in chain:
        chain.append(found)
    return tuple(chain)
