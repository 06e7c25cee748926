"""Personal data in a text: a second pair of eyes looks before it goes out."""

from __future__ import annotations

from collections.abc import Iterator

import regex
from django.utils.translation import gettext_lazy as _

from leitstand.rules.draft import Draft
from leitstand.rules.rule import Hit, Rule
from leitstand.rules.words import in_words

MAIL = regex.compile(r"(?<![@\w.+-])[\w.+-]+@[\w-]+\.[\w.-]*\w")
PHONE = regex.compile(r"(?<![\w/]|\d )(?:\+\d{2}|00\d{2}|0)[ \d/()-]{7,16}\d(?!\w)")
IBAN = regex.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?\b")
PLATE = regex.compile(r"\b[A-ZÄÖÜ]{1,3}-[A-Z]{1,2} ?\d{1,4}[EH]?\b")
ORDER = regex.compile(
    r"\b(?:Bestell|Kunden|Auftrags|Rechnungs)(?:nummer|-?nr\.?)[:# ]+\w*\d\w*|\border (?:no\.?|number|#)[: ]*\w*\d\w*",
    regex.IGNORECASE,
)


def check(draft: Draft) -> Iterator[Hit]:
    for pattern in (MAIL, PHONE, PLATE, ORDER):
        yield from in_words(pattern, draft)
    for place, words in in_words(IBAN, draft):
        if is_iban(words):
            yield place, words


def is_iban(text: str) -> bool:
    """Check digits of ISO 13616 (remainder 1 modulo 97)."""
    compact = text.replace(" ", "")
    digits = "".join(str(int(letter, 36)) for letter in compact[4:] + compact[:4])
    return int(digits) % 97 == 1


PERSONAL = Rule(
    "personal-data",
    _("Personal data"),
    _("Addresses, telephone numbers, account and order numbers of people do not belong in public."),
    _("This looks like personal data."),
    _("Take it out, or have somebody confirm that it may be public (for example your own hotline)."),
    "approval",
    {"DE": "Art. 5, 6, 9 DSGVO", "AT": "Art. 5, 6, 9 DSGVO", "CH": "Art. 6, 30 DSG"},
    check,
    answers=True,
)
