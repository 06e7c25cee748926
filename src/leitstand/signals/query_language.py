"""The query language: what we look for in what others say.

    kaffee rösterei          both words (AND is meant)
    "fair gehandelt"         the phrase
    kaffee OR espresso       either (ODER works too)
    kaffee NOT werbung       without (NICHT, or -werbung)
    kaffee NEAR/5 preis      at most five words between
    röst*                    beginnings of words
    lang:de  source:name  author:name
    (a OR b) AND c           brackets

Reading folds case, accents and umlauts (`folding`). `queries` matches what was read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import regex

from leitstand.signals.folding import fold, tokens

LEXEME = regex.compile(
    r'\s*(?:(\()|(\))|(-)?(lang|source|author):("[^"]*"|\S+?)(?=\s|\)|$)|(-)?"([^"]*)"|(-)?([^\s()"]+))'
)
AND, OR, NOT = {"AND", "UND"}, {"OR", "ODER"}, {"NOT", "NICHT"}
NEAR = regex.compile(r"NEAR(?:/(\d{1,3}))?$")


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
