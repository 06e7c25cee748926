"""A reduced price names the lowest price of the last 30 days."""

from __future__ import annotations

from collections.abc import Iterator

import regex
from django.utils.translation import gettext_lazy as _

from leitstand.rules.draft import Draft
from leitstand.rules.rule import Hit, Rule
from leitstand.rules.words import anywhere

REDUCED = regex.compile(
    r"(?<!\w)[-–−]\s?\d{1,2}\s?%|\b\d{1,2}\s?%\s?(?:Rabatt|Nachlass|günstiger|billiger|reduziert|off|discount)|\bstatt\s+(?:€\s?)?\d+[.,]?\d*\s?(?:€|Euro|EUR|CHF)|\b(?:was|instead of)\s+€?\d+[.,]?\d*|\bUVP\b",
    regex.IGNORECASE,
)


def check(draft: Draft) -> Iterator[Hit]:
    if draft.lowest_price is None:
        yield from anywhere(REDUCED, draft.text)


PRICES = Rule(
    "price-claims",
    _("Price claims"),
    _("Whoever advertises a reduction must name the lowest price of the last 30 days and count from it."),
    _("A price reduction without the lowest price of the last 30 days."),
    _("Enter that price among the facts, and compute the reduction from it."),
    "block",
    {"DE": "§ 11 PAngV; EuGH C-330/23", "AT": "§ 9a PrAG", "CH": "Art. 16 PBV"},
    check,
)
