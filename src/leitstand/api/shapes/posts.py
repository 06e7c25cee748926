"""Posts, from the first word to the plan."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Literal

from ninja import Field, Schema

from leitstand.api.shapes.parts import Body, Evidence, Link, Moment, Money, ShortLink, Text, Words

Language = Literal["de", "en"]
PostState = Literal["draft", "submitted", "returned", "approved"]
Consideration = Literal["none", "paid", "gift", "affiliate", "discount"]
Ai = Literal["none", "assisted", "generated"]


class VersionIn(Body):
    """What this channel gets; empty own words mean the post's. Names left out keep their value."""

    channel_id: int
    own_text: Text = ""
    own_title: Words = ""
    with_images: bool = True
    as_thread: bool = False


class VersionOut(Schema):
    channel_id: int
    own_text: str
    own_title: str
    with_images: bool
    as_thread: bool


class ImageOut(Schema):
    """`alt`: the alt text that goes out."""

    id: int
    asset_id: int
    alt: str = Field(alias="spoken")


class AltIn(Body):
    """The alt text of an image in one post; empty: the one kept with the image."""

    alt: Text


class UploadIn(Body):
    """What comes with an image, as a form."""

    alt: Text = ""


class UseIn(Body):
    """The post that is to show an image; `alt` as in that post, empty: the one kept with the image."""

    post_id: int
    alt: Text = ""


class PostIn(Body):
    """Names left out keep their value, null empties. `versions`, where given, names all channels of the post."""

    title: Words | None = None
    text: Text | None = None
    link: Link | None = None
    language: Language = "de"
    goal_id: int | None = None
    consideration: Consideration | None = None
    ai: Ai | None = None
    prize_terms_url: ShortLink | None = None
    evidence: Evidence | None = None
    lowest_price: Money | None = None
    versions: list[VersionIn] = []
    revision: int | None = None


class PostOut(Schema):
    id: int
    title: str
    text: str
    link: str
    language: Language
    state: PostState
    revision: int
    goal_id: int | None
    consideration: Consideration
    ai: Ai
    prize_terms_url: str
    evidence: str
    lowest_price: Decimal | None
    versions: list[VersionOut]
    images: list[ImageOut]
    revised_at: datetime


class FindingOut(Schema):
    channel_id: int
    rule: str
    severity: Literal["block", "approval", "hint"]
    say: str
    remedy: str
    reference: str
    words: str


class PlanIn(Body):
    """`at` None: now. A time without zone is the company's wall clock."""

    at: Moment | None = None


class ApprovalIn(Body):
    """`seen`: the fingerprint of the content that was read."""

    seen: Words
    note: Text = ""
