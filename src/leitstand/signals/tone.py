"""A first judgement of tone: how somebody feels, how hostile, how urgent, with the words that say so.

Method: weighted words of two small lexicons of our own (words/*.tsv), turned around by a negation up to three
words before, strengthened by intensifiers, emoji, capitals and exclamation marks. Measured on the labelled table
in tests/comments.tsv: 82 % of 160 as a person hears them, 77 % of the 44 held back when the words were mended. One
hand wrote and labelled them all, so expect less on real comments. The floor stands in tests/test_tone.py. Irony is
not understood: praise and blame side by side give "unsure".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

import regex

from leitstand.signals.folding import Token, fold, tokens

WORDS = Path(__file__).parent / "words"
NEGATIONS = """
    nicht kein keine keinen keiner keinem nie niemals ohne weder kaum
    not no never without hardly don't doesn't didn't isn't aren't wasn't weren't won't wouldn't can't couldn't
    haven't hasn't hadn't shouldn't ain't
"""
STRONG = """
    sehr so extrem total absolut wirklich richtig mega voll ganz äußerst
    very so extremely really totally absolutely super
"""
TURNS, STRENGTHENS = (frozenset(map(fold, words.split())) for words in (NEGATIONS, STRONG))
EMOJI = {
    "😀": 2,
    "😃": 2,
    "😄": 1,
    "😊": 2,
    "😍": 3,
    "🥰": 3,
    "❤": 2,
    "👍": 2,
    "👏": 2,
    "🎉": 2,
    "☕": 0,
    "😡": -3,
    "🤬": -3,
    "😠": -3,
    "👎": -2,
    "🤮": -3,
    "💩": -3,
    "😢": -2,
    "😞": -2,
    "🙄": -1,
}
QUESTION = regex.compile(
    r"\?|^[^\S\n]*(wer|wie|was|wann|wo|warum|welche\w*|kann|könnt|habt|gibt|gilt|ist|sind|who|how|what|when|where|why|which|can|do|does|is|are)\b[^.!]*$",
    regex.IGNORECASE | regex.MULTILINE,
)
BORDER = regex.compile(r"[,;:.!?–]")
SHOUTED = regex.compile(r"\b\p{Lu}{4,}\b")


@dataclass(frozen=True, slots=True)
class Reason:
    """One word that counted: its place, what it is worth, and what it stands for."""

    words: str
    start: int
    end: int
    value: float
    tags: str = ""


@dataclass(frozen=True, slots=True)
class Tone:
    """`score` from -1 to 1; hostility and urgency from 0 to 1; `tone` one of negative, neutral, positive, unsure."""

    tone: str
    score: float
    hostility: float
    urgency: float
    is_question: bool
    is_complaint: bool
    reasons: tuple[Reason, ...]


def judge(text: str, language: str = "") -> Tone:
    """The judgement; for an unknown language both lexicons are asked."""
    reasons = tuple([*_words(text, language), *_emoji(text)])
    plus = sum(reason.value for reason in reasons if reason.value > 0)
    minus = -sum(reason.value for reason in reasons if reason.value < 0)
    loud = 1.0 + 0.15 * min(3, text.count("!")) + 0.2 * min(2, len(SHOUTED.findall(text)))
    score = (plus - minus * loud) / (plus + minus * loud + 2.0)
    hostility = min(1.0, sum(-reason.value for reason in reasons if "h" in reason.tags and reason.value < 0) * loud / 5)
    urgency = min(1.0, sum(0.5 for reason in reasons if "u" in reason.tags) + 0.3 * hostility)
    complaint = minus >= 1 and minus >= plus and any("c" in reason.tags for reason in reasons if reason.value < 0)
    return Tone(
        _name(score, plus, minus), round(score, 3), hostility, urgency, bool(QUESTION.search(text)), complaint, reasons
    )


def _name(score: float, plus: float, minus: float) -> str:
    if min(plus, minus) >= 2 and abs(score) < 0.25:
        return "unsure"
    if score >= 0.25:
        return "positive"
    return "negative" if score <= -0.2 else "neutral"


def _words(text: str, language: str) -> Iterator[Reason]:
    words = list(tokens(text))
    for lexicon in _lexicons(language):
        taken: set[int] = set()
        for at in range(len(words)):
            if at in taken:
                continue
            found = lexicon.find(words, at)
            if found:
                length, value, tags = found
                taken.update(range(at, at + length))
                if not value and not tags:
                    continue  # stands in the list so that a shorter beginning does not count
                worth = value * _turned(text, words, at) * _strengthened(words, at)
                start, end = words[at].start, words[at + length - 1].end
                yield Reason(
                    text[start:end], start, end, worth, tags if worth <= 0 else tags.replace("c", "").replace("h", "")
                )


def _turned(text: str, words: Sequence[Token], at: int) -> float:
    """A negation up to three words before, in the same part of the sentence, turns praise into blame."""
    for before in reversed(words[max(0, at - 3) : at]):
        if BORDER.search(text[before.end : words[at].start]):
            return 1.0
        if before.word in TURNS:
            return -0.6
    return 1.0


def _strengthened(words: Sequence[Token], at: int) -> float:
    return 1.4 if at and words[at - 1].word in STRENGTHENS else 1.0


def _emoji(text: str) -> Iterator[Reason]:
    for at, letter in enumerate(text):
        if EMOJI.get(letter):
            yield Reason(letter, at, at + 1, EMOJI[letter])


@dataclass(frozen=True)
class Lexicon:
    """Whole words, beginnings, and phrases by their first word."""

    whole: Mapping[str, tuple[float, str]]
    beginnings: Mapping[str, tuple[float, str]]
    phrases: Mapping[str, tuple[tuple[tuple[str, ...], float, str], ...]]

    @cached_property
    def longest(self) -> int:
        """The letters of the longest beginning."""
        return max(map(len, self.beginnings), default=0)

    def find(self, words: Sequence[Token], at: int) -> tuple[int, float, str] | None:
        """How many words the entry at this place covers, its value and tags."""
        for phrase, value, tags in self.phrases.get(words[at].word, ()):
            if tuple(token.word for token in words[at : at + len(phrase)]) == phrase:
                return len(phrase), value, tags
        word = words[at].word.lstrip("#")
        if word in self.whole:
            return 1, *self.whole[word]
        for length in range(min(len(word), self.longest), 2, -1):
            if word[:length] in self.beginnings:
                return 1, *self.beginnings[word[:length]]
        return None


def _lexicons(language: str) -> list[Lexicon]:
    return [lexicon(language)] if language in ("de", "en") else [lexicon("de"), lexicon("en")]


@cache
def lexicon(language: str) -> Lexicon:
    """Read once from words/LANGUAGE.tsv."""
    whole: dict[str, tuple[float, str]] = {}
    beginnings: dict[str, tuple[float, str]] = {}
    phrases: dict[str, list[tuple[tuple[str, ...], float, str]]] = {}
    for line in (WORDS / f"{language}.tsv").read_text().splitlines():
        if line.startswith("#") or not line.strip():
            continue
        entry, value, *tags = line.split("\t")
        worth = (float(value), tags[0] if tags else "")
        parts = tuple(fold(part) for part in entry.rstrip("*").split())
        if len(parts) > 1:
            phrases.setdefault(parts[0], []).append((parts, *worth))
        elif entry.endswith("*"):
            beginnings[parts[0]] = worth
        else:
            whole[parts[0]] = worth
    return Lexicon(whole, beginnings, {word: tuple(found) for word, found in phrases.items()})
