"""Public holidays by country and region, from the library `holidays` (its regions are ISO 3166-2 subdivisions)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

import holidays

LOOK_AHEAD_DAYS = 400
LANGUAGES = {"en": ("en_US", "en_GB"), "de": ("de",)}


@dataclass(frozen=True, slots=True)
class Holiday:
    day: date
    name: str


@lru_cache(maxsize=256)
def regions(country: str) -> tuple[tuple[str, str], ...]:
    """Code and name of the regions with holidays of their own, by name; empty where the library knows none."""
    known = holidays.list_supported_countries().get(country, [])
    names = _names(country)
    return tuple(sorted(((code, names.get(code, code)) for code in known), key=lambda region: region[1]))


def _names(country: str) -> dict[str, str]:
    """The first (longest written) name of each region; where there is none the code must do."""
    aliases = getattr(getattr(holidays, country, None), "subdivisions_aliases", None) or {}
    names: dict[str, str] = {}
    for name, code in aliases.items():
        names.setdefault(code, name)
    return names


def ahead(country: str, region: str, start: date, count: int, language: str = "") -> list[Holiday]:
    """The next holidays from that day on, named in the language where the library can."""
    end = start + timedelta(days=LOOK_AHEAD_DAYS)
    found = [
        Holiday(day, name)
        for year in range(start.year, end.year + 1)
        for day, name in sorted(_days(country, region, year, language).items())
    ]
    return [holiday for holiday in found if holiday.day >= start][:count]


def days(country: str, region: str, year: int) -> frozenset[date]:
    """All holidays of that year; those of the whole country for an unknown region, none for an unknown country."""
    return frozenset(_days(country, region, year))


@lru_cache(maxsize=256)
def _days(country: str, region: str, year: int, language: str = "") -> dict[date, str]:
    known = region if region in dict(regions(country)) else None
    try:
        wanted = next((code for code in LANGUAGES.get(language, ()) if code in _languages(country)), None)
        return dict(holidays.country_holidays(country, subdiv=known, years=year, language=wanted))
    except NotImplementedError:  # how the library says that it does not know the country
        return {}


def _languages(country: str) -> tuple[str, ...]:
    return tuple(getattr(holidays.country_holidays(country), "supported_languages", ()))
