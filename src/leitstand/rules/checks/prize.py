"""A prize draw needs terms."""

from __future__ import annotations

from collections.abc import Iterator

import regex
from django.utils.translation import gettext_lazy as _

from leitstand.rules.draft import Draft
from leitstand.rules.rule import Hit, Rule
from leitstand.rules.words import anywhere

DRAW = regex.compile(
    r"(?<!\p{L})(Gewinnspiel|verlos|Verlosung|zu gewinnen|giveaway|prize draw|raffle|win one of)\p{L}*",
    regex.IGNORECASE,
)


def check(draft: Draft) -> Iterator[Hit]:
    if not draft.prize_terms_url:
        yield from anywhere(DRAW, draft.text)


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
