"""Writes docs/connectors.md from the facts: `python -m leitstand.connectors.document > docs/connectors.md`."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Iterator

from leitstand.connectors import feed, registry
from leitstand.connectors.protocol import ABILITIES, Connector, MediaRules, Network, TextRules, can

HEAD = """# Networks

Written by `python -m leitstand.connectors.document` from the facts of the connectors; a test keeps it current.
For Mastodon no real server could be run in our tests: its answers were written from the official documentation.

## What each network can do
"""
COUNTED = {"graphemes": "visible characters", "characters": "code points", "weighted": "weighted", "bytes": "bytes"}


def document() -> str:
    """The whole page, as Markdown."""
    kinds = [registry.connector(network.slug) for network in registry.networks()]
    return "\n".join(
        [HEAD, *_table(kinds), *(line for kind in kinds for line in _chapter(kind)), *_sources(), *_retired()]
    )


def _table(kinds: list[type[Connector]]) -> Iterator[str]:
    names = [name for name, _what in ABILITIES]
    yield f"| network | {' | '.join(names)} |"
    yield "|---|" + "---|" * len(names)
    for kind in kinds:
        marks = ["yes" if can(kind, name) else "–" for name in names]
        yield f"| {kind.network.name} | {' | '.join(marks)} |"


def _chapter(kind: type[Connector]) -> Iterator[str]:
    facts = kind.network
    yield f"\n## {facts.name}\n"
    yield from (f"- {line}" for line in _facts(facts))
    yield "\nHow to connect:\n"
    yield from (f"{number}. {step}" for number, step in enumerate(facts.guide, 1))
    yield from _fields(facts)
    yield "\n" + _docstring(kind)


def _facts(facts: Network) -> Iterator[str]:
    yield f"Text: {text_rules(facts.text)}"
    yield f"Images: {media_rules(facts.media)}"
    yield f"Threads: {'yes' if facts.threads else 'no'}"
    yield f"The same key sent twice makes one post: {'yes' if facts.repeats_safely else 'no, it is looked up first'}"
    yield f"A sending that was cut off can still appear for {facts.settles_in} seconds"
    if facts.docs_url:
        yield f"Documentation: <{facts.docs_url}>"


def text_rules(rules: TextRules) -> str:
    """The limits of a text in a sentence."""
    said = [f"at most {rules.limit:,} {COUNTED[rules.counting]}" if rules.limit else "no limit"]
    said += [f"at most {rules.bytes_limit:,} bytes"] if rules.bytes_limit else []
    said += [f"every URL counts {rules.url_length}"] if rules.url_length else []
    said += ["of @name@server only @name counts"] if rules.short_mentions else []
    said += ["needs a title"] if rules.needs_title else []
    return ", ".join(said)


def media_rules(rules: MediaRules) -> str:
    """The limits of images in a sentence."""
    if not rules.images:
        return "none"
    types = ", ".join(kind.removeprefix("image/") for kind in rules.types)
    size = f"{rules.image_bytes / 1_000_000:g} MB and {rules.image_pixels:,} pixels a side"
    needed = ", at least one" if rules.needed else ""
    return f"{rules.images}{needed}, each at most {size} ({types}), alternative text of {rules.alt_limit:,} characters"


def _fields(facts: Network) -> Iterator[str]:
    yield "\n| field | what it is | |\n|---|---|---|"
    for field in facts.fields:
        marks = [*(["secret"] if field.secret else []), *([] if field.required else ["optional"])]
        yield f"| {field.label} | {field.help} | {', '.join(marks)} |"


def _docstring(kind: type[Connector]) -> str:
    """What the connector's own file says of the network: its oddities, with their sources."""
    package = kind.__module__.removesuffix(".connector")
    return inspect.cleandoc(sys.modules[package].__doc__ or "").partition("\n\n`facts`")[0]


def _sources() -> Iterator[str]:
    yield "\n## Sources\n\nRead, but nobody's channel:\n"
    for facts in registry.SOURCES:
        yield f"- **{facts.name}** <{facts.docs_url}>"
    yield "\n" + inspect.cleandoc(feed.__doc__ or "")


def _retired() -> Iterator[str]:
    yield "\n## Not offered\n"
    yield from (f"- **{facts.name}**: {facts.retired}" for facts in registry.RETIRED)


if __name__ == "__main__":
    print(document())
