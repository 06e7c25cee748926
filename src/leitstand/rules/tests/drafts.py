"""What the tests of the checks start from: a post nothing is wrong with."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from leitstand.rules import judge
from leitstand.rules.draft import Draft, DraftImage

PLAIN = Draft(
    text="Unser Winterkaffee ist da.",
    channel_imprint_url="https://example.org/impressum",
    publish_on=date(2026, 11, 23),
)
IMAGE = DraftImage("tasse.jpg", "Eine Tasse Kaffee", "own", "Anna aus der Rösterei")


def draft(**facts: Any) -> Draft:
    return replace(PLAIN, **facts)


def found(draft: Draft) -> list[str]:
    """The rules that find something, each once."""
    return list(dict.fromkeys(finding.rule for finding in judge(draft).findings))


def marked(rule: str, text: str) -> str:
    """What a rule marks first in a text: the same in a title, at the place it tells."""
    in_text, in_title = (
        next((one for one in judge(one).findings if one.rule == rule), None)
        for one in (draft(text=text), draft(title=text))
    )
    assert (in_text and in_text.words) == (in_title and in_title.words)
    if in_title is None:
        return ""
    assert in_title.place.field == "title"
    assert text[in_title.place.start : in_title.place.end] == in_title.words
    return in_title.words
