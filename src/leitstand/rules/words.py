"""Finding words in a text, with their places."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import regex

from leitstand.rules.draft import Draft
from leitstand.rules.verdict import Place


def anywhere(pattern: regex.Pattern[str], text: str, field: str = "text") -> Iterator[tuple[Place, str]]:
    """Each place where the pattern matches, with the words."""
    for found in pattern.finditer(text):
        yield Place(field, *found.span()), found.group()


def in_words(pattern: regex.Pattern[str], draft: Draft) -> Iterator[tuple[Place, str]]:
    """Each place in title and text, the title first: both are read."""
    yield from anywhere(pattern, draft.title, "title")
    yield from anywhere(pattern, draft.text)


def whole_words(words: Iterable[str]) -> regex.Pattern[str]:
    """A pattern for these words as beginnings of words ("nachhaltig" finds "nachhaltige")."""
    return regex.compile(rf"(?<!\p{{L}})({'|'.join(words)})\p{{L}}*", regex.IGNORECASE)
