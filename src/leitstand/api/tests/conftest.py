"""Callers with tokens, and a channel on a network that keeps what it gets."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest
from django.test import Client
from tests import people

from leitstand.api import tokens
from leitstand.channels.connect import connect
from leitstand.channels.wires import hang_up, through
from leitstand.core.models import Person

ALL = ("read", "write", "publish")


class Caller:
    """A program with a token of this person."""

    def __init__(self, person: Person, *scopes: str) -> None:
        self.token, text = tokens.make(person, "Skript", scopes or ALL)
        self.client = Client(HTTP_AUTHORIZATION=f"Bearer {text}", raise_request_exception=False)

    def get(self, path: str, **query: Any) -> Any:
        return self.client.get(f"/api/v1/{path}", query)

    def post(self, path: str, **body: Any) -> Any:
        return self.client.post(f"/api/v1/{path}", body, content_type="application/json")

    def patch(self, path: str, **body: Any) -> Any:
        return self.client.patch(f"/api/v1/{path}", body, content_type="application/json")

    def put(self, path: str, **body: Any) -> Any:
        return self.client.put(f"/api/v1/{path}", body, content_type="application/json")

    def delete(self, path: str) -> Any:
        return self.client.delete(f"/api/v1/{path}")


@pytest.fixture
def caller(db: None) -> Callable[..., Caller]:
    people.company()
    return Caller


@pytest.fixture
def sent(db: None, settings: Any) -> Iterator[list[httpx.Request]]:
    """What reached the network."""
    settings.PUBLIC_URL = "http://127.0.0.1:9"
    people.company()
    posts: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        if request.method == "POST" and request.url.path.endswith("/posts"):
            posts.append(request)
        if request.method in ("POST", "PUT", "PATCH") and "/posts" in request.url.path:
            number = {"id": str(len(posts)), "url": f"http://127.0.0.1:9/{len(posts)}"}
            return httpx.Response(201, json=number | {"created_at": "2026-11-02T08:00:00+00:00"})
        me = {"id": "7", "handle": "morgenrot", "name": "Morgenrot", "url": "http://127.0.0.1:9/m", "token": "geheim-7"}
        return httpx.Response(200, json=me)

    with through(httpx.MockTransport(answer)):
        yield posts
    hang_up()


@pytest.fixture
def channel_id(sent: list[httpx.Request]) -> int:
    return int(connect("practice", {"handle": "Morgenrot"}, people.gina()).pk)


Calls = Callable[..., Caller]
