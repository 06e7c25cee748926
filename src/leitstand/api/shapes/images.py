"""Images with their licence records."""

from __future__ import annotations

from datetime import date
from typing import Literal

from ninja import Schema

from leitstand.api.shapes.parts import Body, Evidence, Text, Words

Licence = Literal["own", "bought", "free", "permitted"]


class LicenceIn(Body):
    """Names left out keep their value. An image goes out only with a licence, and a source unless it is our own."""

    alt: Text = ""
    licence: Licence | None = None
    source: Evidence = ""
    credit: Words = ""
    ends_on: date | None = None
    shows_people: bool = False
    release: Words = ""


class AssetOut(Schema):
    """`licence` empty: nothing is recorded yet."""

    id: int
    name: str
    mime: str
    width: int
    height: int
    alt: str
    licence: Literal["", "own", "bought", "free", "permitted"]
    source: str
    credit: str
    ends_on: date | None
    shows_people: bool
    release: str
