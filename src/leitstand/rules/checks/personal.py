"""Personal data in a text: a second pair of eyes looks before it goes out. The company's own contacts may stay."""

from __future__ import annotations

from collections.abc import Iterator

import regex
from django.utils.translation import gettext_lazy as _

from leitstand.connectors.text import URL
from leitstand.rules.draft import Draft
from leitstand.rules.rule import Hit, Rule
from leitstand.rules.words import in_words

MAIL = regex.compile(r"(?<![@\w.+-])[\w.+-]+(?:@| ?[\[(](?:at|ät)[\])] ?)[\w-]+\.[\w.-]*\w", regex.IGNORECASE)
# Neither a date (05/12/2026) nor opening hours (08-12), nor the end of a longer number (978-0-306-40615-7).
NO_PHONE = r"(?!\d{1,2}[/.]\d{1,2}[/.]\d{2}|\d{2} ?[-–] ?\d{2}\b)"
PHONE = regex.compile(
    rf"(?<![\w/-]|\d )(?:{NO_PHONE}(?:\+\d{{1,3}}|00\d{{2}}|0)[ \u00a0\u202f\d/()–-]{{7,16}}\d"
    r"|0\d{2,4}\.\d{5,8}|0\d{2}\.\d{3}\.\d{2}\.\d{2}|\(\d{3}\) \d{3}-\d{4})(?!\w)"
)
IBAN = regex.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?\b")
# Neither a norm ("DIN-A 4", "KI-VO 2024") nor a pay grade ("TV-L 10").
PLATE = regex.compile(r"\b(?!DIN|FSC|ISO|LED|USB|TV-|(?:EU|KI)-VO)[A-ZÄÖÜ]{1,3}-[A-Z]{1,2} ?\d{1,4}[EH]?\b")
ORDER = regex.compile(
    r"\b(?:Bestell|Kunden|Auftrags|Rechnungs|Sendungs|Vertrags)-?(?:nummer|nr\.?)[:# ]{1,3}[\w-]{0,9}\d\w*"
    r"|\b(?:order|invoice|customer) (?:no\.?|number|#)[: ]{0,3}\w{0,9}\d\w*"
    r"|\b(?:Ihre|deine) (?:Bestellung|Rechnung) \d[\w-]+",
    regex.IGNORECASE,
)
# Street, number and postal code: where somebody lives.
STREET = (
    r"(?i:stra(?:ß|ss)e|str\.|weg|allee|platz|gasse|ring|damm|ufer|markt|chaussee|promenade|steig|stieg|pfad|kai|quai"
    r"|graben|park|hof|berg|wall|zeile|brücke|bruecke)"
)
WORD = r"\p{Lu}[\p{L}.-]{1,30}"
NAMED = (
    # "Lindenstraße", "lindenstr.", "Landstraßer Hauptstraße", "Berliner Straße", "Dr.-Karl-Renner-Ring"
    rf"(?:{WORD}[ ]){{1,2}}[\p{{L}}.-]{{0,30}}{STREET}|[\p{{L}}.-]{{2,30}}{STREET}"
    # "Am Markt", "Unter den Linden", "Straße des 17. Juni", "Rue du Lac", but not "In Halle"
    r"|(?:Am|An|Auf|Im|In|Unter|Zum|Zur|Straße|Strasse|Platz|Rue|Avenue|Via)"
    r"(?![ ](?:Halle|Saal|Raum|Zimmer|Stand|Runde|Kapitel|Band|Stufe)[ ])(?:[ ][\p{L}\d][\p{L}\d.'’-]{1,30}){1,3}"
)
# "12a", "5-7", "12/4/8", "12/Stiege 2/Top 4", "5, 3. Stock,", but no year
HOUSE = (
    r"(?!(?:19|20)\d\d\b)\d{1,4}[ ]?[a-z]?\b(?:[ ]?[/–-][ ]?(?:(?i:Stiege|Stg\.|Top|Tür)[ ])?\d{1,4}[a-z]?){0,3}"
    r"(?:,[ ][\p{L}\d. ]{1,20}(?=,))?"
)
POSTAL = r"(?:(?:DE?|AT?|CH|L)[ -])?\d{4,5}"
HOME = regex.compile(rf"\b(?:{NAMED})[ ]{HOUSE}(?:[ ]?[,·|–-]|[ ]in)?\s{{1,3}}{POSTAL}[ ]\p{{Lu}}[\p{{L}}-]+")
AHV = regex.compile(r"\b756\.?\d{4}\.?\d{4}\.?\d{2}\b")


def check(draft: Draft) -> Iterator[Hit]:
    own = {_bare(words) for contact in draft.own_contacts for words in (contact, *HOME.findall(contact))}
    for place, words in _found(draft):
        if own.isdisjoint(_bare(end) for end in _ends(words)):
            yield place, words


def _ends(words: str) -> Iterator[str]:
    """These words, whole and from each capital on: "Bäckerei Lindenweg 5" names the Lindenweg, too."""
    yield words
    for capital in regex.finditer(r"(?<=[ ])\p{Lu}(?=.*\d)", words):
        yield words[capital.start() :]


def _found(draft: Draft) -> Iterator[Hit]:
    yield from in_words(MAIL, draft)
    for pattern in (PHONE, PLATE, ORDER, HOME, AHV):
        yield from in_words(pattern, draft, besides=URL)
    for place, words in in_words(IBAN, draft):
        if _begins_with_iban(words):
            yield place, words


def _bare(contact: str) -> str:
    """Letters and digits only, so that "0800 / 123" is "0800123"; +49 is 0, and "Straße" is "Str."."""
    national = regex.sub(r"^\s*(?:\+|00)(?:49|43|41) ?(?:\(0\))?", "0", contact)
    return "".join(regex.findall(r"[\p{L}\d@]", national)).casefold().replace("strasse", "str")


def _begins_with_iban(text: str) -> bool:
    """Whether an account number stands here; capitals behind it ("... BIC") may have been taken along."""
    groups = text.split()
    return any(is_iban("".join(groups[:end])) for end in range(len(groups), max(len(groups) - 3, 0), -1))


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
    _("Take it out, or have somebody confirm it. Your own contacts are entered once, in the company profile."),
    "approval",
    {"DE": "Art. 5, 6, 9 DSGVO", "AT": "Art. 5, 6, 9 DSGVO", "CH": "Art. 6, 30 DSG"},
    check,
    in_answers="approval",
)
