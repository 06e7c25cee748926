"""Writes docs/rules.md from the rules themselves: `python -m leitstand.rules.document > docs/rules.md`."""

from __future__ import annotations

import os
from collections.abc import Iterator

from leitstand.rules.checks import ALL
from leitstand.rules.rule import Rule

HEAD = """# Rules

Written by `python -m leitstand.rules.document` from the rules themselves; a test keeps it current. The gate asks them
about every version of a post, while it is written and again at the moment of sending. A rule that **blocks** keeps a
post from being planned; where one asks to **look twice**, somebody other than the author must approve the post; a
**hint** stops nothing. A company can give a rule another severity, with a reason; legal can make an exception for one
exact content, with a reason.

The rules search for facts and words. They can raise a question; that they find nothing does not make a post lawful.
They are gathered from public sources, as of the day each one names; no lawyer has reviewed them.
"""
SEVERITIES = {"block": "blocks", "approval": "look twice", "hint": "hint"}


def document() -> str:
    """The whole page, as Markdown."""
    return "\n".join([HEAD, *_table(), *(line for rule in ALL for line in _chapter(rule))])


def _table() -> Iterator[str]:
    yield "| rule | severity | in answers from the inbox | in force since |"
    yield "|---|---|---|---|"
    for rule in ALL:
        answers = SEVERITIES[rule.in_answers] if rule.in_answers else "–"
        facts = f"{SEVERITIES[rule.severity]} | {answers} | {rule.valid_from or '–'}"
        yield f"| [{rule.title}](#{_anchor(rule)}) | {facts} |"


def _anchor(rule: Rule) -> str:
    return "".join(letter for letter in str(rule.title).lower().replace(" ", "-") if letter.isalnum() or letter == "-")


def _chapter(rule: Rule) -> Iterator[str]:
    yield f"\n## {rule.title}\n"
    yield f"`{rule.slug}`. {rule.why}\n"
    yield f"- What it says: {rule.say}"
    yield f"- What to do: {rule.remedy}"
    yield from (f"- {country}: {norm}" for country, norm in rule.references.items())
    yield f"- As of: {rule.as_of}"


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "leitstand.config.settings")
    import django
    from django.utils.translation import override

    django.setup()
    with override("en"):
        print(document())
