"""The small promises of a reading: nobody asks twice, each link is whole, and what is ours stays."""

from __future__ import annotations

from datetime import timedelta
from http.server import BaseHTTPRequestHandler

import pytest
from django.db import connection
from django.utils import timezone
from tests import people

from leitstand.channels.connect import adopt
from leitstand.connectors.protocol import Account, Author, Connected, Item
from leitstand.listening import pace
from leitstand.listening.judge import judge_all
from leitstand.listening.models import Mention, Source
from leitstand.listening.read import forget, read, read_due
from leitstand.listening.store import matcher, store
from leitstand.listening.tests.conftest import Site, item, rss, source

pytestmark = pytest.mark.usefixtures("house")


@pytest.mark.django_db(transaction=True)
def test_while_a_source_answers_nobody_else_asks_it(site: Site) -> None:
    source(site.url("/feed"))
    due: list[int] = []

    def answer(door: BaseHTTPRequestHandler) -> None:
        due.append(Source.objects.due(timezone.now()).count())
        connection.close()
        door.send_error(503)

    site.pages["/feed"] = answer
    assert (read_due(), due) == (1, [0])


def test_two_sources_that_move_to_one_address_are_both_read(site: Site) -> None:
    site.put("/new", rss(item(1)))
    both = [source(site.put(path, status=301, Location="/new")) for path in ("/one", "/two")]
    read(both)
    assert list(Source.objects.order_by("pk").values_list("url", "trouble")) == [
        (site.url("/new"), ""),
        (site.url("/two"), ""),
    ]


def test_a_link_is_made_whole_from_where_the_feed_stood_at_last(site: Site) -> None:
    site.put("/blog/feed", rss(item(1, link="kaffee")))
    read([source(site.put("/feed", status=302, Location="/blog/feed"))])
    assert Mention.objects.get().url == site.url("/blog/kaffee")


@pytest.mark.parametrize(("interval", "fresh", "following"), [(10, 5, 10), (1440, 0, 1440)])
def test_no_source_is_read_oftener_than_every_ten_minutes_or_seldomer_than_daily(
    interval: int, fresh: int, following: int
) -> None:
    assert pace.next_interval(interval, fresh) == following


def test_what_was_said_to_our_channels_is_not_forgotten(site: Site) -> None:
    server, name = "https://social.example", "morgenrot"
    account = Account(server, name, {"token": "geheimnis-1"}, "1")
    ours = adopt("mastodon", Connected(account, name, f"{server}/@{name}"), people.gina())
    said = Item("1", "reply", f"{server}/1", timezone.now(), "Wann habt ihr offen?", Author("u1", "uwe", "Uwe"))
    store(judge_all([said], matcher(), "Netz"), channel_id=ours.pk)
    Mention.objects.update(stored_at=timezone.now() - timedelta(days=4_000))
    assert (forget(), Mention.objects.count()) == (0, 1)
