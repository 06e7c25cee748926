"""The four kinds of account, and what each takes. The network's own word: connectors state the same on their side."""

from __future__ import annotations

from dataclasses import dataclass

from leitstand.practice.refusals import Refusal


@dataclass(frozen=True, slots=True)
class Kind:
    """limit: most visible characters, 0 for none; url_length: what an address counts, 0 for its own length.

    `suffix` ends the handles of this kind, so that one name can be taken once on each.
    """

    slug: str
    suffix: str
    limit: int
    url_length: int = 0
    pictures: int = 4
    parts: int = 1
    needs_picture: bool = False
    needs_title: bool = False


SQUARE = Kind("practice", "", 500, url_length=23, parts=25)
KINDS = {
    kind.slug: kind
    for kind in (
        SQUARE,
        Kind("practice-short", ".short", 300, parts=25),
        Kind("practice-photo", ".photo", 2200, pictures=10, needs_picture=True),
        Kind("practice-blog", ".blog", 0, pictures=10, needs_title=True),
    )
}


def kind_of(slug: str) -> Kind:
    """The kind of that name; none is the square. Refusal: there is no such kind."""
    if slug and slug not in KINDS:
        raise Refusal("there is no such kind of account")
    return KINDS.get(slug, SQUARE)
