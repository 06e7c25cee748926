"""Environmental claims need evidence; those based on compensation are forbidden."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import regex
from django.utils.translation import gettext_lazy as _

from leitstand.rules.draft import Draft
from leitstand.rules.rule import Hit, Rule
from leitstand.rules.words import anywhere, whole_words

COMPENSATED = regex.compile(
    r"(?<!\p{L})(klimaneutral|klimapositiv|CO2[- ]?neutral|CO₂[- ]?neutral|climate[- ]neutral|carbon[- ]neutral|klimakompensiert)\p{L}*",
    regex.IGNORECASE,
)
GREEN = whole_words(
    [
        "umweltfreundlich",
        "nachhaltig",
        "klimafreundlich",
        "umweltschonend",
        "ökologisch",
        "biologisch abbaubar",
        "plastikfrei",
    ]
    + ["eco-friendly", "environmentally friendly", "sustainabl", "climate[- ]friendly", "biodegradable"]
)
NORM = {
    "DE": "UWG in der Fassung der EmpCo-Richtlinie (EU) 2024/825",
    "AT": "UWG, RL (EU) 2024/825",
    "CH": "Art. 3 Abs. 1 lit. x UWG",
}


def compensated(draft: Draft) -> Iterator[Hit]:
    yield from anywhere(COMPENSATED, draft.text)


def green(draft: Draft) -> Iterator[Hit]:
    if not draft.evidence.strip():
        yield from anywhere(GREEN, draft.text)


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
