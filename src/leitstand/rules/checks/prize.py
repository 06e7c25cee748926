"""A prize draw needs terms."""

from __future__ import annotations

from collections.abc import Iterator

import regex
from django.utils.translation import gettext_lazy as _

from leitstand.rules.draft import Draft
from leitstand.rules.rule import Hit, Rule
from leitstand.rules.words import in_words

DRAW = regex.compile(
    r"(?<!\p{L})(?:(?:Gewinnspiel|verlos|Preisausschreiben|Tombola|giveaway|prize draw|raffle|sweepstake)\p{L}*"
    r"|gibt\b[^.!?\n]{0,60}\bzu gewinnen|zu gewinnen gibt|win one of|chance to win|enter to win)",
    regex.IGNORECASE,
)


def check(draft: Draft) -> Iterator[Hit]:
    if not draft.prize_terms_url:
        yield from in_words(DRAW, draft)


PRIZE = Rule(
    "prize-draw",
    _("Prize draw"),
    _("Organiser, period, who may take part, the prize, how the winner is drawn, and privacy must be readable."),
    _("A prize draw without a link to its terms."),
    _("Publish the terms and enter their address among the facts."),
    "block",
    {"DE": "§ 6 Abs. 1 Nr. 4 DDG", "AT": "§ 6 ECG", "CH": "Art. 3 UWG, BGS"},
    check,
)
