"""Steps three and four: which queries an item meets, and how it sounds. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from leitstand.connectors.protocol import Item
from leitstand.listening.clean import clean
from leitstand.listening.facts import shown_text
from leitstand.signals import language as languages
from leitstand.signals import tone as tones
from leitstand.signals.queries import Matcher, Span, prepared


@dataclass(frozen=True, slots=True)
class Judged:
    """A clean item with everything said about it; spans count in `facts.shown_text`."""

    item: Item
    language: str
    tone: tones.Tone
    hits: dict[int, tuple[Span, ...]]


def judge_all(items: Iterable[Item], matcher: Matcher, source: str) -> list[Judged]:
    return [judge(clean(item), matcher, source) for item in items]


def judge(item: Item, matcher: Matcher, source: str) -> Judged:
    text = shown_text(item.title, item.text)
    language = languages.detect(text, item.language).code
    author = f"{item.author.handle} {item.author.name}"
    hits = matcher.match(prepared(text, language, source, author))
    return Judged(item, language, tones.judge(text[:5_000], language, item.kind == "article"), hits)
