"""The labelled table: what people write, in German and English, and how a person hears it."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

TABLE = Path(__file__).parent / "comments.tsv"
HELD_BACK = (
    "# held back: first measured after the words were mended by the part above; "
    "written by the same hand, so not independent"
)


class Comment(NamedTuple):
    """`tone` is negative, neutral, positive or unsure."""

    language: str
    tone: str
    text: str


def _comments(part: str) -> list[Comment]:
    return [Comment(*line.split("\t")) for line in part.splitlines() if line and not line.startswith("#")]


_first, _second = (_comments(part) for part in TABLE.read_text(encoding="utf-8").split(HELD_BACK + "\n"))
COMMENTS, HELD_BACK_COMMENTS = [*_first, *_second], _second
