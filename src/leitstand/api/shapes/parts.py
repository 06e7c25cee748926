"""What all shapes are made of: kinds of values, bodies, refusals."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Annotated

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _
from ninja import Field, Schema
from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints


def _near(at: datetime) -> datetime:
    if not 2000 <= at.year < 2100:
        raise ValueError(_("must be in a year between 2000 and 2099"))
    return at if at.tzinfo is None else at.astimezone(UTC)


def _web_address(link: str) -> str:
    """As the form in the page wants it."""
    try:
        URLValidator(["http", "https"])(link or "https://example.org")
    except ValidationError as error:
        raise ValueError(_("must be a web address")) from error
    return link


PLAIN = "^[^\x00]*$"
Words = Annotated[str, StringConstraints(pattern=PLAIN, max_length=200)]
Name = Annotated[str, StringConstraints(pattern=PLAIN, max_length=120)]
Text = Annotated[str, StringConstraints(pattern=PLAIN, max_length=100_000)]
WEB = r"^(https?://[^\s\x00]+)?$"
Link = Annotated[str, StringConstraints(pattern=WEB, max_length=500), AfterValidator(_web_address)]
ShortLink = Annotated[str, StringConstraints(pattern=WEB, max_length=200), AfterValidator(_web_address)]
Evidence = Annotated[str, StringConstraints(pattern=PLAIN, max_length=300)]
Moment = Annotated[datetime, AfterValidator(_near)]
RowNumber = Annotated[int, Field(ge=0, lt=2**63)]
Money = Annotated[Decimal, Field(max_digits=10, decimal_places=2, ge=0)]
Value = Annotated[Decimal, Field(max_digits=14, decimal_places=2)]


class Body(BaseModel):
    """What a caller sends: a JSON object with known names only, so that a mistyped one is not lost in silence."""

    model_config = ConfigDict(extra="forbid")


class Problem(Schema):
    """Why a call was declined, in the language of Accept-Language."""

    error: str
    hints: list[str] = []


class NoteIn(Body):
    """Words for a colleague; nobody outside reads them."""

    note: Text
