"""A reduced price names the lowest price of the last 30 days."""

from __future__ import annotations

from collections.abc import Iterator

import regex
from django.utils.translation import gettext_lazy as _

from leitstand.rules.draft import Draft
from leitstand.rules.rule import Hit, Rule
from leitstand.rules.words import in_words

MONEY = r"(?:(?:€|£|\$|EUR|CHF|Fr\.)\s?\d+|\d+(?:[.,]\d+|,-)?\s?(?:€|£|\$|Euro\b|EUR\b|CHF\b|Franken\b|euros?\b))"
PART = r"\d{1,2}(?:[.,]\d)?\s?(?:%|Prozent|percent|per cent)"
REDUCED = regex.compile(
    rf"(?<!\w)[-–−]\s?\d{{1,2}}\s?%|\b{PART}\s?(?:Rabatt|Nachlass|günstiger|billiger|reduziert|off\b|discount|cheaper)"
    rf"|\b(?:statt|früher|bisher|was|instead of)\s+(?:nur\s+|only\s+)?{MONEY}|\bUVP\b",
    regex.IGNORECASE,
)


def check(draft: Draft) -> Iterator[Hit]:
    if draft.lowest_price is None:
        yield from in_words(REDUCED, draft)


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
