"""Which queries a text meets, and where: all of them in one pass over its words.

The queries are trees of `query_language`. Words are compared without case, accents and umlauts (`folding`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from leitstand.signals.folding import Token, fold, tokens
from leitstand.signals.query_language import All, Any, Field, Near, Node, Not, Phrase

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Text:
    """A text made ready for matching: its words, and where each stands."""

    words: tuple[Token, ...]
    places: Mapping[str, tuple[int, ...]]
    facts: Mapping[str, str]


def prepared(text: str, language: str = "", source: str = "", author: str = "") -> Text:
    """Folds the text once for all queries."""
    words = tuple(tokens(text))
    places: dict[str, list[int]] = {}
    for number, token in enumerate(words):
        for name in (token.word, *token.also):
            places.setdefault(name, []).append(number)
    facts = {"lang": fold(language), "source": fold(source), "author": fold(author)}
    return Text(words, {word: tuple(found) for word, found in places.items()}, facts)


class Matcher:
    """Many queries, compiled once. A query is only evaluated when one of its words stands in the text."""

    def __init__(self, queries: Mapping[int, Node]) -> None:
        self.queries = dict(queries)
        self.by_word: dict[str, set[int]] = {}
        self.always: set[int] = set()
        for number, node in queries.items():
            needed = _needed(node)
            if needed is None:
                self.always.add(number)
            for word in needed or ():
                self.by_word.setdefault(word, set()).add(number)

    def match(self, text: Text) -> dict[int, tuple[Span, ...]]:
        """Which queries match, each with the places of what was found."""
        candidates = set(self.always)
        for word in text.places:
            candidates |= self.by_word.get(word, set())
        found = {}
        for number in sorted(candidates):
            spans = _spans(self.queries[number], text)
            if spans is not None:
                found[number] = tuple(sorted(set(spans)))
        return found


def _needed(node: Node) -> set[str] | None:
    """Words of which one must stand in any matching text; None: cannot be told."""
    if isinstance(node, Phrase):
        return None if node.prefix and len(node.words) == 1 else {node.words[0]}
    if isinstance(node, Near):
        return _needed(node.left)
    if isinstance(node, All):
        known = [
            words for part in node.parts if not isinstance(part, (Not, Field)) and (words := _needed(part)) is not None
        ]
        return min(known, key=len) if known else None
    if isinstance(node, Any):
        parts = [_needed(part) for part in node.parts]
        return None if None in parts else set().union(*(words for words in parts if words))
    return None


def _spans(node: Node, text: Text) -> list[Span] | None:
    """Places of what was found; None: the text does not match."""
    if isinstance(node, Phrase):
        return [span for _number, span in _occurrences(node, text)] or None
    if isinstance(node, Field):
        return [] if node.value and node.value in text.facts.get(node.name, "") else None
    if isinstance(node, Not):
        return [] if _spans(node.part, text) is None else None
    if isinstance(node, Near):
        return _near_spans(node, text)
    parts = [_spans(part, text) for part in node.parts]
    if isinstance(node, All):
        return None if None in parts else [span for spans in parts for span in spans or ()]
    good = [spans for spans in parts if spans is not None]
    return [span for spans in good for span in spans] if good else None


def _occurrences(phrase: Phrase, text: Text) -> Iterator[tuple[int, Span]]:
    """Where the phrase begins (number of the word), and its span in the original."""
    for begin in _starts(phrase, text):
        end = begin + len(phrase.words)
        window = text.words[begin:end]
        if len(window) == len(phrase.words) and _fits(phrase, window):
            yield begin, (window[0].start, window[-1].end)


def _starts(phrase: Phrase, text: Text) -> Iterator[int]:
    first = phrase.words[0]
    if phrase.prefix and len(phrase.words) == 1:
        for word, places in text.places.items():
            if word.startswith(first):
                yield from places
    else:
        yield from text.places.get(first, ())


def _fits(phrase: Phrase, window: Sequence[Token]) -> bool:
    *exact, last = phrase.words
    if any(word != token.word and word not in token.also for token, word in zip(window, exact, strict=False)):
        return False
    names = (window[-1].word, *window[-1].also)
    return any(name.startswith(last) for name in names) if phrase.prefix else last in names


def _near_spans(node: Near, text: Text) -> list[Span] | None:
    left, right = list(_occurrences(node.left, text)), list(_occurrences(node.right, text))
    found = [(one, two) for at, one in left for other, two in right if 0 <= _gap(at, other, node) <= node.gap]
    return [span for pair in found for span in pair] or None


def _gap(left: int, right: int, node: Near) -> int:
    """Words between the two; negative where they overlap."""
    first, length = (left, len(node.left.words)) if left < right else (right, len(node.right.words))
    return max(left, right) - first - length
