"""Advertising must be recognisable: the label stands first, in plain German."""

from __future__ import annotations

from collections.abc import Iterator

import regex
from django.utils.translation import gettext_lazy as _

from leitstand.rules.draft import Draft
from leitstand.rules.rule import Hit, Rule
from leitstand.rules.verdict import Place

LABEL = regex.compile(
    r"^\W*(Werbung|Anzeige|Entgeltliche Einschaltung|Advertisement)\b(?!\s+(für|bei|in|auf|an)\b)", regex.IGNORECASE
)
WEAK = regex.compile(
    r"#(ad|sponsored|sponsoredby|powered\w*|collab|partner)\b|\bKooperation\b|\bPR-Sample\b", regex.IGNORECASE
)


def check(draft: Draft) -> Iterator[Hit]:
    if draft.consideration == "none" or LABEL.search(draft.text):
        return
    weak = WEAK.search(draft.text)
    yield (Place("text", *weak.span()), weak.group()) if weak else (Place("text", 0, 0), "")


ADVERTISING = Rule(
    "advertising-label",
    _("Advertising label"),
    _("Whoever gets money, products, trips or discounts for a post advertises, and must say so at first sight."),
    _("Something was received for this post, but it does not begin with a clear label."),
    _("Put “Werbung” or “Anzeige” at the very beginning. “#ad” or “Kooperation” is not enough."),
    "block",
    {
        "DE": "§ 5a Abs. 4 UWG, § 22 MStV; BGH I ZR 35/21; OLG Celle 13 U 53/17",
        "AT": "§ 26 MedienG, § 6 ECG",
        "CH": "Art. 2, 3 UWG",
    },
    check,
)
