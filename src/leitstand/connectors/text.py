"""Measures a text as a network does, and splits what is too long into a thread."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import regex

from leitstand.connectors.protocol import TextRules

URL = regex.compile(r"https?://[^\s<>\"'„“”]+[^\s<>\"'„“”.,;:!?)\]]", regex.IGNORECASE)
GRAPHEME = regex.compile(r"\X")
EMOJI = regex.compile(r"\p{Extended_Pictographic}")
# twitter-text v3 configuration: these ranges weigh 100 of 200, everything else 200
# https://github.com/twitter/twitter-text/blob/master/config/v3.json
LIGHT = ((0, 4351), (8192, 8205), (8208, 8223), (8242, 8247))
SENTENCE_END = regex.compile(r"(?<=[.!?…:])\s+|\n+")
ROOM_FOR_NUMBER = 9


@dataclass(frozen=True, slots=True)
class Measured:
    """`used` and `limit` in the network's units; limit 0 means none."""

    used: int
    limit: int

    @property
    def left(self) -> int:
        return self.limit - self.used

    @property
    def fits(self) -> bool:
        return not self.limit or self.used <= self.limit


def measure(text: str, rules: TextRules) -> Measured:
    """How much of the limit a text uses. Where a second limit in bytes is nearer, that one speaks."""
    used = sum(_units(part, rules) for part in _parts(text, rules))
    if rules.bytes_limit and (size := len(text.encode())) > rules.bytes_limit and used <= rules.limit:
        return Measured(size, rules.bytes_limit)
    return Measured(used, rules.limit)


def _parts(text: str, rules: TextRules) -> Iterator[str | int]:
    """Pieces of text, and the fixed lengths that stand for URLs."""
    if rules.url_length is None:
        yield text
        return
    begin = 0
    for found in URL.finditer(text):
        yield text[begin : found.start()]
        yield rules.url_length
        begin = found.end()
    yield text[begin:]


def _units(part: str | int, rules: TextRules) -> int:
    if isinstance(part, int):
        return part
    if rules.counting == "graphemes":
        return len(GRAPHEME.findall(part))
    if rules.counting == "bytes":
        return len(part.encode())
    return weigh(part) if rules.counting == "weighted" else len(part)


def weigh(text: str) -> int:
    """Weighted characters of twitter-text v3: light ranges count one, everything else two, an emoji two in all."""
    return sum(_weight(cluster) for cluster in GRAPHEME.findall(text))


def _weight(cluster: str) -> int:
    if EMOJI.search(cluster):
        return 2
    return sum(1 if any(low <= ord(letter) <= high for low, high in LIGHT) else 2 for letter in cluster)


def split(text: str, rules: TextRules, numbered: bool = True) -> list[str]:
    """The text in parts that fit, at sentence or word borders, with " (1/3)" behind each; one part stays bare.

    Only white space at the borders is lost. A single word longer than the limit is cut between graphemes.
    """
    text = text.strip()
    if measure(text, rules).fits or not rules.limit:
        return [text]
    room = TextRules(
        rules.limit - (ROOM_FOR_NUMBER if numbered else 0),
        rules.counting,
        rules.url_length,
        rules.bytes_limit - ROOM_FOR_NUMBER if rules.bytes_limit else None,
    )
    parts = _packed(_atoms(text, room), room)
    return [f"{part} ({number}/{len(parts)})" for number, part in enumerate(parts, 1)] if numbered else parts


def _atoms(text: str, room: TextRules) -> Iterator[str]:
    """Sentences; where one is too long its words; where a word is too long its graphemes."""
    for sentence in _pieces(SENTENCE_END, text):
        if measure(sentence.strip(), room).fits:
            yield sentence
            continue
        for word in _pieces(regex.compile(r"\s+"), sentence):
            yield from [word] if measure(word.strip(), room).fits else _cut(word, room)


def _pieces(border: regex.Pattern[str], text: str) -> Iterator[str]:
    """Pieces that end with the border's white space, so that joining them gives the text again."""
    begin = 0
    for found in border.finditer(text):
        yield text[begin : found.end()]
        begin = found.end()
    if begin < len(text):
        yield text[begin:]


def _cut(word: str, room: TextRules) -> Iterator[str]:
    part = ""
    for cluster in GRAPHEME.findall(word):
        if part and not measure(part + cluster, room).fits:
            yield part
            part = ""
        part += cluster
    yield part


def _packed(atoms: Iterator[str], room: TextRules) -> list[str]:
    parts, current = [], ""
    for atom in atoms:
        if current and not measure((current + atom).strip(), room).fits:
            parts.append(current.strip())
            current = ""
        current += atom
    return [part for part in [*parts, current.strip()] if part]
