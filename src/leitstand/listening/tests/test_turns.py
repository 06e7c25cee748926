"""Queries change while sources are read: nothing is missed for good, and nothing is lost."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler
from typing import Any, TypeVar

import httpx
import pytest
from django.db import connection, transaction
from tests import people
from tests.sessions import until_all_wait

from leitstand.channels.connect import connect
from leitstand.channels.wires import hang_up, through
from leitstand.connectors.protocol import Author, Item
from leitstand.core import jobs
from leitstand.core.models import DiaryEntry
from leitstand.listening import add
from leitstand.listening.judge import judge_all
from leitstand.listening.models import Hit, Mention, Query, Source
from leitstand.listening.read import read
from leitstand.listening.store import matcher, store
from leitstand.listening.tests.conftest import Site, item, rss, source
from leitstand.listening.tests.test_collect import ME

FEED = rss(item(1, "Nordlicht brennt")).encode()
Done = TypeVar("Done")


def in_its_own_connection(change: Callable[[], Done]) -> Done:
    try:
        return change()
    finally:
        connection.close()


def read_while(site: Site, change: Callable[[], object]) -> Source:
    """The source after a reading during which somebody did this."""

    def page(door: BaseHTTPRequestHandler) -> None:
        in_its_own_connection(change)
        door.send_response(200)
        door.end_headers()
        door.wfile.write(FEED)

    site.pages["/feed"] = page
    one = source(site.url("/feed"))
    read([one])
    one.refresh_from_db()
    return one


@pytest.mark.django_db(transaction=True)
def test_a_query_saved_while_a_source_is_read_finds_what_it_brings(site: Site) -> None:
    people.company()
    gina = people.gina()

    def change() -> None:
        add.new_query("Nordlicht", "nordlicht", gina)
        jobs.run_waiting()

    read_while(site, change)
    assert Hit.objects.get().mention == Mention.objects.get()


@pytest.mark.django_db(transaction=True)
def test_a_query_removed_while_a_source_is_read_does_no_harm(site: Site) -> None:
    people.company()
    gina = people.gina()
    query = add.new_query("Nordlicht", "nordlicht", gina)
    one = read_while(site, lambda: add.remove_query(query, gina))
    assert (one.failures, one.trouble, one.mentions.count()) == (0, "", 1)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("removed", [False, True])
def test_who_changes_a_query_waits_for_those_who_store(removed: bool) -> None:
    people.company()
    gina, where = people.gina(), source("https://feed.example/")
    before = add.new_query("Alt", "nordlicht", gina)

    def change() -> None:
        add.remove_query(before, gina) if removed else add.new_query("Neu", "nordlicht", gina)
        jobs.run_waiting()

    news = Item("1", "article", "", datetime(2026, 11, 2, 8, tzinfo=UTC), "Nordlicht brennt", Author("", "", ""))
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            judged = judge_all([news], matcher(), "Feed")
            done = pool.submit(in_its_own_connection, change)
            while not somebody_waits() and not done.done():
                continue
            assert store(judged, where) == 1
        done.result()
    assert Hit.objects.count() == Query.objects.count() == (0 if removed else 2)


def somebody_waits() -> bool:
    here = "(SELECT oid FROM pg_database WHERE datname = current_database())"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND database = {here}"
        )
        return bool(cursor.fetchone()[0])


SAID = Item(
    "1", "article", "https://news.example/1", datetime(2026, 11, 2, 8, tzinfo=UTC), "Nordlicht", Author("", "", "")
)


def stored_at_once(first: dict[str, Any], second: dict[str, Any]) -> list[int]:
    """How many each of two has stored who were told the same at the same moment."""

    def keep(of: dict[str, Any]) -> int:
        with transaction.atomic():
            return store(judge_all([SAID], matcher(), ""), **of)

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            stored = keep(first)
            other = pool.submit(in_its_own_connection, lambda: keep(second))
            until_all_wait([other])
        return [stored, other.result()]


@pytest.mark.django_db(transaction=True)
def test_what_two_feeds_of_a_site_bring_at_once_is_told_once() -> None:
    people.company()
    one, two = source("https://news.example/rss"), source("https://news.example/atom")
    assert stored_at_once({"source": one}, {"source": two}) == [1, 0]
    assert Mention.objects.get().source == one


@pytest.mark.django_db(transaction=True)
def test_an_inbox_that_is_read_twice_at_once_tells_everything_once() -> None:
    people.company()
    with through(httpx.MockTransport(lambda request: httpx.Response(200, json=ME))):
        form = {"server": "https://social.example", "token": "geheimnis-1"}
        ours = {"channel_id": connect("mastodon", form, people.gina()).pk}
    hang_up()
    assert stored_at_once(ours, ours) == [1, 0]
    assert DiaryEntry.objects.filter(name="listening.mention_stored").count() == Mention.objects.count() == 1


@pytest.mark.django_db
def test_queries_are_compiled_anew_only_when_one_has_changed() -> None:
    people.company()
    gina = people.gina()
    query = add.new_query("Nordlicht", "nordlicht", gina)
    first = matcher()
    assert matcher() is first
    query.text = "südlicht"
    add.save_query(query, gina)
    assert matcher() is not first


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_queries_cannot_be_kept() -> None:
    with pytest.raises(transaction.TransactionManagementError):
        matcher()
