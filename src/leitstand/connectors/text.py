"""Measures a text as a network does, and splits what is too long into a thread.

A text is read as tokens: URLs and (where the network shortens them) mentions are one token each, everything
else is one token per grapheme (what a reader takes for one character). So a limit never falls inside one.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice

import regex

from leitstand.connectors.protocol import TextRules

# ends before the full stop, the quotation mark or the closing bracket of the sentence around it
URL = regex.compile(r"https?://(?:[^\s<>\"„“”»«()\[\]]|\([^\s()]*\))+(?<![.,;:!?'’…*_~])", regex.IGNORECASE)
# @name@server.example: https://docs.joinmastodon.org/user/posting/#mentions
MENTION = regex.compile(r"(?<![\w/@])(@\w+(?:[.-]\w+)*)@[\p{L}\p{N}](?:[\p{L}\p{N}.-]*[\p{L}\p{N}])?")
GRAPHEME = regex.compile(r"\X")
# what belongs to the white space before it: https://unicode.org/reports/tr29/#Grapheme_Cluster_Boundary_Rules
WHOLE = r"(?![\p{GCB=Extend}\p{GCB=SpacingMark}\p{GCB=ZWJ}])"
WORD_END = regex.compile(rf"\s+{WHOLE}")
# not after "z. B.", "3. Mai", "Dr. Maier"
ABBREVIATED = r"(?<!\b(?:\p{L}|\p{N}{1,2}|bzw|ca|Dr|evtl|ggf|inkl|max|min|Mio|Mr|Mrs|Nr|Prof|St|Str|Tel|vgl|vs)\.)"
NEXT = r"(?=[\p{Lu}\p{N}\p{P}\p{S}])"
SENTENCE_END = regex.compile(rf"(?:\n+\s*|{ABBREVIATED}(?<=[.!?…][\"“”»«’')\]]*)\s+{NEXT}){WHOLE}")
# twitter-text v3: these ranges weigh 100 of 200, everything else 200, an emoji 200 in all
# https://github.com/twitter/twitter-text/blob/master/config/v3.json
LIGHT = ((0, 4351), (8192, 8205), (8208, 8223), (8242, 8247))
EMOJI = regex.compile(r"\p{Emoji_Presentation}|\uFE0F|\p{RI}\p{RI}")
MOST_DIGITS = 4


@dataclass(frozen=True, slots=True)
class Measured:
    """`used` and `limit` in the network's units; limit 0 means none.

    over_at: where in the text (index) the first token stands that does not fit any more; None: all fits.
    in_bytes: both are those of the second limit, for that is the one that is passed.
    """

    used: int
    limit: int
    over_at: int | None = None
    in_bytes: bool = False

    @property
    def left(self) -> int:
        return self.limit - self.used

    @property
    def fits(self) -> bool:
        return not self.limit or self.used <= self.limit


@dataclass(frozen=True, slots=True)
class Token:
    """A part of the text that is never cut: where it begins, and what it counts."""

    start: int
    text: str
    units: int


@dataclass(frozen=True, slots=True)
class Size:
    """How much of both limits something takes."""

    units: int = 0
    in_bytes: int = 0

    def plus(self, more: Size) -> Size:
        return Size(self.units + more.units, self.in_bytes + more.in_bytes)

    def within(self, rules: TextRules) -> bool:
        return self.units <= rules.limit and self.in_bytes <= (rules.bytes_limit or self.in_bytes)


def measure(text: str, rules: TextRules) -> Measured:
    """How much of the limit a text uses. Where only a second limit in bytes is passed, that one speaks; where both
    are, the place is the earlier of the two."""
    tokens = list(tokens_of(text, rules))
    found = _summed(((token.start, token.units) for token in tokens), rules.limit)
    if not rules.bytes_limit:
        return found
    second = _summed(((token.start, len(token.text.encode())) for token in tokens), rules.bytes_limit)
    if found.over_at is None or second.over_at is None:
        return replace(second, in_bytes=True) if found.fits and not second.fits else found
    return replace(found, over_at=min(found.over_at, second.over_at))


def _summed(tokens: Iterable[tuple[int, int]], limit: int) -> Measured:
    used, over_at = 0, None
    for start, units in tokens:
        used += units
        if limit and over_at is None and used > limit:
            over_at = start
    return Measured(used, limit, over_at)


def tokens_of(text: str, rules: TextRules) -> Iterator[Token]:
    """The text in order, cut into what may not be cut further."""
    begin = 0
    for start, end, units in _entities(text, rules):
        if start < begin:
            continue
        yield from _graphemes(text, begin, start, rules)
        yield Token(start, text[start:end], units)
        begin = end
    yield from _graphemes(text, begin, len(text), rules)


def _entities(text: str, rules: TextRules) -> list[tuple[int, int, int]]:
    urls = [(*found.span(), rules.url_length or count(found.group(), rules)) for found in URL.finditer(text)]
    if not rules.short_mentions:
        return urls
    mentions = [(*found.span(), count(found.group(1), rules)) for found in MENTION.finditer(text)]
    return sorted(urls + mentions)


def _graphemes(text: str, begin: int, end: int, rules: TextRules) -> Iterator[Token]:
    for found in GRAPHEME.finditer(text, begin, end):
        yield Token(found.start(), found.group(), 1 if rules.counting == "graphemes" else count(found.group(), rules))


def count(text: str, rules: TextRules) -> int:
    """The plain length in the network's units, URLs not regarded."""
    if rules.counting == "graphemes":
        return len(GRAPHEME.findall(text))
    if rules.counting == "bytes":
        return len(text.encode())
    return weigh(text) if rules.counting == "weighted" else len(text)


