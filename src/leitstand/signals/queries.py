"""The query language: what we look for in what others say.

    kaffee rösterei          both words (AND is meant)
    "fair gehandelt"         the phrase
    kaffee OR espresso       either (ODER works too)
    kaffee NOT werbung       without (NICHT, or -werbung)
    kaffee NEAR/5 preis      at most five words between
    röst*                    beginnings of words
    lang:de  source:name  author:name
    (a OR b) AND c           brackets

Matching folds case, accents and umlauts (`folding`). All queries are matched in one pass over a text's words.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import regex

from leitstand.signals.folding import Token, fold, tokens

LEXEME = regex.compile(
    r'\s*(?:(\()|(\))|(-)?(lang|source|author):("[^"]*"|\S+?)(?=\s|\)|$)|(-)?"([^"]*)"|(-)?([^\s()"]+))'
)
AND, OR, NOT = {"AND", "UND"}, {"OR", "ODER"}, {"NOT", "NICHT"}
NEAR = regex.compile(r"NEAR(?:/(\d{1,3}))?$")
Span = tuple[int, int]


class QueryError(ValueError):
    """The query cannot be read; `say` is an English source text, `at` the place."""

    def __init__(self, say: str, at: int) -> None:
        super().__init__(say)
        self.say, self.at = say, at


@dataclass(frozen=True, slots=True)
class Phrase:
    """One or more words in a row; the last may be a beginning only."""

    words: tuple[str, ...]
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class Near:
    """Two phrases with at most `gap` words between them, in any order."""

    left: Phrase
    right: Phrase
    gap: int


@dataclass(frozen=True, slots=True)
class Field:
    """A fact about the text: lang, source or author contains the value."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Not:
    part: Node


@dataclass(frozen=True, slots=True)
class All:
    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Any:
    parts: tuple[Node, ...]


Node = Phrase | Near | Field | Not | All | Any
Lexeme = tuple[str, object, int]


def parse(text: str) -> Node:
    """The query as a tree. Raises QueryError with the place."""
    lexemes = list(_lexemes(text))
    if not lexemes:
        raise QueryError("The query is empty.", 0)
    node, at = _any(lexemes, 0)
    if at < len(lexemes):
        raise QueryError("A closing bracket is too many here.", lexemes[at][2])
    if not _has_positive(node):
        raise QueryError("The query only says what must not be there. Add a word to look for.", 0)
    return node


def _lexemes(text: str) -> Iterator[Lexeme]:
    at = 0
    while at < len(text.rstrip()):
        found = LEXEME.match(text, at)
        if found is None:
            raise QueryError("A quotation mark is missing.", at)
        begin = found.end() - len(found.group().lstrip())
        at = found.end()
        yield from _lexeme(found, begin)


def _lexeme(found: regex.Match[str], at: int) -> Iterator[Lexeme]:
    opens, closes, minus_field, field, value, minus_phrase, phrase, minus_word, word = found.groups()
    if opens or closes:
        yield (opens or closes), None, at
        return
    if minus_field or minus_phrase or minus_word:
        yield "NOT", None, at
    if field:
        yield "part", Field(field, fold(value.strip('"'))), at
    elif phrase is not None:
        yield "part", _phrase(phrase, at), at
    else:
        yield _word(word, at)


def _word(word: str, at: int) -> Lexeme:
    upper = word.upper() if word.isupper() or word.startswith("NEAR") else ""
    for name, words in (("AND", AND), ("OR", OR), ("NOT", NOT)):
        if upper in words:
            return name, None, at
    if near := NEAR.match(word):
        return "NEAR", int(near.group(1) or 8), at
    return "part", _phrase(word, at), at


def _phrase(text: str, at: int) -> Phrase:
    words = tuple(
        token.word for token in tokens(text) if not token.word.startswith(("#", "@")) or text.startswith(("#", "@"))
    )
    if text.startswith(("#", "@")):
        words = words[:1]
    if not words:
        raise QueryError("There is no word here to look for.", at)
    return Phrase(words, text.rstrip().endswith("*"))


def _any(lexemes: Sequence[Lexeme], at: int) -> tuple[Node, int]:
    node, at = _all(lexemes, at)
    parts = [node]
    while at < len(lexemes) and lexemes[at][0] == "OR":
        node, at = _all(lexemes, at + 1)
        parts.append(node)
    return (Any(tuple(parts)) if len(parts) > 1 else parts[0]), at


def _all(lexemes: Sequence[Lexeme], at: int) -> tuple[Node, int]:
    parts: list[Node] = []
    while at < len(lexemes) and lexemes[at][0] not in ("OR", ")"):
        if lexemes[at][0] == "AND" and parts:
            at += 1
        node, at = _near(lexemes, at)
        parts.append(node)
    if not parts:
        where = lexemes[min(at, len(lexemes) - 1)][2]
        raise QueryError("A word is missing here.", where)
    return (All(tuple(parts)) if len(parts) > 1 else parts[0]), at


def _near(lexemes: Sequence[Lexeme], at: int) -> tuple[Node, int]:
    left, at = _one(lexemes, at)
    if at < len(lexemes) and lexemes[at][0] == "NEAR":
        gap, place = lexemes[at][1], lexemes[at][2]
        right, at = _one(lexemes, at + 1)
        if not isinstance(left, Phrase) or not isinstance(right, Phrase):
            raise QueryError("NEAR stands between two words or phrases.", place)
        return Near(left, right, int(str(gap))), at
    return left, at


def _one(lexemes: Sequence[Lexeme], at: int) -> tuple[Node, int]:
    if at >= len(lexemes):
        raise QueryError("A word is missing at the end.", lexemes[-1][2])
    kind, value, place = lexemes[at]
    if kind == "NOT":
        node, at = _one(lexemes, at + 1)
        return Not(node), at
    if kind == "(":
        node, at = _any(lexemes, at + 1)
        if at >= len(lexemes) or lexemes[at][0] != ")":
            raise QueryError("A closing bracket is missing.", place)
        return node, at + 1
    if kind == "part" and isinstance(value, (Phrase, Field)):
        return value, at + 1
    raise QueryError("A word is missing here.", place)


def _has_positive(node: Node) -> bool:
    if isinstance(node, (All, Any)):
        return any(_has_positive(part) for part in node.parts)
    return not isinstance(node, (Not, Field))


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
        places.setdefault(token.word, []).append(number)
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
    if any(token.word != word for token, word in zip(window, exact, strict=False)):
        return False
    return window[-1].word.startswith(last) if phrase.prefix else window[-1].word == last


def _near_spans(node: Near, text: Text) -> list[Span] | None:
    left, right = list(_occurrences(node.left, text)), list(_occurrences(node.right, text))
    found = [
        (one, two) for at, one in left for other, two in right if at != other and _gap(at, other, node) <= node.gap
    ]
    return [span for pair in found for span in pair] or None


def _gap(left: int, right: int, node: Near) -> int:
    """Words between the two."""
    first, length = (left, len(node.left.words)) if left < right else (right, len(node.right.words))
    return max(left, right) - first - length
