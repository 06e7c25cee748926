"""The calendar runs on the company's wall clock: what it shows, what a drag means, and that undo brings it back."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest
from benchmarks.loopback_network import Network
from django.urls import reverse
from django.utils import timezone
from tests import people
from tests.days import AUTUMN, SPRING
from tests.people import signed_in

from leitstand.publishing import schedule
from leitstand.publishing.models import Post, Publication, Version
from leitstand.publishing.tests.conftest import fresh, planned

if TYPE_CHECKING:
    from leitstand.channels.models import Channel

SECOND = datetime.combine(AUTUMN, time(1, 30), UTC)
"""02:30 in Berlin for the second time that night."""


@pytest.fixture
def publication(network: Network, channel: Channel) -> Publication:
    people.company(time_zone="Europe/Berlin")
    return planned(channel, timezone.now() + timedelta(hours=1))


def dragged(publication: Publication, start: object) -> Any:
    url = reverse("publishing:drag", args=[publication.pk])
    return signed_in(people.gina()).post(url, {"start": start}, content_type="application/json")


@pytest.mark.parametrize(
    ("start", "word", "utc"),
    [
        (f"{AUTUMN}T02:30:00", "twice", f"{AUTUMN} 00:30"),
        (f"{SPRING}T02:30:00", "does not exist", f"{SPRING} 01:30"),
        (f"{SPRING:%Y}-06-01T09:00:00", "", f"{SPRING:%Y}-06-01 07:00"),
    ],
    ids=["twice", "missing", "plain"],
)
def test_what_a_drag_means(publication: Publication, start: str, word: str, utc: str) -> None:
    answer = dragged(publication, start)
    assert word in answer.json()["note"] and bool(word) == bool(answer.json()["note"])
    assert f"{fresh(publication).planned_for:%Y-%m-%d %H:%M}" == utc


def test_undo_brings_back_the_second_of_two_equal_hours(publication: Publication) -> None:
    schedule.move(publication, SECOND, people.gina())
    told = dragged(publication, f"{AUTUMN + timedelta(days=2)}T09:00").json()
    assert told["shown"] == f"{AUTUMN}T02:30:00"
    assert dragged(publication, told["before"]).status_code == 200
    assert fresh(publication).planned_for == SECOND


@pytest.mark.parametrize(
    ("body", "kind", "status"), [("[" * 50_000, "application/json", 400), ({"start": "x"}, None, 415)]
)
def test_what_is_no_json_moves_nothing(channel: Channel, body: Any, kind: str | None, status: int) -> None:
    publication = planned(channel, timezone.now() + timedelta(days=1))
    address, more = reverse("publishing:drag", args=[publication.pk]), {"content_type": kind} if kind else {}
    assert people.signed_in(people.gina()).post(address, body, **more).status_code == status


@pytest.mark.parametrize("start", ["", "morgen", None, 7, [], "0001-01-01T00:00", "9999-12-31T23:59:59-23:59"])
def test_what_is_no_time_changes_nothing(publication: Publication, start: object) -> None:
    answer = dragged(publication, start)
    assert (answer.status_code, answer.json()["error"]) == (400, "Choose a day and a time.")
    assert fresh(publication).planned_for == publication.planned_for


def test_why_it_was_not_moved_is_said(publication: Publication) -> None:
    answer = dragged(publication, "2020-01-01T09:00")
    assert (answer.status_code, "has passed" in answer.json()["error"]) == (422, True)
    assert fresh(publication).planned_for == publication.planned_for


@pytest.mark.parametrize("state", ["stopped", "unsure", "sending"])
def test_only_what_is_scheduled_can_be_dragged(publication: Publication, state: str) -> None:
    """Dragged and dragged back, what was stopped would go out."""
    before = publication.planned_for
    Publication.objects.update(state=state, due_at=None)
    day = f"{before:%Y-%m-%d}T00:00", f"{before + timedelta(days=2):%Y-%m-%d}T00:00"
    (entry,) = shown(*day).json()
    answer = dragged(publication, "2027-06-01T09:00:00")
    assert (entry["editable"], answer.status_code, "dragged" in answer.json()["error"]) == (False, 422, True)
    assert (fresh(publication).state, fresh(publication).planned_for) == (state, before)


def test_the_calendar_leaves_nothing_out_of_its_period(publication: Publication) -> None:
    many, facts = 1_001, {"channel_id": publication.channel_id, "content_hash": "x", "state": "stopped"}
    at = datetime(2027, 5, 3, 9, tzinfo=UTC)
    posts = Post.objects.bulk_create(Post(author=people.gina(), text="Viel") for _number in range(many))
    versions = Version.objects.bulk_create(Version(post=post, channel_id=publication.channel_id) for post in posts)
    Publication.objects.bulk_create(Publication(version=one, planned_for=at, **facts) for one in versions)
    assert len(shown("2027-04-26T00:00:00Z", "2027-06-07T00:00:00Z").json()) == many
    assert shown("2027-01-01T00:00:00Z", "2027-06-07T00:00:00Z").status_code == 400


def shown(start: str, end: str) -> Any:
    return signed_in(people.gina()).get(reverse("publishing:entries"), {"start": start, "end": end})


def test_a_post_just_after_midnight_stands_on_its_own_day(publication: Publication) -> None:
    before, monday, after = (AUTUMN + timedelta(days=number) for number in (-6, 1, 8))
    schedule.move(publication, datetime.combine(AUTUMN, time(23, 30), UTC), people.gina())
    (entry,) = shown(f"{monday}T00:00:00Z", f"{after}T00:00:00Z").json()
    assert entry["start"] == f"{monday}T00:30:00"
    assert shown(f"{before}T00:00:00Z", f"{monday}T00:00:00Z").json() == []


@pytest.mark.parametrize("start", ["", "gestern", "0001-01-01T00:00:00Z"])
def test_an_unreadable_period_is_declined(publication: Publication, start: str) -> None:
    assert shown(start, "2027-01-11T00:00:00Z").status_code == 400


def test_moving_into_the_hour_that_comes_twice_asks_which_and_takes_the_answer(publication: Publication) -> None:
    url, browser = reverse("publishing:move", args=[publication.pk]), signed_in(people.gina())
    typed = {"day": f"{AUTUMN}", "time": "02:30"}
    asked = browser.post(url, typed)
    shown = asked.content.decode()
    assert asked.status_code == 422
    assert 'name="fold"' in shown and f'value="{AUTUMN}"' in shown and 'value="02:30"' in shown
    assert browser.post(url, {**typed, "fold": "second"}).status_code == 303
    assert fresh(publication).planned_for == SECOND


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago"])
def test_today_is_the_day_of_the_company(db: None, zone: str) -> None:
    people.company(time_zone=zone)
    page = signed_in(people.gina()).get(reverse("publishing:calendar")).content.decode()
    now = datetime.fromisoformat(page.split('data-now="')[1].split('"')[0])
    assert abs(now - datetime.now(ZoneInfo(zone)).replace(tzinfo=None)) < timedelta(minutes=1)


def test_the_list_below_can_be_asked_alone(publication: Publication) -> None:
    headers = {"HX-Request": "true", "HX-Target": "coming"}
    part = signed_in(people.gina()).get(reverse("publishing:calendar"), headers=headers).content.decode()
    assert publication.words in part and 'id="coming"' in part and "data-calendar" not in part
