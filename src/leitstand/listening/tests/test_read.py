"""What a reading leaves in the database: mentions once, the pace, the address, the trouble."""

from __future__ import annotations

from datetime import timedelta
from email.utils import format_datetime
from importlib import import_module

import pytest
from django.apps import apps
from django.utils import timezone
from tests import people

from leitstand.core import jobs
from leitstand.core.models import DiaryEntry
from leitstand.listening import add
from leitstand.listening.models import Mention, Source
from leitstand.listening.read import forget, read, read_due
from leitstand.listening.tests.conftest import RSS, Site, item, rss, source

pytestmark = pytest.mark.usefixtures("house")


def again(one: Source) -> Source:
    read([Source.objects.get(pk=one.pk)])
    return Source.objects.get(pk=one.pk)


def test_a_source_is_read_and_described(site: Site) -> None:
    one = again(source(site.put("/feed", rss(item(1), item(2)), Content_Type=RSS, ETag='"x"')))
    assert (one.title, one.site_url, one.language, one.etag) == ("Kaffeeblog", "https://blog.example/", "de", '"x"')
    assert one.read_at is not None
    assert one.newest_at is not None
    assert sorted(Mention.objects.values_list("title", flat=True)) == ["Nummer 1", "Nummer 2"]


def test_read_twice_stored_once_and_only_new_things_are_added(site: Site) -> None:
    one = again(source(site.put("/feed", rss(item(1)))))
    again(one)
    assert Mention.objects.count() == 1
    site.put("/feed", rss(item(1), item(2)))
    again(one)
    assert Mention.objects.count() == 2


def test_the_same_page_in_two_feeds_is_stored_once(site: Site) -> None:
    add.new_query("Kaffee", "Kaffee", people.gina())
    told = item("a", "Kaffee wird teurer", link="https://news.example/kaffee")
    retold = item("b", "Kaffee wird teurer", link="https://news.example/kaffee")
    other = item("c", "Kaffee am Morgen", link="https://news.example/kaffee")
    read([source(site.put("/one", rss(told))), source(site.put("/two", rss(retold, other)))])
    assert sorted(Mention.objects.values_list("remote_id", flat=True)) == ["a", "c"]
    assert DiaryEntry.objects.filter(name="listening.mention_stored").count() == 2


@pytest.mark.parametrize("known_before", [False, True])
def test_one_page_is_stored_once_however_its_link_is_spelled(site: Site, known_before: bool) -> None:
    told = "http://www.news.example/kaffee/"
    read([source(site.put("/one", rss(item("a", "Kaffee wird teurer", link=told))))])
    if known_before:
        Mention.objects.update(page="")
        import_module("leitstand.listening.migrations.0006_one_page_spelled_twice").name_the_pages(apps, None)
    retold = item("b", "Kaffee wird teurer", link="https://news.example/kaffee?utm_source=rss#c")
    other = item("c", "Kaffee wird teurer", link="https://news.example/kaffee?seite=2")
    read([source(site.put("/two", rss(retold, other)))])
    assert dict(Mention.objects.values_list("remote_id", "url")) == {
        "a": told,
        "c": "https://news.example/kaffee?seite=2",
    }


def test_items_without_a_link_are_not_taken_for_each_other(site: Site) -> None:
    bare = "<item><guid>{}</guid><title>Neu</title><description>Text</description></item>"
    read([source(site.put("/one", rss(bare.format("a")))), source(site.put("/two", rss(bare.format("b"))))])
    assert Mention.objects.count() == 2


def test_304_counts_as_well_and_slows_down(site: Site) -> None:
    one = again(source(site.put("/feed", status=304), etag='"x"', interval=40, failures=2, trouble="x"))
    assert (one.etag, one.interval, one.failures, one.trouble) == ('"x"', 50, 0, "")


def test_the_interval_shrinks_while_news_come_and_grows_without(site: Site) -> None:
    one = again(source(site.put("/feed", rss(item(1))), interval=60))
    assert one.interval == 40
    assert timedelta(minutes=39) < one.next_at - timezone.now() <= timedelta(minutes=40)
    assert again(one).interval == 50


def test_a_permanent_move_is_remembered(site: Site) -> None:
    site.put("/new", rss(item(1)))
    one = again(source(site.put("/old", status=301, Location="/new")))
    assert one.url == site.url("/new")


def test_a_move_onto_a_known_source_keeps_both(site: Site) -> None:
    known = source(site.put("/new", rss(item(1))))
    one = again(source(site.put("/old", status=308, Location="/new")))
    assert one.url == site.url("/old")
    assert Source.objects.filter(url=known.url).count() == 1


def test_a_source_paused_while_its_reading_fails_stays_paused(site: Site) -> None:
    one = source(site.put("/feed", status=500))
    add.pause(one, people.gina())
    read([one])
    one.refresh_from_db()
    assert (one.state, one.failures) == ("paused", 1)


def test_410_ends_a_source_and_says_so(site: Site) -> None:
    one = again(source(site.put("/feed", status=410)))
    assert one.state == "gone"
    assert "gone for good" in one.trouble
    assert DiaryEntry.objects.get(name="listening.source_gone").data["source_id"] == one.pk
    assert read_due() == 0


@pytest.mark.parametrize(("header", "minutes"), [({"Retry_After": "7200"}, 120), ({}, 10), ({"Retry_After": "x"}, 10)])
def test_429_waits_as_long_as_the_source_wants_or_ten_minutes(site: Site, header: dict[str, str], minutes: int) -> None:
    one = again(source(site.put("/feed", status=429, **header)))
    assert (one.state, one.failures, one.trouble) == ("alive", 1, "The source asks us to come less often.")
    assert timedelta(minutes=minutes - 1) < one.next_at - timezone.now() <= timedelta(minutes=minutes)


