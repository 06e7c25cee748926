"""Content made by AI says so."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import regex
from django.utils.translation import gettext_lazy as _

from leitstand.rules.draft import Draft
from leitstand.rules.rule import Hit, Rule
from leitstand.rules.verdict import Place

LABEL = regex.compile(r"KI[- ](generiert|verändert|erzeugt)|\bAI[- ](generated|modified|made)", regex.IGNORECASE)


def check(draft: Draft) -> Iterator[Hit]:
    shown = " ".join([draft.title, draft.text, *(image.alt for image in draft.images)])
    if draft.ai == "generated" and not LABEL.search(shown):
        yield Place("text", 0, 0), ""


AI = Rule(
    "ai-label",
    _("AI-made content"),
    _("Pictures, sound or video that look real, and texts on matters of public interest, must say that AI made them."),
    _("This post is marked as made by AI, but does not say so."),
    _("Write “KI-generiert” or “AI generated” where people see it first."),
    "block",
    {
        "DE": "Art. 50 KI-VO (EU) 2024/1689",
        "AT": "Art. 50 KI-VO (EU) 2024/1689",
        "CH": "Art. 50 KI-VO (bei Verwendung in der EU)",
    },
    check,
    valid_from=date(2026, 8, 2),
)
