"""What a connector is: facts as data, and small Protocols for what a network can do.

A connector has no base class. It implements the Protocols it can honour; what is not implemented, the network cannot
do (`can`). Time is always an aware UTC datetime. Text is plain Unicode unless a field says HTML.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, Protocol, runtime_checkable

import httpx


@dataclass(frozen=True, slots=True)
class TextRules:
    """How a network measures a post's text.

    limit: most units in one post; 0 means no limit. url_length: units every URL counts as, whatever its length (None:
    its own length). bytes_limit: a second limit in UTF-8 bytes. short_mentions: of @name@server only @name counts.
    """

    limit: int
    counting: Literal["graphemes", "characters", "weighted", "bytes"] = "characters"
    url_length: int | None = None
    bytes_limit: int | None = None
    html: bool = False
    needs_title: bool = False
    short_mentions: bool = False


@dataclass(frozen=True, slots=True)
class MediaRules:
    """What images a network takes: number (`needed`: at least one), bytes each, pixels of the longest side, types."""

    images: int = 0
    image_bytes: int = 0
    image_pixels: int = 0
    types: tuple[str, ...] = ("image/jpeg", "image/png")
    alt_limit: int = 0
    needed: bool = False


@dataclass(frozen=True, slots=True)
class ConnectField:
    """One field of the guided connection. `label`, `help` are English source texts (translated in the UI)."""

    name: str
    label: str
    help: str
    secret: bool = False
    kind: Literal["text", "url", "password", "handle"] = "text"
    placeholder: str = ""
    required: bool = True


@dataclass(frozen=True, slots=True)
class Network:
    """Everything the rest of the house may know about a network: data, never code.

    repeats_safely: the same key makes one post, for `key_lives` seconds (0: for ever); later it makes a second one.
    settles_in: seconds after which a cut-off sending can no longer appear; only then "not found" is believed.
    house_path: the path below which this installation itself is the network; empty: on a host people name.
    answers_mention: an answer that does not mention whom it answers begins with their name (`text.addressed`).
    """

    slug: str
    name: str
    text: TextRules
    media: MediaRules = MediaRules()
    fields: tuple[ConnectField, ...] = ()
    docs_url: str = ""
    guide: tuple[str, ...] = ()
    icon: str = "broadcast"
    colour: str = "#64748b"
    repeats_safely: bool = False
    settles_in: int = 120
    key_lives: int = 0
    threads: bool = False
    house_path: str = ""
    retired: str = ""
    language_tag: bool = False
    answers_mention: bool = False


@dataclass(frozen=True, slots=True)
class Account:
    """What a connector needs to speak for one channel. `secrets` hold tokens: never log them."""

    address: str
    handle: str
    secrets: Mapping[str, str] = field(default_factory=dict, repr=False)
    remote_id: str = ""


@dataclass(frozen=True, slots=True)
class Connected:
    """Answer of a checked connection: who we are there, what we may do, and the server's own limits (`limits`)."""

    account: Account
    display_name: str
    profile_url: str
    avatar_url: str = ""
    may_publish: bool = True
    may_read_replies: bool = True
    expires_at: datetime | None = None
    followers: int | None = None
    limits: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Image:
    """An image ready for this network (already resized and stripped); `data` is the file's bytes."""

    data: bytes = field(repr=False)
    mime: str
    alt: str
    filename: str
    width: int = 0
    height: int = 0


