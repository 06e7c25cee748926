"""A first judgement of tone: how somebody feels, how hostile, how urgent, with the words that say so.

Method: weighted words of two small lexicons of our own (words/*.tsv), turned around by a negation up to three
words before, or in German behind ("Das lohnt sich nicht"), strengthened by intensifiers, emoji, capitals and
exclamation marks. Measured on the labelled table
in tests/comments.tsv: 84 % of 160 as a person hears them, 77 % of the 44 held back when the words were mended. One
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
BEHIND = "nicht nie niemals kein keine keinen keiner keines"
ADVERBS = frozenset({"nicht", "nie", "niemals"})
JOINTS = frozenset(["und", "oder", "aber", "sondern", "denn", "weil", "dass", "obwohl", "wenn", "als"])
TURNS, STRENGTHENS, TURNS_BEHIND = (frozenset(map(fold, words.split())) for words in (NEGATIONS, STRONG, BEHIND))
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
# Without a mark only what has the order of a question is one: verb before person. "Wie wir rösten" is a headline.
MARKLESS = r"""
    \p{L}+[td]\ ihr | (können|haben|sind|werden|bieten|machen)\ (sie|wir) | (kann|darf|muss|soll)\ ich
    | (hat|weiß|weiss|kennt)\ (jemand|wer) | gibt\ es
    | (wer|wie|was|wann|wo|warum|wieso|welche\w*)\ \p{L}+\ (ihr|ich|wir|sie|es)
    | (do|does|did|can|could|will|would|are|have|has)\ (you|i|we|they|anyone|it) | (is|are)\ there
    | (who|how|what|when|where|why|which)\ (do|does|did|can|could|is|are|will|would|have)\ (you|i|we|they|it|there)
"""
QUESTION = regex.compile(rf"^[^\S\n]*(?:{MARKLESS})\b[^.!\n]*$", regex.IGNORECASE | regex.MULTILINE | regex.VERBOSE)
LINK = regex.compile(r"(https?://|www\.)\S+", regex.IGNORECASE)
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


def judge(text: str, language: str = "", is_article: bool = False) -> Tone:
    """The judgement; for an unknown language both lexicons are asked. An article asks only with a question mark."""
    reasons = tuple([*_words(text, language), *_emoji(text)])
    plus = sum(reason.value for reason in reasons if reason.value > 0)
    minus = -sum(reason.value for reason in reasons if reason.value < 0)
    loud = 1.0 + 0.15 * min(3, text.count("!")) + 0.2 * min(2, len(SHOUTED.findall(text)))
    score = (plus - minus * loud) / (plus + minus * loud + 2.0)
    hostility = min(1.0, sum(-reason.value for reason in reasons if "h" in reason.tags and reason.value < 0) * loud / 5)
    urgency = min(1.0, sum(0.5 for reason in reasons if "u" in reason.tags) + 0.3 * hostility)
    complaint = minus >= 1 and minus >= plus and any("c" in reason.tags for reason in reasons if reason.value < 0)
    asks = _asks(LINK.sub(" ", text), is_article)
    return Tone(_name(score, plus, minus), round(score, 3), hostility, urgency, asks, complaint, reasons)


def _asks(text: str, is_article: bool) -> bool:
    return "?" in text or (not is_article and QUESTION.search(text) is not None)


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
                place = Place(text, words, at, at + length, taken)
                worth = value * _turned(place, lexicon, value > 0) * _strengthened(words, at)
                start, end = words[at].start, words[at + length - 1].end
                yield Reason(
                    text[start:end], start, end, worth, tags if worth <= 0 else tags.replace("c", "").replace("h", "")
                )


@dataclass(frozen=True, slots=True)
class Place:
    """Where something was found: from word `at` to before word `end`. `taken`: words that something found holds."""

    text: str
    words: Sequence[Token]
    at: int
    end: int
    taken: set[int]

    def parted(self, number: int) -> bool:
        """Whether a part of the sentence begins with this word."""
        gap = self.text[self.words[number - 1].end : self.words[number].start] if number else "."
        return BORDER.search(gap) is not None or self.words[number].word in JOINTS


def _turned(place: Place, lexicon: Lexicon, is_praise: bool) -> float:
    """A negation in the same part of the sentence turns praise into blame, and blame into faint praise."""
    negated = _negated_before(place) or (lexicon.language == "de" and _negated_behind(place, lexicon, is_praise))
    return -0.6 if negated else 1.0


def _negated_before(place: Place) -> bool:
    """Up to three words before."""
    for number in range(place.at - 1, max(-1, place.at - 4), -1):
        before = place.words[number]
        if BORDER.search(place.text[before.end : place.words[number + 1].start]):
            return False
        if before.word in TURNS and number not in place.taken:
            return True
    return False


def _negated_behind(place: Place, lexicon: Lexicon, is_praise: bool) -> bool:
    """As German has it: "Ich empfehle den Laden nicht". Not if the negation belongs to what follows it.

    Blame is turned only if it begins and the negation ends: "Beschweren kann ich mich nicht", but not
    "Die kaputte Tasse wurde nicht ersetzt".
    """
    words = place.words
    for number in range(place.end, min(len(words), place.end + 8)):
        if place.parted(number):
            return False
        if words[number].word in TURNS_BEHIND:
            ends = number + 1 == len(words) or place.parted(number + 1)
            if ends:
                return is_praise or place.parted(place.at)
            return is_praise and words[number].word in ADVERBS and not _goes_on(words, number + 1, lexicon)
    return False


def _goes_on(words: Sequence[Token], at: int, lexicon: Lexicon) -> bool:
    """Whether the negation means something else: "nicht nur", or the next word that counts."""
    near = range(at, min(len(words), at + 3))
    return words[at].word in ("nur", "zuletzt") or any(lexicon.find(words, number) for number in near)


def _strengthened(words: Sequence[Token], at: int) -> float:
    return 1.4 if at and words[at - 1].word in STRENGTHENS else 1.0


def _emoji(text: str) -> Iterator[Reason]:
    for at, letter in enumerate(text):
        if EMOJI.get(letter):
            yield Reason(letter, at, at + 1, EMOJI[letter])


@dataclass(frozen=True)
class Lexicon:
    """Whole words, beginnings, and phrases by their first word, the longest first."""

    language: str
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
        word = words[at].word
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
    longest_first = {word: tuple(sorted(found, key=lambda one: -len(one[0]))) for word, found in phrases.items()}
    return Lexicon(language, whole, beginnings, longest_first)
