"""What a rule may ask about: frozen facts, no database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class DraftImage:
    """An image and the record of our right to use it."""

    name: str
    alt: str = ""
    licence: str = ""
    source: str = ""
    credit: str = ""
    ends_on: date | None = None
    shows_people: bool = False
    release: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """One version of a post, or an answer from the inbox (`is_answer`).

    used, limit: length in the network's own units (or in `unit`, a word); limit 0 means none. `alt_limit`: most
    characters of an alt text; 0 means no limit. `publish_on`: the day it goes out, by the company's clock.
    own_contacts: addresses and numbers of the company itself, which may be public.
    """

    text: str
    publish_on: date
    language: str = "de"
    title: str = ""
    links: tuple[str, ...] = ()
    images: tuple[DraftImage, ...] = ()
    used: int = 0
    limit: int = 0
    unit: str = ""
    alt_limit: int = 0
    needs_title: bool = False
    needs_image: bool = False
    consideration: str = "none"
    ai: str = "none"
    prize_terms_url: str = ""
    evidence: str = ""
    lowest_price: Decimal | None = None
    channel_imprint_url: str = ""
    own_contacts: tuple[str, ...] = ()
    countries: tuple[str, ...] = ("DE",)
    is_answer: bool = False
