"""Environmental claims need evidence; those based on compensation are forbidden."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import regex
from django.utils.translation import gettext_lazy as _

from leitstand.rules.draft import Draft
from leitstand.rules.rule import Hit, Rule
from leitstand.rules.words import in_words, whole_words

COMPENSATED = regex.compile(
    r"(?<!\p{L})(klima(?:neutral|positiv|kompensiert)|(?:CO[2₂][- ]?|climate[- ]|carbon[- ])neutral)\p{L}*",
    regex.IGNORECASE,
)
GREEN = whole_words(
    [
        *("umweltfreundlich", "umweltschonend", "klimafreundlich", "nachhaltig", "ökologisch", "plastikfrei"),
        *("biologisch abbaubar", "biodegradable", "eco-friendly", "environmentally friendly", "sustainabl"),
        "climate[- ]friendly",
    ]
)
NORM = {
    "DE": "UWG in der Fassung der EmpCo-Richtlinie (EU) 2024/825",
    "AT": "UWG, RL (EU) 2024/825",
    "CH": "Art. 3 Abs. 1 lit. x UWG",
}


def compensated(draft: Draft) -> Iterator[Hit]:
    yield from in_words(COMPENSATED, draft)


def green(draft: Draft) -> Iterator[Hit]:
    if not draft.evidence.strip():
        yield from in_words(GREEN, draft)


COMPENSATION = Rule(
    "climate-claims",
    _("Climate claims"),
    _("Saying that a product is climate neutral because emissions are compensated is always unfair."),
    _("A climate claim that cannot be used for products."),
    _("Leave it out, or say what you really do, with figures."),
    "block",
    NORM,
    compensated,
    valid_from=date(2026, 9, 27),
)
ENVIRONMENT = Rule(
    "environmental-claims",
    _("Environmental claims"),
    _("General words like “sustainable” need recognised evidence."),
    _("A general environmental claim without evidence."),
    _("Say exactly what is better, or enter where the evidence is filed."),
    "block",
    NORM,
    green,
    valid_from=date(2026, 9, 27),
)
