"""What was said about the demo company, and conversations that are over."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from leitstand.community.remember import remember as remember_conversation
from leitstand.connectors.protocol import Author, Item
from leitstand.core.models import Person
from leitstand.listening.queries import facts_of
from leitstand.listening.remember import remember as remember_mentions
from leitstand.web.demo import words


def remember(agent: Person) -> None:
    """Articles of the last days, and a few conversations answered in time."""
    _articles()
    _answered(agent)


def _articles() -> None:
    now = timezone.now()
    for number, (hours, source, author, language, title, text) in enumerate(words.ARTICLES):
        url = f"https://{source.lower().replace(' ', '-')}.example/{number}"
        item = Item(
            str(number),
            "article",
            url,
            now - timedelta(hours=hours),
            text,
            Author(author, author, author),
            title,
            language=language,
        )
        remember_mentions(f"https://{source.lower().replace(' ', '-')}.example/feed", source, [item])


def _answered(agent: Person) -> None:
    now = timezone.now()
    for number, (days, minutes, name, language, text, answer) in enumerate(words.ANSWERED):
        at = now - timedelta(days=days)
        item = Item(f"letter-{number}", "message", "", at, text, Author(name, name, name), language=language)
        (mention_id,) = remember_mentions("https://nordlicht.example/letters", "Briefe", [item])
        facts = facts_of(mention_id)
        if facts:
            remember_conversation(facts, answer, agent, at + timedelta(minutes=minutes))
