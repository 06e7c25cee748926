"""A reduced price names the lowest price of the last 30 days, and counts from it.

Three things tell of a reduction: two sums of which the former is higher (`rules/sums.py`), a part or a sum together
with a word for a price or for goods, and words like "half price". What else falls by some per cent is no price.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import regex
from django.utils.translation import gettext_lazy as _

from leitstand.rules.draft import Draft
from leitstand.rules.rule import Hit, Rule
from leitstand.rules.sums import MONEY, former_prices
from leitstand.rules.verdict import Place
from leitstand.rules.words import in_words, texts

# "20 %", "20%ige", "15-prozentiger", "zwanzig Prozent".
NUMBER = (
    r"(?:\d{1,2}(?:[.,]\d)?|zehn|f(?:ü|ue)nfzehn|zwanzig|drei(?:ß|ss)ig|vierzig|f(?:ü|ue)nfzig"
    r"|ten|fifteen|twenty|thirty|forty|fifty)"
)
PART = rf"\b{NUMBER}(?:\s?(?:%|Prozent|percent|per cent)|-prozentig\w{{0,2}})(?:-?ig\w{{0,2}})?"
MUCH = rf"(?:{PART}|{MONEY})"
LESS = r"(?:\p{L}{0,20}rabatt|(?:Preis)?nachlass|Erm(?:ä|ae)(?:ß|ss)igung|Preisvorteil|discount)"
CHEAPER = r"(?:g(?:ü|ue)nstiger|billiger|erm(?:ä|ae)(?:ß|ss)igt|off\b|cheaper)"
LOWERED = r"(?:reduziert|gesenkt|herabgesetzt)\b"
LOWER, UPPER = r"(?-i:\p{Ll})\p{L}*", r"(?-i:\p{Lu})\p{L}*"
# The heads of German nouns for what one sells; the price of water or power is a matter of its own.
PRICE = rf"\b(?={UPPER})\p{{L}}{{0,20}}(?<!wasser|strom|gas|wärme|sprit|benzin|diesel|energie)preise?n?\b"
GOODS = (
    rf"(?:\b(?={UPPER})\p{{L}}{{0,20}}(?:artikel|produkt|ware|modell|kaffee|espresso|bohne|mühle|maschine|siebträger|filter"
    r"|tasse|becher|kanne|beutel|tüte|packung|bücher|buch|schuh|stiefel|jacke|hose|kleid|mode|möbel|sofa|gerät"
    r"|fahrrad|fahrräder|reifen|kollektion|ticket|eintrittskarte|abo|menü|getränk)\p{L}{0,2}\b"
    r"|\b(?:ganze|gesamte|komplette)\p{L}? Sortiment\b)"
)
THING = rf"(?:{PRICE}(?:\s(?:für|von|aller|unserer)(?:\s\p{{L}}{{1,30}}){{1,2}})?|{GOODS})"
ASSORTMENT = rf"\b(?:alle|sämtliche|ausgewählte)\s{UPPER}(?<!ungen|ionen)(?:\sbis\s{UPPER})?"
# What is measured, and falls or is saved without having a price: "Umsatz: -12 %", "30 % Heizkosten sparen".
MEASURED = (
    r"(?:(?:\b|\p{L})(?:verbrauch|aussto(?:ß|ss)|emission|umsatz|umsätze|verlust|inflation|temperatur|fu(?:ß|ss)abdruck"
    r"|krankenstand|blutdruck|risiko|unfälle|quote|energie|strom|(?:heiz|strom|energie|betriebs|neben)kosten|heizen"
    r"|steuern?|haushalt|revenue|turnover|consumption|footprint|energy|electricity|bills?)\p{L}{0,3}\b|\bCO[2₂²])"
)
NOT_MEASURED = rf"(?<!{MEASURED}(?:[^.!?\n]|\.(?=\d)){{0,60}})"
# "30 % Heizkosten", "20 % der Energie", "400 € im Jahr", "20 % beim Heizen": that much of something, or of a year.
NOT_OF_THEM = (
    r"(?!\s(?:(?!(?:Today|Now|On|This|With|Until|At)\b)(?-i:\p{Lu})|(?:an|der|des|ihre[rs]|deine[rs]|eure[rs]|of)\s"
    r"|(?:im|pro|a|per)\s(?:Jahr|Monat|year|month)\b|jährlich|beim?\s(?:den\s)?\p{L}{0,20}(?:heizen|strom|verbrauch|kosten)"
    r"|(?:\p{L}{1,12}\s)?(?:energy|electricity|water|fuel|time|waste|plastic|packaging|paper)\b))"
)
NO_STUFF = (
    rf"(?!\s(?:\p{{L}}{{1,12}}\s)?(?:\p{{L}}{{0,30}}{MEASURED}|(?:Zucker|Papier|Plastik|Müll|Abfall|Verpackung)\b))"
)
# A sign that touches its number, or follows a colon. Elsewhere it is a dash: "Barista (m/w/d) - 80 %", or a list.
# Nobody advertises with less than five per cent. "SPD 16 % (-9 %)", "-12 % gegenüber dem Vorjahr" and "der DAX verlor
# -5 %" are news.
MINUS = (
    r"(?<![\w%]|%\s?\(|\b(?:verlor|verliert|fiel|fällt|sank|sinkt)\b[^.!?\n]{0,20})"
    r"(?:[-−–]|(?<=:[ ]?)[-−]\s|\bminus\s)(?:[5-9]|\d{2})\s?(?:%|Prozent\b|percent\b)"
    rf"{NOT_MEASURED}{NO_STUFF}(?!\s(?:\p{{L}}{{1,12}}\s){{0,2}}(?:gegenüber|Vorjahr|Vormonat|Vorwoche)\b)"
)
# "25%-Rabattaktion", "20 % Ermässigung", "30 % billiger"; a voucher of 20 %, but not one worth money, which is a gift.
PARTLY = rf"{PART}\s?-?(?:{LESS}|{CHEAPER}|Gutschein|Aktion(?!är))"
# "20 % auf alles", "10 % auf Ihre Bestellung".
WHOLE = r"(?:all|das ganze|das gesamte|den ganzen|die ganze|unser|jede|deine|Ihre|eure|our|every|your|the whole)"
ON_ALL = rf"{PART}\s(?:auf|on)\s{WHOLE}"
# "15 % auf Espresso", but not "um 20 % auf Rekordhöhe" and not "80 % auf Deutsch".
ON_GOODS = rf"(?<!\b(?:zu|um|von|bei|auf|sind)\s){PART}\sauf\s(?-i:\p{{Lu}})(?!eutsch|nglisch|urs\b|eise)"
# "Rabatt von 20 %", "Rabatt: 5 €", "5 € Rabatt", "5 € günstiger".
LESS_BY = rf"\b{LESS}\w{{0,20}}(?::|\s(?:von|of))?\s{MUCH}|{MONEY}\s?-?(?:{LESS}|{CHEAPER})"
# The noun beside the figure is what falls: "Alle Mühlen um 20 % gesenkt", not "mit der Mühle den Verbrauch um 20 %".
BY = r"(?:um\s(?:bis zu\s)?|bis zu\s)"
CUT = (
    rf"{THING}(?:\s{LOWER}){{0,4}}?\s{BY}{MUCH}\s?{LOWERED}"
    rf"|{MUCH}\s(?:reduziert|herabgesetzt)e\p{{L}}?\s(?:{LOWER}\s){{0,2}}{THING}"
    rf"|{ASSORTMENT}(?:\s{LOWER}){{0,2}}\s(?:{BY}{MUCH}\s)?(?:reduziert|herabgesetzt)\b"
    # "Sale: bis zu 50 % reduziert!", "Alles um 30 % reduziert", and "50 % reduziert" by itself
    rf"|(?:\A|[\n!?.–]\s?|\balles\s(?:ist\s|jetzt\s){{0,2}})(?:{BY})?{PART}\s?reduziert\b"
    rf"|(?<!\bfor\s)\bsale\b[^.!?\n]{{0,40}}{PART}"
)
# Without a figure: "Preise gesenkt", "Stark reduziert: unsere Mühlen", "reduzierte Ware", "Kaffee herabgesetzt!"
CUT_BY_WORDS = (
    rf"{PRICE}(?:\s(?:für|von|aller|unserer)(?:\s\p{{L}}{{1,30}}){{1,2}})?(?:\s{LOWER}){{0,4}}?\s{LOWERED}"
    rf"|\bPreissenkung\b|\bsenken\b[^.!?\n]{{0,20}}{PRICE}|\bprices?\b[^.!?\n]{{0,20}}\b(?:cut|reduced|lowered|slashed)\b"
    rf"|{GOODS}(?:\s{LOWER}){{0,3}}?\s(?:reduziert|herabgesetzt)(?=\s*(?:[!.,;:–)]|$))"
    rf"|\b(?:stark|deutlich|radikal)\s(?:reduziert|herabgesetzt)\p{{L}}{{0,2}}:?\s(?:{LOWER}\s){{0,2}}(?:{UPPER}\s)?{THING}"
    rf"|(?<![-\p{{L}}])(?:reduziert|herabgesetzt)e\p{{L}}?\s{THING}"
    r"|\b(?:all|selected)\s(?:\p{L}{1,20}\s){1,3}(?:reduced|marked down)\b"
)
# "Sie sparen 3 €", "spar dir 20 %", "Jetzt 10 € sparen". What we save, or a thing, takes nothing off a price.
SAVE = (
    rf"{NOT_MEASURED}(?<!\b(?:wir|we)\s)(?:\b(?:spare?n?|sparst|save)\b|(?<!(?-i:\p{{Lu}})\p{{L}}{{1,30}}(?<!\bIhr)\s)\bspart\b)"
    rf"(?:\s(?!wir\b)\p{{L}}{{1,12}})?\s(?:(?:bis zu|up to)\s)?{MUCH}{NOT_OF_THEM}"
    rf"|{MUCH}\s?(?:sparen\b|gespart\b(?<!\b(?:wir|hat|haben)\b[^.!?\n]{{0,60}})){NOT_MEASURED}"
)
# "zahlt 20 % weniger", "20 % weniger zahlen".
PAY_LESS = rf"{PART}\sweniger zahlen\b|\bzahlt?\w{{0,2}}\s(?:\p{{L}}{{1,12}}\s)?{PART}\sweniger\b"
# "halber Preis", "half off", "half-price", "ein Drittel günstiger".
HALF = rf"\bhalbe[nr] Preis\b|\bhalf[- ]price\b|\b(?:half|third) off\b|\b(?:Hälfte|Drittel|Viertel)\s{CHEAPER}"
CLAIMS = (MINUS, PARTLY, ON_ALL, ON_GOODS, LESS_BY, CUT, CUT_BY_WORDS, SAVE, PAY_LESS, HALF)
REDUCED = regex.compile("|".join(CLAIMS), regex.IGNORECASE)


def check(draft: Draft) -> Iterator[Hit]:
    """In the European Union a former price that is higher than the lowest one of 30 days is none to count from.

    Switzerland lets one compare with the price until just before, or with one of any 30 days on end
    (https://lawbrary.ch/law/art/PBV-v2025.01-de-art-16).
    """
    if draft.lowest_price is None:
        yield from in_words(REDUCED, draft)
        yield from (hit for hit, _value in _former(draft))
    elif {"DE", "AT"} & set(draft.countries):
        yield from (hit for hit, value in _former(draft) if value > draft.lowest_price)


def _former(draft: Draft) -> Iterator[tuple[Hit, Decimal]]:
    for field, text in texts(draft):
        for one in former_prices(text):
            yield (Place(field, one.start, one.end), text[one.start : one.end]), one.value


PRICES = Rule(
    "price-claims",
    _("Price claims"),
    _("Whoever advertises a reduction must name the lowest price of the last 30 days and count from it."),
    _("A price reduction that does not count from the lowest price of the last 30 days."),
    _("Enter that price among the facts, and compute the reduction from it."),
    "block",
    {
        "DE": "§ 11 PAngV; EuGH C-330/23",
        "AT": "§ 9a PrAG",
        "CH": "Art. 16 PBV",
    },
    check,
    in_answers="approval",
)
