"""Readings: by hand, from channels and posts; corrected, taken back, drawn."""

from __future__ import annotations

import json
import re
from datetime import datetime, time, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from tests import people

from leitstand.channels import queries as channels
from leitstand.core.errors import Declined
from leitstand.strategy import read
from leitstand.strategy.models import Goal, Reading
from leitstand.strategy.tests.conftest import made, read_on, values


@pytest.fixture
def gina(goal: Goal) -> Client:
    return people.signed_in(people.gina())


def type_in(client: Client, goal: Goal, value: str, note: str = "") -> Any:
    return client.post(f"/strategy/{goal.pk}/readings/", {"value": value, "note": note})


def upload(client: Client, goal: Goal, content: str | bytes) -> Any:
    raw = content.encode() if isinstance(content, str) else content
    return client.post(f"/strategy/{goal.pk}/readings/import/", {"file": SimpleUploadedFile("readings.csv", raw)})


def test_a_reading_by_hand_shows_who_and_what(gina: Client, goal: Goal) -> None:
    assert type_in(gina, goal, "120.5", "nach der Messe").status_code == 303
    row = goal.readings.get()
    assert (str(row.value), row.note, row.source, row.by) == ("120.50", "nach der Messe", "hand", people.gina())
    page = gina.get(f"/strategy/{goal.pk}/").content.decode()
    assert "120.5" in page
    assert "nach der Messe" in page


@pytest.mark.parametrize("bad", ["", "viel", "NaN", "-Infinity", "1e15", "9" * 500, "1.234"])
def test_a_reading_that_is_no_number_is_said_in_the_form(gina: Client, goal: Goal, bad: str) -> None:
    answer = type_in(gina, goal, bad)
    assert answer.status_code == 422
    assert "value" in answer.context["reading_form"].errors
    assert values(goal) == []


def test_a_second_reading_in_the_same_minute_corrects_the_first(gina: Client, goal: Goal) -> None:
    at = timezone.now().replace(second=0, microsecond=0)
    for value in (120, 130):
        read.record_reading(goal.pk, value, at, "hand", people.gina())
    read.record_reading(goal.pk, 99, at, "import", people.gina())
    assert values(goal) == ["130.00", "99.00"]


def test_taken_back_and_put_back(gina: Client, goal: Goal) -> None:
    read_on(goal, 1, 150)
    row = goal.readings.get()
    away, back = (f"/strategy/readings/{row.pk}/{step}/" for step in ("take-back", "put-back"))
    for _press in range(2):
        assert gina.post(away).status_code == 303
        assert (values(goal), goal.readings.count()) == ([], 1)
    assert "text-decoration-line-through" in gina.get(f"/strategy/{goal.pk}/").content.decode()
    for _press in range(2):
        assert gina.post(back).status_code == 303
        assert values(goal) == ["150.00"]
    assert people.signed_in(people.finn()).post(away).status_code == 404
    assert values(goal) == ["150.00"]


def test_the_readings_of_an_ended_goal_stay(gina: Client, goal: Goal) -> None:
    read_on(goal, 1, 150)
    row = goal.readings.get()
    Goal.objects.update(state="met", ended_because="Geschafft, schon im Oktober.")
    assert gina.post(f"/strategy/readings/{row.pk}/take-back/").status_code == 409
    assert values(goal) == ["150.00"]
    assert "take-back" not in gina.get(f"/strategy/{goal.pk}/").content.decode()


def test_what_lies_in_the_future_is_no_reading(gina: Client, goal: Goal) -> None:
    with pytest.raises(Declined, match="future"):
        read.import_csv(goal, "2099-01-01;500", people.gina())
    with pytest.raises(Declined, match="future"):
        read.accept_reading(goal, 500, timezone.now() + timedelta(hours=1), "api", people.gina())
    assert values(goal) == []


def test_a_reading_is_not_put_back_beside_the_one_that_replaced_it(gina: Client, goal: Goal) -> None:
    at = timezone.now().replace(second=0, microsecond=0)
    wrong = read.record_reading(goal.pk, 15, at)
    gina.post(f"/strategy/readings/{wrong.pk}/take-back/")
    read.record_reading(goal.pk, 150, at)
    assert gina.post(f"/strategy/readings/{wrong.pk}/put-back/").status_code == 409
    assert values(goal) == ["150.00"]


def a_channel(followers: int | None) -> Any:
    rows = channels.publishable().model._default_manager
    return rows.create(
        network="practice", handle=f"m{followers}", name="M", remote_id=f"{followers}", followers=followers
    )


def test_followers_are_read_from_the_channel_each_hour(goal: Goal) -> None:
    counted = made(title="Folgende", measure="followers", channel=a_channel(321))
    unknown = made(title="Unbekannt", measure="followers", channel=a_channel(None))
    for _again in range(2):
        read.read_channels()
    assert values(counted) == ["321.00"]
    assert counted.readings.get().source == "channel"
    assert counted.readings.get().at.minute == 0
    assert values(unknown) == values(goal) == []