def test_a_source_that_failed_for_a_month_is_given_up(site: Site) -> None:
    assert again(source(site.put("/feed", status=500), failures=28)).state == "alive"
    assert again(source(site.put("/other", status=500), failures=29)).state == "gone"


def test_a_good_reading_ends_the_trouble(site: Site) -> None:
    one = again(source(site.put("/feed", "no feed at all")))
    assert (one.failures, one.state) == (1, "alive")
    assert "not a feed" in one.trouble
    site.put("/feed", rss(item(1)))
    assert again(one).trouble == ""


def test_only_what_is_due_and_alive_is_read(site: Site) -> None:
    url = site.put("/feed", rss(item(1)))
    source(url)
    source(f"{url}?later", next_at=timezone.now() + timedelta(minutes=5))
    source(f"{url}?paused", state="paused")
    assert read_due() == 1
    assert [path for path, _headers in site.asked] == ["/feed"]
    assert read_due() == 0


def test_after_a_clock_was_set_back_by_days_a_source_is_read_again(site: Site) -> None:
    source(site.put("/feed", rss(item(1))), next_at=timezone.now() + timedelta(days=400))
    source(site.put("/slow", rss(item(2))), next_at=timezone.now() + timedelta(hours=24))
    assert read_due() == 1
    assert Source.objects.get(url__endswith="/feed").next_at < timezone.now() + timedelta(hours=1)
    assert Mention.objects.count() == 1


def test_adding_reads_at_once_and_only_once(site: Site) -> None:
    add.add(site.put("/feed", rss(item(1))), people.gina())
    jobs.run_waiting()
    assert Mention.objects.count() == 1


def test_old_mentions_of_others_are_forgotten_handed_over_ones_stay(site: Site) -> None:
    one = again(source(site.put("/feed", rss(item(1), item(2), item(3)))))
    Mention.objects.update(stored_at=timezone.now() - timedelta(days=4_000))
    Mention.objects.filter(remote_id="1").update(handed_over_at=timezone.now())
    Mention.objects.filter(remote_id="2").update(stored_at=timezone.now())
    forget()
    assert set(one.mentions.values_list("remote_id", flat=True)) == {"1", "2"}


def dated(number: int, days: float) -> str:
    return item(number, "Kaffee defekt").split("<pubDate>")[0] + f"<pubDate>{days_ago(days)}</pubDate></item>"


def days_ago(days: float) -> str:
    return format_datetime(timezone.now() - timedelta(days=days))


def told() -> int:
    return DiaryEntry.objects.filter(name="listening.mention_stored").count()


def test_what_is_older_than_we_keep_mentions_is_not_stored_and_does_not_come_back(site: Site) -> None:
    add.new_query("Kaffee", "Kaffee", people.gina())
    one = again(source(site.put("/feed", rss(dated(1, 91), dated(2, 89)))))
    assert one.mentions.get().remote_id == "2"
    Mention.objects.update(stored_at=timezone.now() - timedelta(days=91))
    forget()
    site.put("/feed", rss(dated(1, 182), dated(2, 180)))
    assert not again(one).mentions.exists()
    assert told() == 1


def test_items_without_a_date_are_no_news_at_the_first_reading_and_are_kept_while_shown(site: Site) -> None:
    add.new_query("Kaffee", "Kaffee", people.gina())
    bare = "<item><guid>urn:x:{}</guid><title>Kaffee defekt</title></item>"
    one = again(source(site.put("/feed", rss(bare.format("a")))))
    assert (one.mentions.count(), told()) == (1, 0)
    site.put("/feed", rss(bare.format("b"), bare.format("a")))
    again(one)
    assert (one.mentions.count(), told()) == (2, 1)
    Mention.objects.update(stored_at=timezone.now() - timedelta(days=60))
    again(one)
    assert Mention.objects.filter(stored_at__gt=timezone.now() - timedelta(minutes=5)).count() == 2


def test_no_item_is_taken_for_old_because_of_its_number(site: Site) -> None:
    add.new_query("Kaffee", "Kaffee", people.gina())
    numbers = ["1984", "2019", "120314", "20240101", "310599"]
    bare = [f"<item><guid>{number}</guid><title>Kaffee</title></item>" for number in numbers]
    zero = "<item><guid>zero</guid><title>Kaffee</title><pubDate>Thu, 01 Jan 1970 00:00:00 GMT</pubDate></item>"
    one = again(source(site.put("/feed", rss(*bare, zero))))
    assert set(one.mentions.values_list("remote_id", flat=True)) == {*numbers, "zero"}
    assert told() == 0


@pytest.mark.parametrize("kind", ["application/rss+xml; charset=ISO-8859-1", "text/xml;charset=windows-1252"])
def test_what_a_server_says_of_its_letters_is_heard(site: Site, kind: str) -> None:
    saved = add.new_query("Name", "rösterei nordlicht", people.gina())
    page = "<rss><channel><title>Köln</title><item><title>R&ouml;sterei Nordlicht „neu“</title></item></channel></rss>"
    one = again(source(site.put("/feed", page.encode("cp1252"), Content_Type=kind)))
    assert (one.title, one.mentions.get().title) == ("Köln", "Rösterei Nordlicht „neu“")
    assert saved.mentions.exists()
