"""Folding: so that "Röstkaffee", "ROESTKAFFEE" and "röstkaffee" are one word.

Case goes, ß becomes ss, accents go; ä, ö, ü become ae, oe, ue, and the curly apostrophe a straight one.
Offsets into the original are kept.

`visible` comes before: what can be composed is, and what cannot be seen goes, so that it parts no word.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import regex

WORD = regex.compile(r"[#@]?[\p{L}\p{N}_]+(?:[-'’.][\p{L}\p{N}_]+)*")
PART = regex.compile(r"\d+(?:\.\d+)+|[^-._#@]+")
# The soft hyphen, the zero-width space, the word joiner and the byte order mark. Joiners stay: letters need them.
INVISIBLE = regex.compile("[\u00ad\u200b\u2060\ufeff]")
SPECIAL = {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "æ": "ae", "ø": "oe", "’": "'"}
LONGEST_REMEMBERED = 60


@dataclass(frozen=True, slots=True)
class Token:
    """A folded word and its place in the original text; `also`: what else it answers to ("Eva's": Eva)."""

    word: str
    start: int
    end: int
    also: tuple[str, ...] = ()


def visible(text: str) -> str:
    """The text as people see it: letters composed (Unicode's NFC), without the characters that have no width."""
    return unicodedata.normalize("NFC", INVISIBLE.sub("", text))


def fold(word: str) -> str:
    """The folded form of one word."""
    return _remembered(word) if len(word) <= LONGEST_REMEMBERED else _folded(word)


@lru_cache(maxsize=50_000)
def _remembered(word: str) -> str:
    return _folded(word)


def _folded(word: str) -> str:
    lowered = unicodedata.normalize("NFC", word).lower()
    spelled = "".join(SPECIAL.get(letter, letter) for letter in lowered)
    bare = unicodedata.normalize("NFD", spelled)
    return "".join(letter for letter in bare if not unicodedata.combining(letter))


def tokens(text: str) -> Iterator[Token]:
    """All words. What hyphens, points or underscores join falls into its parts; a number keeps its point."""
    for found in WORD.finditer(text):
        raw, start = found.group(), found.start()
        if raw.isalnum():
            yield Token(fold(raw), start, found.end())
        else:
            yield from _parts(raw, start)


def _parts(raw: str, start: int) -> Iterator[Token]:
    """The first part of a hashtag or @name answers to the whole with its sign as well, a name also without its host."""
    signed = (fold(raw), fold(raw.partition(".")[0])) if raw[0] in "#@" else ()
    for number, part in enumerate(PART.finditer(raw)):
        word = fold(part.group())
        also = (*word.split("'"),) if "'" in word else ()
        begin = start if signed and not number else start + part.start()
        yield Token(word, begin, start + part.end(), also if number else (*signed, *also))
