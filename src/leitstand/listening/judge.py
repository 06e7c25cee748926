"""Steps three and four: which queries an item meets, and how it sounds. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from leitstand.connectors.protocol import Item
from leitstand.signals import language as languages
from leitstand.signals import tone as tones
from leitstand.signals.queries import Matcher, Span, prepared


@dataclass(frozen=True, slots=True)
class Judged:
    """An item with everything said about it; spans count in `shown_text`."""

    item: Item
    language: str
    tone: tones.Tone
    hits: dict[int, tuple[Span, ...]]


def shown_text(item: Item) -> str:
    """What queries and tone look at: the title, a new line, the text."""
    return f"{item.title}\n{item.text}" if item.title and item.title != item.text else item.text


def judge_all(items: Iterable[Item], matcher: Matcher, source: str) -> list[Judged]:
    return [judge(item, matcher, source) for item in items]


def judge(item: Item, matcher: Matcher, source: str) -> Judged:
    text = shown_text(item)
    language = languages.detect(text, item.language).code
    author = f"{item.author.handle} {item.author.name}"
    hits = matcher.match(prepared(text, language, source, author))
    return Judged(item, language, tones.judge(text[:5_000], language), hits)
