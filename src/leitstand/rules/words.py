"""Finding words in a text, with their places."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise

import regex

from leitstand.connectors.text import SENTENCE_END
from leitstand.rules.draft import Draft
from leitstand.rules.verdict import Place


def texts(draft: Draft) -> Iterator[tuple[str, str]]:
    """All words that go out, by field: title, text, and the alt text of each image."""
    yield "title", draft.title
    yield "text", draft.text
    yield from (("alt", image.alt) for image in draft.images)


def in_words(
    pattern: regex.Pattern[str], draft: Draft, besides: regex.Pattern[str] | None = None
) -> Iterator[tuple[Place, str]]:
    """Each place in the words of a draft where the pattern matches; what `besides` finds is not read."""
    for field, text in texts(draft):
        read = besides.sub(lambda found: " " * len(found.group()), text) if besides else text
        for found in pattern.finditer(read):
            yield Place(field, *found.span()), found.group()


def in_sentences(
    pattern: regex.Pattern[str], draft: Draft, counts: Callable[[str], bool]
) -> Iterator[tuple[Place, str]]:
    """The same, in the sentences that count. `counts` is asked once about each sentence with such words."""
    for field, text in texts(draft):
        ends = [0, *(end.end() for end in SENTENCE_END.finditer(text)), len(text)]
        for begin, end in pairwise(ends):
            found = list(pattern.finditer(text, begin, end))
            if found and counts(text[begin:end]):
                yield from ((Place(field, *one.span()), one.group()) for one in found)


def beginnings(words: Iterable[str]) -> regex.Pattern[str]:
    """A pattern for these patterns as beginnings of words ("umweltfreundlich" finds "umweltfreundliche")."""
    return regex.compile(rf"(?<!\p{{L}})(?:{'|'.join(words)})\p{{L}}*", regex.IGNORECASE)