def weigh(text: str) -> int:
    """Weighted characters of twitter-text v3: light ranges count one, everything else two, an emoji two in all."""
    return sum(_weight(cluster) for cluster in GRAPHEME.findall(unicodedata.normalize("NFC", text)))


def _weight(cluster: str) -> int:
    if EMOJI.search(cluster):
        return 2
    return sum(1 if any(low <= ord(letter) <= high for low, high in LIGHT) else 2 for letter in cluster)


def addressed(text: str, whom: str, home: str) -> str:
    """An answer that mentions whom it answers: `whom` is @name@server without the first sign, or a name of `home`."""
    return text if mentions(text, whom, home) else f"@{whom} {text}"


def mentions(text: str, whom: str, home: str) -> bool:
    """Whether a text mentions an account; on its own server (`home`) one may write it with or without the server."""
    name, _at, host = whom.partition("@")
    server = f"@{regex.escape(host)}" if host else f"(?:@{regex.escape(home)})?"
    named = rf"(?<![\w/@])@{regex.escape(name)}{server}(?![\w@]|[.-]\w)"
    return bool(regex.search(named, text, regex.IGNORECASE))


def split(text: str, rules: TextRules, numbering: bool = True) -> list[str]:
    """The text in parts that fit, at sentence or word borders, with " (1/3)" behind each; one part stays bare.

    Only white space at the borders is lost. A word longer than the limit is cut between graphemes. A URL is
    never cut: one that is longer than the limit stays whole and too long, for the gate to say so.
    """
    text = text.strip()
    if not rules.limit or measure(text, rules).fits:
        return [text]
    if not numbering:
        return list(_packed(_atoms(text, rules), rules))
    for digits in range(1, MOST_DIGITS + 1):
        room, most = _room(rules, len(" (/)") + 2 * digits), 10**digits if digits < MOST_DIGITS else None
        parts = list(islice(_packed(_atoms(text, room), room), most))
        if len(parts) != most:
            break
    return [f"{part} ({number}/{len(parts)})" for number, part in enumerate(parts, 1)]


def _room(rules: TextRules, taken: int) -> TextRules:
    """The rules with the place for the number taken off; its signs count one each in every unit."""
    in_bytes = max(1, rules.bytes_limit - taken) if rules.bytes_limit else None
    return replace(rules, limit=max(1, rules.limit - taken), bytes_limit=in_bytes)


def _atoms(text: str, room: TextRules) -> Iterator[str]:
    """Sentences; where one is too long its words; where a word is too long its tokens."""
    for sentence in _pieces(SENTENCE_END, text):
        if _fits(sentence, room):
            yield sentence
            continue
        for word in _pieces(WORD_END, sentence):
            yield from [word] if _fits(word, room) else (token.text for token in tokens_of(word, room))


def _fits(text: str, room: TextRules) -> bool:
    return measure(text.strip(), room).fits


def _pieces(border: regex.Pattern[str], text: str) -> Iterator[str]:
    """Pieces that end with the border's white space, so that joining them gives the text again."""
    begin = 0
    for found in border.finditer(text):
        yield text[begin : found.end()]
        begin = found.end()
    if begin < len(text):
        yield text[begin:]


def _packed(atoms: Iterable[str], room: TextRules) -> Iterator[str]:
    """What is taken is carried along: no atom ends inside a token, so none counts otherwise beside its neighbours.

    Only a mention that a cut inside a long word brings forth would count less: it counts by its letters here.
    """
    current, taken = "", Size()
    for atom in atoms:
        if current and not taken.plus(_size(atom.rstrip(), room)).within(room):
            yield current.strip()
            current, taken = "", Size()
        more = atom if current else atom.lstrip()
        current, taken = current + more, taken.plus(_size(more, room))
    if current:
        yield current.strip()


def _size(text: str, room: TextRules) -> Size:
    return Size(sum(token.units for token in tokens_of(text, room)), len(text.encode()))
