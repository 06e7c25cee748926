"""The moment a date in a feed names: written as in e-mail (RFC 822), as in ISO 8601, or as Germans write it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextlib import suppress
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import lru_cache

# What the reader of e-mail does not know: German names, zones of Europe.
ENGLISH = {
    word: english
    for english, words in {
        "Jan": "januar jänner",
        "Feb": "februar feber",
        "Mar": "märz maerz mär mrz",
        "May": "mai",
        "Jun": "juni",
        "Jul": "juli",
        "Sep": "sept",
        "Oct": "oktober okt",
        "Dec": "dezember dez",
        "Mon": "montag mo",
        "Tue": "dienstag di",
        "Wed": "mittwoch mi",
        "Thu": "donnerstag do",
        "Fri": "freitag fr",
        "Sat": "samstag sonnabend sa",
        "Sun": "sonntag so",
        "+0000": "wet gmt utc ut",
        "+0100": "cet mez bst west",
        "+0200": "cest mesz eet",
        "+0300": "eest msk",
        "": "uhr",
    }.items()
    for word in words.split()
}
WORD = re.compile(r"([^\W\d_]+)\.?")
HALF_DAY = re.compile(r"(\d{1,2})((?::\d\d){1,2})\s?([ap])\.?m\b\.?", re.IGNORECASE)
# The zone behind a time: in numbers, also after GMT, or a word. "08:00-09:00" is from eight to nine.
ZONE = re.compile(
    r"(:\d\d(?:\.\d+)?)(?:\s?Uhr)?\s?(?:(?:(?:GMT|UTC?)\s?|(?<=\s)|(?=\+))([+-]\d\d?):?(\d\d)?|([a-z]{2,4}))\b",
    re.IGNORECASE,
)
# The point behind a day, the dash before an hour.
BETWEEN = re.compile(r"(?<=\d)\.(?=\s)|\s[-–]\s")
ISO = re.compile(r"\d{4}-?\d\d")
GERMAN = re.compile(
    r"(?<!\d)(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})(?!\d)(?:\D{1,8}(\d{1,2}):(\d\d)(?::(\d\d))?)?( [+-]\d{4})?"
)
UNREADABLE = (ValueError, TypeError, IndexError, OverflowError)
LONGEST = 100
# There was no feed before: https://www.rssboard.org/rss-history. Zero of a clock is 1970.
EARLIEST = 1995


def first_moment(dates: Iterable[str]) -> datetime | None:
    """The first of these dates that can be read."""
    return next((at for date in dates if date and (at := moment(date.strip()[:LONGEST]))), None)


@lru_cache(maxsize=10_000)  # a feed shows the same ones at each reading
def moment(date: str) -> datetime | None:
    """The moment (UTC); None where there is none that can be. The day comes before the month; no zone means UTC."""
    read = _iso if ISO.match(date) else _german if GERMAN.search(date) else _mail
    with suppress(*UNREADABLE):
        at = read(ZONE.sub(_in_numbers, HALF_DAY.sub(_of_24_hours, date)))
        at = at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)
        return at if at.year >= EARLIEST else None
    return None


def _iso(date: str) -> datetime:
    """Also as databases print it: "2026-11-04 08:00:00 +0100"."""
    return datetime.fromisoformat(date.replace(" +", "+").replace(" -", "-"))


def _german(date: str) -> datetime:
    *parts, zone = GERMAN.findall(date)[0]
    day, month, year, hour, minute, second = (int(part or 0) for part in parts)
    at = datetime(year, month, day, hour, minute, second)
    return at.replace(tzinfo=datetime.strptime(zone, " %z").tzinfo) if zone else at


def _mail(date: str) -> datetime:
    """Put into English only where it must be: most dates are, and have a zone in numbers."""
    with suppress(*UNREADABLE):
        if (at := parsedate_to_datetime(date)).tzinfo:
            return at
    english = BETWEEN.sub(" ", WORD.sub(_english, date))
    return parsedate_to_datetime(english if ":" in english else f"{english} 00:00")


def _english(word: re.Match[str]) -> str:
    return ENGLISH.get(word[1].lower(), word[1])


def _of_24_hours(time: re.Match[str]) -> str:
    """Twelve is the first hour of its half of the day: 12:30 am is 00:30."""
    return f"{int(time[1]) % 12 + 12 * (time[3] in 'pP'):02}{time[2]}"


def _in_numbers(zone: re.Match[str]) -> str:
    """The time with its zone as "+0100"; what is no zone we know stays."""
    time, hours, minutes, word = zone.groups()
    number = f"{hours[0]}{hours[1:]:0>2}{minutes or '00'}" if hours else ENGLISH.get(word.lower(), "")
    return f"{time} {number}" if number.startswith(("+", "-")) else zone[0]
