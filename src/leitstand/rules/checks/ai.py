"""Content made by AI says so."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import regex
from django.utils.translation import gettext_lazy as _

from leitstand.rules.draft import Draft
from leitstand.rules.rule import Hit, Rule
from leitstand.rules.verdict import Place

MADE = "generiert|erzeugt|erstellt|gemacht|ver(?:ä|ae)ndert|bearbeitet|generated|made|created|modified"
MACHINE = r"(?:KI|AI|(?:einer )?k(?:ü|ue)nstliche[nr]? Intelligenz|artificial intelligence)\b"
# "mit", "mit Hilfe von", "mithilfe", "with the help of".
BY = "(?:mit|durch|von|(?:mit Hilfe|mithilfe)(?: von)?|with|by|using|with the help of)"
WHAT = "(?:Bild|Video|Grafik|Illustration|image|video)"
# "KI-generiert", "KI-Bild", "erstellt mit KI", "von KI erstellt", but not "nicht mit KI erstellt".
LABEL = regex.compile(
    rf"(?<!\b(?:nicht|keine?|ohne|not|no|non)\W(?:{BY}\s)?)(?:\b(?:KI|AI)[-‑\s]?(?:{MADE}|{WHAT}\b)"
    rf"|\b(?:{MADE})\s{BY}\s{MACHINE}|\b{BY}\s{MACHINE}\s(?:{MADE}))",
    regex.IGNORECASE,
)


def check(draft: Draft) -> Iterator[Hit]:
    """An alt text is heard by few: it does not count as a label."""
    if draft.ai == "generated" and not (LABEL.search(draft.title) or LABEL.search(draft.text)):
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
        "CH": "Art. 2 Abs. 1 lit. c, Art. 50 KI-VO (EU) 2024/1689",
    },
    check,
    valid_from=date(2026, 8, 2),
)
