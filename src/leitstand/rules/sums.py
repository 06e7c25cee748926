"""Sums of money in a text, and which of them is a former price: of a pair, only a fall is a reduction."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import takewhile
from typing import Literal

import regex

# "1.250,50", "9,90" or "12,-"; Swiss labels end in ".-" or ".–".
AMOUNT = r"(?<!\d)(?:\d{1,3}(?:[.'’]\d{3}){1,3}|\d{1,9})(?:[.,]\d{1,2}|[.,][-–])?(?!\d)"
MONEY = rf"(?:(?:€|£|\$|EUR|CHF|Fr\.)\s?{AMOUNT}|{AMOUNT}\s?(?:€|£|\$|Euro\b|EUR\b|CHF\b|Franken\b|euros?\b))"
# Without a currency: "statt 12,90 nur 9,90". What a unit follows is something else: "9.30 Uhr", "2,50 Liter".
UNIT = (
    r"(?:Uhr|h|kg|g|Gramm|Liter|l|ml|m|km|Meter|Grad|Stunden|Sekunden|Punkte|Promille|mSv|Mio|Millionen|Prozent"
    r"|Prozentpunkte|points|seconds)\b"
)
BARE = rf"(?<![\d.,'’])(?:\d{{1,3}}['’]\d{{3}}|\d{{1,4}})[.,](?:\d\d|[-–])(?![\d.,]*\d|\s?{UNIT}|\s?[%°])"
# A time of day is written "9.30", so a point alone does not tell that this is money.
CLEAR = regex.compile(r"\d,\d\d$|[.,][-–]$")
# "9,90 € statt 12,90 €", "~12,90 €~": this sum is no longer asked, whether or not the new one is named.
INSTEAD = r"\b(?:an)?statt(?: bisher| regulär)?|\binstead of|~{1,2}"
# "was £24,", but neither "it was €3 well spent" nor "was 5 € kostet"; "von 20 € auf 15 € gesenkt".
FORMERLY = (
    rf"\b(?:früher|bisher|vorher|zuvor|ursprünglich|previously|originally|formerly|was(?=\s{MONEY}\s*(?:[,;.)–-]|now\b|$))"
    r"|(?:alter|bisheriger|früherer|vorheriger|ursprünglicher|old|former|original) (?:Preis|price)"
    r"|(?:reduced|down|cut|lowered|slashed|dropped) from"
    rf"|von(?=\s{MONEY}\sauf\s(?:nur\s)?{MONEY}\s(?:gesenkt|reduziert|herabgesetzt)))"
)
# What is asked on other days. It may also be what others pay, so it counts only beside a lower price for everybody.
USUALLY = (
    r"\b(?:sonst|regulär(?:er Preis)?|normal(?:erweise|er Preis)?|Normalpreis|üblicher Preis|usually|normally"
    r"|regular(?:ly| price)?|normal price)"
)
SUM = regex.compile(
    rf"(?:(?:(?P<instead>{INSTEAD})|(?P<formerly>{FORMERLY})|(?P<usually>{USUALLY})):?\s*)?"
    rf"(?P<only>\b(?:nur|only)\s(?:noch\s)?)?(?P<sum>{MONEY}|{BARE})"
    r"(?P<per_unit>\s?(?:/|pro\b|je\b|per\b)\s?(?:\d{1,4}\s?)?(?:kg|g|l|ml|m|m²|qm|Liter)\b)?",
    regex.IGNORECASE,
)
# How far apart two sums of a pair may stand, in characters.
REACH = 80
STOP = regex.compile(r"[.!?…;\n](?=\s|$)|\n")
# Others pay less than the usual: "regulär 12 €, ermäßigt 8 €", "Mitglieder 5 €, sonst 10 €".
OTHERS = regex.compile(
    r"\b(?:erm(?:ä|ae)(?:ß|ss)igt|Kind(?:er)?|Jugendliche|Schüler|Studierende|Studenten|Azubis|Senioren|Mitglieder"
    r"|Gruppen|Familien|Vorverkauf|Abendkasse|concessions?|reduced|members?|students?|children|kids|seniors"
    r"|in advance)\b",
    regex.IGNORECASE,
)
# What a town asks by law is no price.
CHARGE = regex.compile(
    r"(?:steuer|hebesatz|umlage|elternbeitr(?:a|ä)g\p{L}{0,2}|ausweis|reisepass|bu(?:ß|ss)geld"
    r"|(?:kita|müll|abfall|abwasser|verwaltungs|park)gebühr\p{L}{0,2})\b",
    regex.IGNORECASE,
)
# "Statt 500 € haben wir 300 € gesammelt", "Statt 5 Euro Eintritt bitten wir um Spenden".
GIFT = regex.compile(
    r"\s?(?:gespendet|gesammelt|eingenommen|donated|raised|(?:\p{Lu}\p{L}{1,20}\s)?bitten wir)\b", regex.IGNORECASE
)
Mark = Literal["instead", "formerly", "usually", ""]


@dataclass(frozen=True, slots=True)
class Sum:
    """A sum, and what the word before it says of it. `is_money`: more than a number that could be a time of day."""

    start: int
    end: int
    value: Decimal
    mark: Mark
    is_money: bool
    per_unit: bool


def former_prices(text: str) -> Iterator[Sum]:
    """Each sum that is told to be higher than what is asked now."""
    found, taken = [_sum(one) for one in SUM.finditer(text)], set[Sum]()
    for at, former in enumerate(found):
        if not former.mark:
            continue
        now = _beside(text, former, found[:at][-8:], found[at + 1 : at + 9], taken)
        if now:
            taken.add(now)
        if _falls(text, former, now):
            yield former


def _sum(found: regex.Match[str]) -> Sum:
    marks: tuple[Mark, ...] = ("instead", "formerly", "usually", "")
    words = found["sum"]
    is_money = bool(found["only"] or CLEAR.search(words) or regex.fullmatch(MONEY, words, regex.IGNORECASE))
    mark = next(one for one in marks if not one or found[one])
    return Sum(found.start(), found.end("sum"), value_of(words), mark, is_money, bool(found["per_unit"]))


def value_of(words: str) -> Decimal:
    """The sum in these words: "1.250,50" is 1250.50."""
    number = regex.findall(AMOUNT, words)[-1].rstrip(".,-–")
    return Decimal(regex.sub(r"[.'’](?=\d{3})", "", number).replace(",", "."))


def _beside(text: str, former: Sum, before: Sequence[Sum], behind: Iterable[Sum], taken: set[Sum]) -> Sum | None:
    """What is asked now: the sum before it in the sentence, else the one behind it, else one before that."""
    fits = [one for one in before if _pairs(one, former) and one not in taken and former.start - one.end <= REACH]
    if fits and not STOP.search(text, fits[-1].end, former.start):
        return fits[-1]
    near = takewhile(lambda one: one.start - former.end <= REACH, behind)
    return next((one for one in near if _pairs(one, former)), fits[-1] if fits else None)


def _pairs(one: Sum, former: Sum) -> bool:
    return not one.mark and one.per_unit == former.per_unit and (one.is_money or former.is_money)


def _falls(text: str, former: Sum, now: Sum | None) -> bool:
    """Whether the price fell. A sum alone is a former price only where another stands instead of it."""
    if GIFT.match(text, former.end) or (now and GIFT.match(text, now.end)):
        return False
    if now is None:
        return former.mark == "instead" and bool(former.is_money)
    begin, end = min(former.start, now.start) - REACH, max(former.end, now.end)
    if now.value >= former.value or CHARGE.search(text, max(0, begin), end):
        return False
    return former.mark != "usually" or not OTHERS.search(text, max(0, begin), end + 15)
