"""Advertising must be recognisable: the label stands first, in plain words."""

from __future__ import annotations

from collections.abc import Iterator

import regex
from django.utils.translation import gettext_lazy as _

from leitstand.rules.draft import Draft
from leitstand.rules.rule import Hit, Rule
from leitstand.rules.verdict import Place
from leitstand.rules.words import in_words

# A label stands for itself: "Werbung | ..." or "#Werbung ...", but not "Werbung für Kaffee" or "Anzeige ist raus".
# It may say why: "Werbung wegen Markennennung", "Anzeige in Kooperation mit der Mühle".
LABEL = regex.compile(
    r"^\W*(?i:(?:bezahlte |entgeltliche |paid )?(?:Werbung|Anzeige|Advertisement|Advertising)"
    r"|Entgeltliche Einschaltung)"
    r"\b(?![^\S\n]+(?!(?:wegen|da|weil|in Kooperation|in Zusammenarbeit|in collaboration)\b)\p{Ll})"
)
WEAK = regex.compile(
    r"#(ad|sponsored|sponsoredby|powered\w*|collab|partner|gifted|pr_?sample)\b|\bKooperation\b|\bPR-Sample\b|\bAffiliate-?Links?\b"
    r"|\bunbezahlte Werbung\b|\b(?:in )?collaboration with\b|\benthält Werbung\b|\bgesponsert\b|\bsponsored by\b"
    r"|\bmit freundlicher Unterstützung\b|\bkindly supported by\b|\bprovided free of charge\b"
    # "Von Rocket kostenlos zur Verfügung gestellt", but not "Wasser wird kostenlos zur Verfügung gestellt".
    r"|(?<!\b(?:wird|werden|wurden?)\b[^.!?\n]{0,60})\b(?:kosten(?:los|frei)|gratis) zur Verfügung gestellt\b",
    regex.IGNORECASE,
)


def unlabelled(draft: Draft) -> Iterator[Hit]:
    if draft.consideration == "none" or LABEL.search(draft.text):
        return
    weak = WEAK.search(draft.text)
    yield (Place("text", *weak.span()), weak.group()) if weak else (Place("text", 0, 0), "")


def unclear(draft: Draft) -> Iterator[Hit]:
    if draft.consideration == "none" and not LABEL.search(draft.text):
        yield from in_words(WEAK, draft)


NORM = {
    "DE": "§ 5a Abs. 4 UWG, § 22 MStV; BGH I ZR 35/21; OLG Celle 13 U 53/17",
    "AT": "§ 26 MedienG, § 6 ECG",
    "CH": "Art. 2, 3 UWG",
}
ADVERTISING = Rule(
    "advertising-label",
    _("Advertising label"),
    _("Whoever gets money, products, trips or discounts for a post advertises, and must say so at first sight."),
    _("Something was received for this post, but it does not begin with a clear label."),
    _("Put “Werbung” or “Anzeige” at the very beginning. “#ad” or “Kooperation” is not enough."),
    "block",
    NORM,
    unlabelled,
)
UNCLEAR = Rule(
    "unclear-advertising",
    _("Unclear advertising"),
    _("Words like “#ad” or “in Kooperation mit” tell that something was received, and are no label themselves."),
    _("This sounds like advertising, but nothing is entered as received."),
    _("Enter among the facts what was received, and begin with “Werbung”; or say it in other words."),
    "hint",
    NORM,
    unclear,
)
