"""The query language: what we look for in what others say.

    kaffee rösterei          both words (AND is meant)
    "fair gehandelt"         the phrase
    kaffee OR espresso       either (ODER works too)
    kaffee NOT werbung       without (NICHT, or -werbung, -(werbung OR anzeige))
    kaffee NEAR/5 preis      at most five words between
    röst*                    beginnings of words
    lang:de  source:name  author:name
    (a OR b) AND c           brackets

OR, NOT and NEAR stand in capitals: in small letters they are words to look for. Quotation marks may be German,
English or French ones. Reading folds case, accents and umlauts (`folding`). `queries` matches what was read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import regex

from leitstand.signals.folding import fold, tokens, visible

LEXEME = regex.compile(
    r'\s*(?:(-)?(\()|(\))|(-)?(?i:(lang|source|author):)("[^"]*"|[^\s"]+?)(?=\s|\)|$)|(-)?"([^"]*)"|(-)?([^\s()"]+))'
)
QUOTES = str.maketrans("„“”»«", '"' * 5)
FIELD = regex.compile(r"(\p{L}{2,}):(?!//)")
STAR = regex.compile(r"\*(?!$)")
DEEPEST = 30
AND, OR, NOT = {"AND", "UND"}, {"OR", "ODER"}, {"NOT", "NICHT"}
NEAR = regex.compile(r"NEAR(?:/(\d{1,3}))?$")


ONLY_EXCLUDES = "This only says what must not be there. Add a word to look for, on each side of OR."
ONLY_NARROWS = "Language, source and author only narrow a search. Add a word to look for, on each side of OR."
UNKNOWN_FIELD = "This field is not known; there are lang:, source: and author:. Put other words with a colon in quotes."
NO_VALUE = "A value is missing behind the colon, without a space."


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
    """The query as a tree. Raises QueryError with the place, counted in what can be seen."""
    lexemes = list(_lexemes(visible(text).translate(QUOTES)))
    if not lexemes:
        raise QueryError("The query is empty.", 0)
    node, at = _any(lexemes, 0, 0)
    if at < len(lexemes):
        raise QueryError("A closing bracket is too many here.", lexemes[at][2])
    for branch in node.parts if isinstance(node, Any) else (node,):
        if not _has_positive(branch):
            raise QueryError(ONLY_NARROWS if _has_field(branch) else ONLY_EXCLUDES, 0)
    return node


def words_of(node: Node) -> Iterator[str]:
    """The words and phrases that are looked for, folded; not those that must not be there."""
    if isinstance(node, Phrase):
        yield " ".join(node.words)
    for part in _parts_of(node):
        yield from words_of(part)


def _parts_of(node: Node) -> tuple[Node, ...]:
    if isinstance(node, Near):
        return node.left, node.right
    return node.parts if isinstance(node, (All, Any)) else ()


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
    minus_group, opens, closes, minus_field, field, value, minus_phrase, phrase, minus_word, word = found.groups()
    if minus_group or minus_field or minus_phrase or minus_word:
        yield "NOT", None, at
    if opens or closes:
        yield (opens or closes), None, at
    elif field:
        yield "part", _field(field, value, at), at
    elif phrase is not None:
        yield "part", _phrase(phrase, at), at
    else:
        yield _word(word, at)


def _field(name: str, value: str, at: int) -> Field:
    """The sign of an @name is no part of it: sources and authors are known without."""
    folded = fold(value.strip('"').lstrip("@").rstrip("*"))
    if not folded:
        raise QueryError(NO_VALUE, at)
    return Field(name.lower(), folded)


def _word(word: str, at: int) -> Lexeme:
    upper = word.upper() if word.isupper() or word.startswith("NEAR") else ""
    for name, words in (("AND", AND), ("OR", OR), ("NOT", NOT)):
        if upper in words:
            return name, None, at
    if near := NEAR.match(word):
        return "NEAR", int(near.group(1) or 8), at
    if field := FIELD.match(word):
        known = field[1].lower() in ("lang", "source", "author")
        raise QueryError(NO_VALUE if known else UNKNOWN_FIELD, at)
    return "part", _phrase(word, at), at


def _phrase(text: str, at: int) -> Phrase:
    """One word, or several in a row; a hashtag or @name with its sign."""
    found = list(tokens(text))
    if not found:
        raise QueryError("There is no word here to look for.", at)
    if star := STAR.search(text.rstrip()):
        raise QueryError("A star stands at the end of a word only.", at + star.start())
    signed = found[0].also[:1] if text.startswith(("#", "@")) else ()
    return Phrase(signed or tuple(token.word for token in found), text.rstrip().endswith("*"))


def _any(lexemes: Sequence[Lexeme], at: int, depth: int) -> tuple[Node, int]:
    """`depth`: how many brackets and NOTs stand around it."""
    node, at = _all(lexemes, at, depth)
    parts = [node]
    while at < len(lexemes) and lexemes[at][0] == "OR":
        node, at = _all(lexemes, at + 1, depth)
        parts.append(node)
    return (Any(tuple(parts)) if len(parts) > 1 else parts[0]), at


def _all(lexemes: Sequence[Lexeme], at: int, depth: int) -> tuple[Node, int]:
    parts: list[Node] = []
    while at < len(lexemes) and lexemes[at][0] not in ("OR", ")"):
        if lexemes[at][0] == "AND" and parts:
            at += 1
        node, at = _near(lexemes, at, depth)
        parts.append(node)
    if not parts:
        where = lexemes[min(at, len(lexemes) - 1)][2]
        raise QueryError("A word is missing here.", where)
    return (All(tuple(parts)) if len(parts) > 1 else parts[0]), at


def _near(lexemes: Sequence[Lexeme], at: int, depth: int) -> tuple[Node, int]:
    left, at = _one(lexemes, at, depth)
    if at < len(lexemes) and lexemes[at][0] == "NEAR":
        gap, place = lexemes[at][1], lexemes[at][2]
        right, at = _one(lexemes, at + 1, depth)
        if not isinstance(left, Phrase) or not isinstance(right, Phrase):
            raise QueryError("NEAR stands between two words or phrases.", place)
        return Near(left, right, int(str(gap))), at
    return left, at


def _one(lexemes: Sequence[Lexeme], at: int, depth: int) -> tuple[Node, int]:
    if at >= len(lexemes):
        raise QueryError("A word is missing at the end.", lexemes[-1][2])
    kind, value, place = lexemes[at]
    if depth > DEEPEST:
        raise QueryError("Too many brackets lie in one another here.", place)
    if kind == "NOT":
        node, at = _one(lexemes, at + 1, depth + 1)
        return Not(node), at
    if kind == "(":
        node, at = _any(lexemes, at + 1, depth + 1)
        if at >= len(lexemes) or lexemes[at][0] != ")":
            raise QueryError("A closing bracket is missing.", place)
        return node, at + 1
    if kind == "part" and isinstance(value, (Phrase, Field)):
        return value, at + 1
    raise QueryError("A word is missing here.", place)


def _has_positive(node: Node) -> bool:
    """Whether whatever it finds holds a word that was looked for: in each branch of an OR there must be one."""
    if isinstance(node, Any):
        return all(_has_positive(part) for part in node.parts)
    if isinstance(node, All):
        return any(_has_positive(part) for part in node.parts)
    return not isinstance(node, (Not, Field))


def _has_field(node: Node) -> bool:
    return isinstance(node, Field) or any(_has_field(part) for part in _parts_of(node))
