"""What strangers write, as people see it and the database takes it. Pure.

Done once, before anything is matched: the places that queries find are places in what is stored.
"""

from __future__ import annotations

from dataclasses import replace

from leitstand.connectors.protocol import Item
from leitstand.core.text.one_line import one_line
from leitstand.signals.folding import visible

LONGEST_TITLE, LONGEST_TEXT, LONGEST_NAME = 1_000, 50_000, 200


def clean(item: Item) -> Item:
    """The item with its title, text and author as they are matched, judged and stored."""
    handle, name = (one_line(readable(words), LONGEST_NAME) for words in (item.author.handle, item.author.name))
    return replace(
        item,
        title=readable(item.title)[:LONGEST_TITLE],
        text=readable(item.text)[:LONGEST_TEXT],
        author=replace(item.author, handle=handle, name=name),
    )


def readable(text: str) -> str:
    """For people and queries: also without what nobody sees."""
    return visible(plain(text))


def plain(text: str) -> str:
    """PostgreSQL takes no zero bytes, and no halves of surrogate pairs."""
    return text.replace("\x00", "").encode(errors="ignore").decode()