@dataclass(frozen=True, slots=True)
class Content:
    """One version of a post, as it is to appear on one network."""

    text: str
    title: str = ""
    link: str = ""
    images: tuple[Image, ...] = ()
    language: str = "de"
    in_reply_to: str = ""
    thread: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Published:
    """Proof: the network's own id and the public address; `parts` are the ids of a thread's further posts."""

    remote_id: str
    url: str
    at: datetime
    parts: tuple[str, ...] = ()
    raw: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Author:
    """Somebody on the network, as an item shows them."""

    remote_id: str
    handle: str
    name: str
    url: str = ""
    avatar_url: str = ""
    followers: int | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """Something said, `text` is plain, `html` unsanitised. `is_private`: not everybody may read it, nor the answer."""

    remote_id: str
    kind: Literal["reply", "mention", "article", "message", "like", "follow"]
    url: str
    at: datetime
    text: str
    author: Author
    title: str = ""
    html: str = ""
    language: str = ""
    in_reply_to: str = ""
    thread_root: str = ""
    is_private: bool = False
    raw: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Page:
    """One page of items, oldest first, and where to go on. `cursor` None: begin at the newest next time."""

    items: tuple[Item, ...]
    cursor: str | None
    more: bool = False


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts of one post or of the account; None is "the network does not tell"."""

    likes: int | None = None
    shares: int | None = None
    replies: int | None = None
    views: int | None = None
    clicks: int | None = None
    followers: int | None = None


@dataclass(frozen=True, slots=True)
class Budget:
    """What the network last said of our rate limit: calls left, of how many, and when it begins anew."""

    limit: int | None = None
    left: int | None = None
    resets_at: datetime | None = None


class Connector(Protocol):
    """Every connector: made of a wire (httpx client behind the one door) and an account."""

    network: Network

    def __init__(self, wire: httpx.Client, account: Account) -> None: ...


@runtime_checkable
class Connects(Protocol):
    """Turns what a user typed into the guided form into a checked connection. Raises ConnectorError."""

    @classmethod
    def connect(cls, wire: httpx.Client, answers: Mapping[str, str]) -> Connected: ...

    def check(self) -> Connected: ...


@runtime_checkable
class Publishes(Protocol):
    """Publishes once for a key (a UUID text, the same at every attempt). Raises ConnectorError."""

    def publish(self, content: Content, key: str) -> Published: ...


@runtime_checkable
class Finds(Protocol):
    """Looks up whether the sending with this key has happened; None: it has not."""

    def find(self, content: Content, key: str, since: datetime) -> Published | None: ...


@runtime_checkable
class Edits(Protocol):
    """Changes a published post in place."""

    def edit(self, remote_id: str, content: Content) -> Published: ...


@runtime_checkable
class Deletes(Protocol):
    """Takes a published post down. A post already gone is success."""

    def delete(self, remote_id: str) -> None: ...


@runtime_checkable
class Listens(Protocol):
    """Reads replies to us and mentions of us since a cursor."""

    def listen(self, cursor: str | None) -> Page: ...


@runtime_checkable
class Recalls(Protocol):
    """Tells what our account answered others since then, in whatever app it was written; oldest first."""

    def own_answers(self, since: datetime) -> tuple[Item, ...]: ...


@runtime_checkable
class Replies(Protocol):
    """Answers an item, once for a key."""

    def reply(self, to: str, content: Content, key: str) -> Published: ...


@runtime_checkable
class Measures(Protocol):
    """Reads figures of one post, and of the account."""

    def measure(self, remote_id: str) -> Figures: ...

    def measure_account(self) -> Figures: ...


@runtime_checkable
class Refreshes(Protocol):
    """Renews access before it expires; returns the new secrets, whole."""

    def refresh(self) -> Account: ...


_NAMES = ("connect", "publish", "find", "edit", "delete", "listen", "recall", "reply", "measure", "refresh")
_WHAT = (Connects, Publishes, Finds, Edits, Deletes, Listens, Recalls, Replies, Measures, Refreshes)
ABILITIES: Sequence[tuple[str, type]] = tuple(zip(_NAMES, _WHAT, strict=True))


def can(connector: type | object, ability: str) -> bool:
    """Whether a connector (class or instance) implements the Protocol of that ability."""
    return all(callable(getattr(connector, name, None)) for name in vars(dict(ABILITIES)[ability]) if name[0] != "_")