@pytest.mark.parametrize("state", ["paused", "reconnect", "gone"])
def test_the_old_count_of_a_channel_that_is_not_connected_is_no_reading(goal: Goal, state: str) -> None:
    channel = a_channel(321)
    counted = made(measure="followers", channel=channel)
    type(channel).objects.filter(pk=channel.pk).update(state=state)
    read.read_channels()
    assert values(counted) == []


def test_channels_are_not_read_for_goals_that_have_ended(goal: Goal) -> None:
    over = made(measure="followers", channel=a_channel(321))
    Goal.objects.filter(pk=over.pk).update(state="met")
    read.read_channels()
    read.record_post_figures(over.pk, {"followers": 5}, timezone.now())
    assert not Reading.objects.exists()


def test_figures_of_posts_count_only_for_goals_that_ask_for_them(goal: Goal) -> None:
    liked = made(measure="likes")
    for one in (goal, liked):
        read.record_post_figures(one.pk, {"likes": 7, "views": 900}, timezone.now())
    read.record_post_figures(999_999, {"likes": 7}, timezone.now())
    assert (values(liked), values(goal)) == (["7.00"], [])


def test_the_page_draws_plan_and_forecast(gina: Client, goal: Goal) -> None:
    for days_ago, value in ((40, 110), (30, 120), (20, 130)):
        read_on(goal, days_ago, value)
    page = gina.get(f"/strategy/{goal.pk}/")
    chart = {one["name"]: one["values"] for one in page.context["chart"]["series"]}
    assert chart["Readings"] == [None, 110, 120, 130, None]
    assert chart["Plan"] == [100, 110, 120, 130, 200]
    assert chart["Forecast"][3] == 130
    assert chart["Forecast"][4] == pytest.approx(200, abs=1)
    assert page.context["percent"] == 30
    assert "If it goes on like this: 20" in page.content.decode()


def test_the_plan_ends_with_the_goal_and_the_forecast_stands_on_its_last_day(gina: Client, goal: Goal) -> None:
    ends = timezone.localdate() - timedelta(days=10)
    Goal.objects.filter(pk=goal.pk).update(ends_on=ends)
    for days_ago, value in ((60, 100), (40, 110), (30, 120), (3, 140)):
        read_on(goal, days_ago, value)
    drawn = gina.get(f"/strategy/{goal.pk}/").context["chart"]
    chart = {one["name"]: one["values"] for one in drawn["series"]}
    assert chart["Readings"] == [100, None, 110, 120, None, 140]
    assert chart["Plan"] == [100, 100, 125, 150, 200, 200]
    assert drawn["labels"][4] == ends.isoformat()
    assert chart["Forecast"] == [None, None, None, 120, pytest.approx(136, abs=3), None]


def test_the_chart_lies_on_true_time(gina: Client, goal: Goal) -> None:
    read_on(goal, 40, 110)
    page = gina.get(f"/strategy/{goal.pk}/")
    drawn = json.loads(re.findall(r'type="application/json">(.*?)</script>', page.content.decode())[0])
    assert drawn["days"] == page.context["chart"]["labels"]
    assert drawn["labels"] != drawn["days"]


def test_a_reading_at_night_stands_on_the_company_s_day(gina: Client, goal: Goal) -> None:
    day = timezone.localdate() - timedelta(days=3)
    read.record_reading(goal.pk, 120, timezone.make_aware(datetime.combine(day, time(0, 30))))
    assert day.isoformat() in gina.get(f"/strategy/{goal.pk}/").context["chart"]["labels"]


@pytest.mark.parametrize("state", [Goal.State.MET, Goal.State.GIVEN_UP])
def test_a_goal_that_has_ended_takes_no_more_readings(gina: Client, goal: Goal, state: Goal.State) -> None:
    Goal.objects.filter(pk=goal.pk).update(state=state, ended_because="Es ist vorbei.")
    for answer in (type_in(gina, goal, "120"), upload(gina, goal, "date;value\n2026-01-01;5\n")):
        assert answer.status_code == 409
        assert "This goal has ended" in answer.content.decode()
    assert values(goal) == []


def test_whoever_disconnects_a_channel_is_told_of_the_goals_that_count_its_followers(goal: Goal) -> None:
    channel = a_channel(321)
    assert channels.dependants(channel) == []
    over, _counted = (made(measure="followers", channel=channel) for _each in range(2))
    Goal.objects.filter(pk=over.pk).update(state="met")
    page = people.signed_in(people.gina()).get(f"/channels/{channel.pk}/disconnect/").content.decode()
    assert "1 goal that counts its followers: it gets no more readings" in page
