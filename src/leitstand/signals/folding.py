"""Folding: so that "Röstkaffee", "ROESTKAFFEE" and "röstkaffee" are one word.

Case goes, ß becomes ss, accents go; ä, ö, ü become ae, oe, ue, and the curly apostrophe a straight one.
Offsets into the original are kept.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import regex

WORD = regex.compile(r"[#@]?[\p{L}\p{N}_]+(?:[-'’.][\p{L}\p{N}_]+)*")
SPECIAL = {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "æ": "ae", "ø": "oe", "’": "'"}
LONGEST_REMEMBERED = 60


@dataclass(frozen=True, slots=True)
class Token:
    """A folded word and its place in the original text."""

    word: str
    start: int
    end: int


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
    """All words; a hashtag or @name also stands without its sign, a compound with hyphens in its parts."""
    for found in WORD.finditer(text):
        raw, start = found.group(), found.start()
        if raw[0] in "#@":
            yield Token(fold(raw), start, found.end())
            raw, start = raw[1:], start + 1
        if not raw.isalnum() and "-" in raw:
            yield from _parts(raw, start)
        else:
            yield Token(fold(raw), start, found.end())


def _parts(raw: str, start: int) -> Iterator[Token]:
    for part in raw.split("-"):
        yield Token(fold(part), start, start + len(part))
        start += len(part) + 1
