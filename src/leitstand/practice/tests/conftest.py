"""Accounts on the practice network, spoken to by its API, and a way to let time pass."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db.models import F
from django.test import Client
from tests import people

from leitstand.core.secrets import house_pass
from leitstand.practice.models import Account, Post, Reaction

API = "/practice/api/v1"
CALM = "Unser Hauskaffee ist da, mit einer Note von Orange."  # one person says something within a minute, no more
COFFEE = "Unser Winterkaffee ist da, mit einer Note von Orange."


class Caller:
    """A program that speaks for one account; `body` of the last answer is kept."""

    def __init__(self, handle: str = "morgenrot", name: str = "Rösterei Morgenrot") -> None:
        self.client = Client(raise_request_exception=False)
        answer = self.send("POST", "/accounts", handle=handle, name=name, **{"pass": house_pass.issue("practice")})
        assert answer.status_code == 201
        self.me = answer.json()
        self.client.defaults["HTTP_AUTHORIZATION"] = f"Bearer {self.me['token']}"

    @property
    def account(self) -> Account:
        return Account.objects.get(pk=self.me["id"])

    def get(self, path: str, **query: Any) -> Any:
        return self.client.get(API + path, query)

    def send(self, method: str, path: str, key: str = "", **body: Any) -> Any:
        return self.raw(method, path, json.dumps(body), key)

    def raw(self, method: str, path: str, body: str | bytes, key: str = "") -> Any:
        headers = {"Idempotency-Key": key} if key else {}
        return self.client.generic(method, API + path, body, "application/json", headers=headers)

    def post(self, text: str = COFFEE, key: str = "", **more: Any) -> Any:
        return self.send("POST", "/posts", key, text=text, **({"language": "de"} | more))

    def posted(self, text: str = COFFEE, key: str = "", **more: Any) -> Post:
        answer = self.post(text, key, **more)
        assert answer.status_code == 201, answer.content
        return Post.objects.get(pk=answer.json()["id"])


@pytest.fixture
def join(db: None) -> Callable[..., Caller]:
    """Opens an account."""
    people.company()
    people.ada()
    return Caller


@pytest.fixture
def morgenrot(join: Callable[..., Caller]) -> Caller:
    return join()


def let_pass(**time: float) -> None:
    """Everything was said and planned that much earlier."""
    earlier = F("visible_at") - timedelta(**time)
    Post.objects.update(visible_at=earlier)
    Reaction.objects.update(visible_at=earlier)


def comments(post: Post) -> list[tuple[str, str, float]]:
    """Who says what, how many seconds after the post, be it visible or not yet."""
    rows = Post.objects.filter(answers=post, account=None).order_by("visible_at", "id")
    return [(row.person, row.text, round((row.visible_at - post.visible_at).total_seconds(), 3)) for row in rows]


def reactions(post: Post) -> list[tuple[str, str, float]]:
    """Who likes and shares, and when."""
    rows = post.reactions.order_by("visible_at", "id")
    return [(row.kind, row.person, round((row.visible_at - post.visible_at).total_seconds(), 3)) for row in rows]
