"""Readings: by hand, from a file, from channels and posts; corrected, taken back, exported."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from tests import people

from leitstand.channels import queries as channels
from leitstand.core.errors import Declined
from leitstand.strategy import queries, read
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


NUMBERS = [
    ("1250", "1250.00"),
    ("1250.5", "1250.50"),
    ("1250,5", "1250.50"),
    ("1.250,5", "1250.50"),
    ("1,250.5", "1250.50"),
    ("1.250", "1250.00"),
    ("1.250.000", "1250000.00"),
    ("1'250", "1250.00"),
    ("1’250.50", "1250.50"),
    ("1 250", "1250.00"),
    ("-3,25", "-3.25"),
    ("0.125", "0.13"),
]


@pytest.mark.parametrize(("typed", "value"), NUMBERS)
def test_numbers_in_a_file_mean_what_they_say(gina: Client, goal: Goal, typed: str, value: str) -> None:
    assert upload(gina, goal, f"2026-11-02;{typed}\n").status_code == 303
    assert values(goal) == [value]


def test_a_file_is_read_with_header_both_separators_and_the_company_s_zone(gina: Client, goal: Goal) -> None:
    assert upload(gina, goal, "\ufeffdate;value\r\n2026-07-01 09:00;120\r\n\r\n2026-07-02T10:00+00:00;130\r\n")
    assert upload(gina, goal, "2026-07-03,140\n").status_code == 303
    assert [row.at for row in goal.readings.all()] == [
        datetime(2026, 7, 1, 7, tzinfo=UTC),
        datetime(2026, 7, 2, 10, tzinfo=UTC),
        datetime(2026, 7, 2, 22, tzinfo=UTC),
    ]
    assert values(goal) == ["120.00", "130.00", "140.00"]


DAYS = ["02.07.2026;120", "2.7.2026;120", "02.07.2026 00:00;120", " 2026-07-02;120", "02.07.2026,120"]


@pytest.mark.parametrize("line", DAYS)
def test_days_in_a_file_are_read_as_people_write_them(gina: Client, goal: Goal, line: str) -> None:
    """The first line, too: what begins with a day is no head."""
    assert upload(gina, goal, f"{line}\n{line.replace('2026', '2025')}\n").status_code == 303
    assert [row.at for row in goal.readings.all()] == [datetime(year, 7, 1, 22, tzinfo=UTC) for year in (2025, 2026)]


def test_each_import_says_how_many_readings_it_brought(gina: Client, goal: Goal) -> None:
    assert read.import_csv(goal, "2026-07-01;1\n2026-07-02;2", people.gina()) == 2
    assert read.import_csv(goal, "date;value\n2026-07-02;3", people.gina()) == 1
    assert values(goal) == ["1.00", "3.00"]


BAD_LINES = [
    "gestern;120",
    "2026-07-02;viel",
    "2026-07-02;NaN",
    "2026-07-02;Infinity",
    "2026-07-02;1e20",
    "2026-07-02;999999999999999",
    "2026-07-02;",
    "2026-07-02",
    "0001-01-01;5",
    "9999-12-31T23:59-12:00;5",
    "2026-07-02;1.2.3",
    "07/02/2026;5",
    "31.02.2026;5",
    "02.13.2026;5",
    "02.07.26;5",
    "2026-07-02;٣",
    "2026-07-02;1_0",
    "\x00;5",
    'x" ;"' + "y" * 140_000,
]


@pytest.mark.parametrize("line", BAD_LINES)
def test_a_file_with_one_wrong_line_brings_nothing(gina: Client, goal: Goal, line: str) -> None:
    answer = upload(gina, goal, f"2026-07-01;120\n{line}\n")
    assert answer.status_code == 422
    assert "Line 2 cannot be read." in answer.content.decode()
    assert values(goal) == []


def test_files_that_are_none_or_too_large_are_declined(gina: Client, goal: Goal) -> None:
    assert gina.post(f"/strategy/{goal.pk}/readings/import/", {"file": "text"}).status_code == 422
    assert upload(gina, goal, "2026-07-01;1\n" * 80_000).status_code == 422
    assert upload(gina, goal, "2026-07-01;1\n" * 5_001).status_code == 422
    assert upload(gina, goal, bytes(range(128, 256))).status_code == 422
    assert values(goal) == []


def test_the_export_holds_what_counts_and_can_be_read_again(gina: Client, goal: Goal) -> None:
    read_on(goal, 3, 110)
    read_on(goal, 2, 999)
    read_on(goal, 1, 120)
    read.take_back(goal.readings.get(value=999), people.gina())
    answer = people.signed_in(people.finn()).get(f"/strategy/{goal.pk}/readings.csv")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert f'goal-{goal.pk}.csv"' in answer["Content-Disposition"]
    text = answer.content.decode()
    assert [row[1] for row in csv.reader(io.StringIO(text), delimiter=";")] == ["value", "110.00", "120.00"]
    copy = made(title="Kopie")
    assert upload(gina, copy, text).status_code == 303
    assert [point.value for point in queries.points_of(copy)] == [110, 120]
    assert [point.at for point in queries.points_of(copy)] == [point.at for point in queries.points_of(goal)]


def test_a_note_in_the_export_is_no_formula(gina: Client, goal: Goal) -> None:
    type_in(gina, goal, "-5", '=HYPERLINK("http://x.example";"klick")')
    rows = list(csv.reader(io.StringIO(gina.get(f"/strategy/{goal.pk}/readings.csv").content.decode()), delimiter=";"))
    assert rows[1][1] == "-5.00"
    assert rows[1][3].startswith("'=HYPERLINK")


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
