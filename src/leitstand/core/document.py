"""Writes docs/events.md from the events themselves: `python -m leitstand.core.document > docs/events.md`."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import fields
from itertools import groupby

HEAD = """# Events

Written by `python -m leitstand.core.document` from the events themselves; a test keeps it current. Every event is a row
of the diary, written in the transaction of what happened. The name is what the API's `/events` says; the facts are its
`data`. A reaction runs in a job of its own and may run twice after a crash; it bears that.
"""


def document() -> str:
    """The whole page, as Markdown: a table for each room. Needs a Django that has started."""
    from leitstand.core.events import EVENTS

    rooms = groupby(sorted(EVENTS), lambda name: name.partition(".")[0])
    return "\n".join([HEAD, *(line for room, names in rooms for line in _chapter(room, names))])


def _chapter(room: str, names: Iterator[str]) -> Iterator[str]:
    from leitstand.core.events import LABELS, REACTIONS

    yield f"## {room}\n"
    yield "| name | what happened | facts | reactions |"
    yield "|---|---|---|---|"
    for name in names:
        reactions = ", ".join(f"`{key.removeprefix('leitstand.')}`" for key in sorted(REACTIONS.get(name, {})))
        yield f"| `{name}` | {LABELS[name]} | {', '.join(_facts(name)) or '–'} | {reactions or '–'} |"
    yield ""


def _facts(name: str) -> Iterator[str]:
    """Each fact with its type, as the JSON of the row has it."""
    from leitstand.core.events import EVENTS

    for field in fields(EVENTS[name]):
        yield f"`{field.name}` {getattr(field.type, '__name__', field.type)}".replace(" | ", " or ")


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "leitstand.config.settings")
    import django
    from django.utils.translation import override

    django.setup()
    with override("en"):
        print(document().rstrip())
