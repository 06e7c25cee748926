"""A channel on a network that counts what it keeps, people who write to us, and clients of our agents."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest
from django.test import Client
from django.utils import timezone
from tests import people

from leitstand.channels.connect import connect
from leitstand.channels.wires import hang_up, through
from leitstand.community.models import Conversation
from leitstand.connectors.protocol import Author, Item
from leitstand.core import jobs
from leitstand.listening.judge import judge_all
from leitstand.listening.store import matcher, store

Mood = Callable[[httpx.Request], httpx.Response]


class Network:
    """The practice network's API in memory: one post a key. `moods` answer the next posts instead."""

    def __init__(self) -> None:
        self.kept: dict[str, dict[str, Any]] = {}
        self.moods: list[Mood] = []

    def answer(self, request: httpx.Request) -> httpx.Response:
        if request.url.path.endswith("/posts") and request.method == "POST":
            return self.moods.pop(0)(request) if self.moods else self.keep(request)
        me = {"id": "7", "handle": "morgenrot", "name": "Morgenrot", "url": "http://127.0.0.1:9/m", "token": "geheim-7"}
        return httpx.Response(200, json=me)

    def keep(self, request: httpx.Request) -> httpx.Response:
        key, number = request.headers["Idempotency-Key"], len(self.kept) + 1
        body = json.loads(request.content)
        facts = {"id": str(number), "url": f"http://127.0.0.1:9/{number}", "created_at": "2026-11-02T08:00:00+00:00"}
        return httpx.Response(201, json=self.kept.setdefault(key, facts | body))

    def cut_off(self, request: httpx.Request) -> httpx.Response:
        """It happened there, and we did not hear of it."""
        self.keep(request)
        raise httpx.ReadError("cut off", request=request)

    @property
    def texts(self) -> list[str]:
        return [post["text"] for post in self.kept.values()]


def status(code: int, **headers: str) -> Mood:
    return lambda request: httpx.Response(code, json={"error": "no"}, headers=headers)


@pytest.fixture
def network(db: None, settings: Any) -> Iterator[Network]:
    settings.PUBLIC_URL = "http://127.0.0.1:9"
    people.company(service_hours={})
    made = Network()
    with through(httpx.MockTransport(made.answer)):
        yield made
    hang_up()


@pytest.fixture
def channel_id(network: Network) -> int:
    return int(connect("practice", {"handle": "Morgenrot"}, people.gina()).pk)


_numbers = itertools.count(1)
UWE = Author("u1", "uwe", "Uwe", "https://net.example/@uwe", followers=12)


def said(text: str = "Wann öffnet ihr?", author: Author = UWE, **facts: Any) -> Item:
    """Something Uwe says to us, in thread t1 unless told otherwise."""
    usual = {"remote_id": f"m{next(_numbers)}", "kind": "reply", "url": "https://net.example/1", "at": timezone.now()}
    return Item(text=text, author=author, **(usual | {"language": "de", "thread_root": "t1"} | facts))


def take(channel_id: int, item: Item) -> None:
    """Listening stores it, and what hangs on that happens."""
    store(judge_all([item], matcher(), "Netz"), channel_id=channel_id)
    jobs.run_waiting()


def heard(channel_id: int, text: str = "Wann öffnet ihr?", **facts: Any) -> Conversation:
    """The conversation after this was said."""
    item = said(text, **facts)
    take(channel_id, item)
    return Conversation.objects.get(messages__remote_id=item.remote_id)


def fresh(conversation: Conversation) -> Conversation:
    return Conversation.objects.get(pk=conversation.pk)


def seen(client: Client, conversation: Conversation) -> str:
    """The number in the form of whoever looks at the page now."""
    return str(client.get(f"/community/{conversation.pk}/").context["seen"])


def send(client: Client, conversation: Conversation, text: str, mark: str, **more: str) -> Any:
    return client.post(f"/community/{conversation.pk}/answer/", {"text": text, "seen": mark, **more})
