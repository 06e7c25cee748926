"""One example per network for the contract suite: an account, a form, and what the recorded answers contain.

A new connector brings its file under `answers/` and one entry here; nothing else of the suite changes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

import httpx

from leitstand.connectors.protocol import Account, Content, Image
from tests.wire import body_of

KEY, OTHER_KEY = "11111111-1111-4111-8111-111111111111", "22222222-2222-4222-8222-222222222222"
SINCE = datetime(2026, 11, 23, 9, 55, tzinfo=UTC)
WORDS = "Heute geöffnet & frisch geröstet. https://roesterei.example/neu"
CONTENT = Content(WORDS, title="Heute geöffnet", language="de")
PICTURE = Image(b"jpg", "image/jpeg", "Eine Tasse Kaffee", "tasse.jpg", 800, 600)
SECRET = "s3cret-Value-never-to-be-seen"


@dataclass(frozen=True)
class Example:
    """What the suite must know of a network beyond its facts."""

    account: Account
    form: Mapping[str, str]
    key_sent: Callable[[httpx.Request], str]
    published: str
    heard: tuple[str, ...]
    answered: str
    handle: str
    reply_answer: str = "reply"
    recalled: str = ""


def _header(request: httpx.Request) -> str:
    return request.headers["idempotency-key"]


PRACTICE = Example(
    account=Account("http://localhost:8000/practice", "roesterei", {"token": SECRET}, "7"),
    form={"handle": "@roesterei", "address": "http://localhost:8000/practice"},
    key_sent=_header,
    published="41",
    heard=("90", "91", "92"),
    answered="91",
    handle="roesterei",
)
EXAMPLES = {
    **dict.fromkeys(("practice", "practice-short", "practice-photo", "practice-blog"), PRACTICE),
    "mastodon": Example(
        account=Account("https://social.example", "roesterei@social.example", {"token": SECRET}, "14715"),
        form={"server": "social.example/@roesterei", "token": f" {SECRET} "},
        key_sent=_header,
        published="103254962155278888",
        heard=("103186046267791694", "103186126728896492", "103186999999999999"),
        answered="103186126728896492",
        handle="roesterei@social.example",
        recalled="103254962155278895",
    ),
    "bluesky": Example(
        account=Account(
            "https://pds.example",
            "roesterei.example",
            {"handle": "roesterei.example", "password": SECRET, "access": f"{SECRET}-access", "refresh": f"{SECRET}-r"},
            "did:plc:z72i7hdynmk6r22z27h6tvur",
        ),
        form={"handle": "@roesterei.example", "password": SECRET, "server": "https://pds.example"},
        key_sent=lambda request: str(body_of(request)["rkey"]),
        published="at://did:plc:z72i7hdynmk6r22z27h6tvur/app.bsky.feed.post/3made1",
        heard=tuple(f"at://did:plc:fan/app.bsky.feed.post/3kfan{number}" for number in (1, 2, 3)),
        answered="at://did:plc:fan/app.bsky.feed.post/3kfan2",
        handle="roesterei.example",
        reply_answer="publish",
        recalled="at://did:plc:z72i7hdynmk6r22z27h6tvur/app.bsky.feed.post/3n2xv2n5ac222",
    ),
    "wordpress": Example(
        account=Account(
            "https://blog.example/wp-json/", "anna@blog.example", {"user": "anna", "password": SECRET}, "3"
        ),
        form={"server": "blog.example", "user": "anna", "password": SECRET},
        key_sent=lambda request: str(body_of(request)["slug"]),
        published="41",
        heard=("comment-90", "comment-91", "comment-92"),
        answered="comment-91",
        handle="anna@blog.example",
        recalled="comment-94",
    ),
}
