"""The connector and the network over real HTTP: what was accepted is found again, and never there twice."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import httpx
import pytest
from django.utils import timezone
from tests import people

from leitstand.connectors.errors import NotAllowed, Unsure
from leitstand.connectors.http import open_wire
from leitstand.connectors.practice import Practice
from leitstand.connectors.protocol import Content, Image
from leitstand.core.secrets import house_pass
from leitstand.practice.models import Account, Post
from leitstand.practice.tests.conftest import CALM, COFFEE, let_pass
from leitstand.practice.tests.test_posts import image

CONTENT = Content(COFFEE, language="de")


class Losing(httpx.HTTPTransport):
    """A real wire on which the answers to the next changes get lost after the network has them."""

    lost = 0

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        answer = super().handle_request(request)
        if request.method == "POST" and self.lost:
            self.lost -= 1
            raise httpx.ReadTimeout("too late", request=request)
        return answer


@pytest.fixture
def wire(live_server: Any, settings: Any) -> Iterator[Losing]:
    settings.PUBLIC_URL = live_server.url
    people.company()
    people.ada()
    with Losing() as losing:
        yield losing


@pytest.fixture
def speaker(wire: Losing, live_server: Any) -> Practice:
    """Speaks for a new account."""
    client = open_wire(transport=wire)
    house = {"address": f"{live_server.url}/practice", "pass": house_pass.issue("practice")}
    made = Practice.connect(client, {"handle": "Morgenrot", **house})
    return Practice(client, made.account)


def texts() -> list[str]:
    return list(Post.objects.exclude(account=None).values_list("text", flat=True))


def test_a_post_whose_answer_was_lost_is_found_by_its_key(speaker: Practice, wire: Losing) -> None:
    began = timezone.now()
    assert speaker.find(CONTENT, "k1", began) is None
    wire.lost = 1
    with pytest.raises(Unsure):
        speaker.publish(CONTENT, "k1")
    assert texts() == [COFFEE]
    found = speaker.find(CONTENT, "k1", began)
    assert found is not None
    assert found.remote_id == str(Post.objects.get(account__handle="morgenrot").pk)
    assert httpx.get(found.url).status_code == 200
    assert speaker.publish(CONTENT, "k1") == found
    assert texts() == [COFFEE]


def test_the_same_key_at_the_same_moment_makes_one_post(speaker: Practice) -> None:
    with ThreadPoolExecutor(8) as pool:
        found = set(pool.map(lambda _number: speaker.publish(CONTENT, "k1").remote_id, range(8)))
    assert len(found) == 1
    assert texts() == [COFFEE]
    said = Post.objects.filter(answers__account__handle="morgenrot").values_list("person", flat=True)
    assert len(said) == len(set(said)) > 1


def test_the_same_name_at_the_same_moment_makes_accounts_of_their_own(wire: Losing, live_server: Any) -> None:
    def join(_number: int) -> str:
        body = {"handle": "Morgenrot", "name": "Morgenrot", "pass": house_pass.issue("practice")}
        return str(httpx.post(f"{live_server.url}/practice/api/v1/accounts", json=body).json()["handle"])

    with ThreadPoolExecutor(6) as pool:
        assert len(set(pool.map(join, range(6)))) == 6
    assert Account.objects.count() == 6


def test_edit_measure_listen_answer_and_delete(speaker: Practice) -> None:
    made = speaker.publish(Content(CALM, language="de"), "k1")
    speaker.edit(made.remote_id, Content("Neu"))
    assert texts() == ["Neu"]
    let_pass(seconds=20)
    heard = speaker.listen(None).items[-1]
    assert heard.in_reply_to == made.remote_id
    speaker.reply(heard.remote_id, Content("Um acht."), "k2")
    assert speaker.measure(made.remote_id).replies == 1
    speaker.delete(made.remote_id)
    speaker.delete(made.remote_id)
    assert speaker.find(CONTENT, "k1", timezone.now()) is None


def test_an_edit_puts_the_present_images_there(speaker: Practice) -> None:
    """With other alternative texts, with other images, with none: what we say is out is what is out."""
    red, blue = (Image(image(), "image/png", alt, "a.png") for alt in ("Rot", "Blau"))
    made = speaker.publish(Content(CALM, images=(red,), language="de"), "k1")
    for images in ((replace(red, alt="Rote Tasse"), blue), (blue,), ()):
        content = Content("Neu", images=images, link="https://loop.test/neu", language="en")
        speaker.edit(made.remote_id, content)
        post = Post.objects.get(pk=made.remote_id)
        assert [picture.alt for picture in post.pictures.order_by("pk")] == [one.alt for one in images]
        assert (post.link, post.language) == ("https://loop.test/neu", "en")


def test_without_access_the_network_asks_to_reconnect(speaker: Practice) -> None:
    Account.objects.update(token_hash=None)
    for step in (speaker.check, lambda: speaker.publish(CONTENT, "k1")):
        with pytest.raises(NotAllowed):
            step()
    assert texts() == []
