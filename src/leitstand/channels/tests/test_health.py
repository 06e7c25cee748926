"""Green, amber, red: how a channel's health changes, and who is told."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from tests import people

from leitstand.channels.check import check, check_all, forget_checks
from leitstand.channels.light import light_of
from leitstand.channels.models import Channel, Check
from leitstand.channels.tests.conftest import status, well
from leitstand.core import jobs
from leitstand.core.models import DiaryEntry

DOWN = {"code": 503}
CUT_OFF = {"code": 401}
BUSY = {"code": 429, "Retry-After": "60"}
# what was, what the network says, what is then, the lamp
TABLE = [
    ("ready", None, "ready", "green"),
    ("ready", DOWN, "ready", "amber"),
    ("ready", CUT_OFF, "reconnect", "red"),
    ("ready", BUSY, "ready", "green"),
    ("reconnect", None, "ready", "green"),
    ("reconnect", DOWN, "reconnect", "red"),
    ("reconnect", CUT_OFF, "reconnect", "red"),
    ("paused", CUT_OFF, "paused", "grey"),
    ("gone", None, "gone", "grey"),
]


@pytest.mark.parametrize(("before", "says", "after", "tone"), TABLE)
def test_every_step_of_the_state_machine(
    stored: Channel, before: str, says: dict[str, Any] | None, after: str, tone: str
) -> None:
    Channel.objects.update(state=before)
    with status(**says) if says else well():
        check(channel_id=stored.pk)
    stored.refresh_from_db()
    assert stored.state == after
    assert light_of(stored).tone == tone
    assert light_of(stored).text


def test_followers_and_times_are_kept(stored: Channel) -> None:
    with well(followers=77):
        check(channel_id=stored.pk)
    stored.refresh_from_db()
    assert stored.followers == 77
    assert stored.checked_at is not None
    seen = Check.objects.get()
    assert seen.followers == 77
    assert seen.milliseconds is not None


def test_a_changed_name_is_taken_over(stored: Channel) -> None:
    """The proofs of tomorrow and the confirmation of a disconnection are built on it."""
    with well():
        Channel.objects.update(name="Früher", profile_url="http://127.0.0.1:9/old")
        check(channel_id=stored.pk)
    stored.refresh_from_db()
    assert (stored.name, stored.handle, stored.profile_url) == ("Morgenrot", "morgenrot", "http://127.0.0.1:9/m")


def test_lasting_trouble_is_told_once_and_its_end_too(stored: Channel) -> None:
    gina = people.gina()
    with status(503):
        check(channel_id=stored.pk)
        assert gina.notifications.count() == 0
        Channel.objects.update(trouble_since=timezone.now() - timedelta(minutes=15))
        check(channel_id=stored.pk)
        gina.notifications.update(read_at=timezone.now())
        check(channel_id=stored.pk)
    assert gina.notifications.count() == 1
    with well():
        check(channel_id=stored.pk)
    names = list(DiaryEntry.objects.filter(name__startswith="channels.").values_list("name", flat=True))
    assert sorted(names) == ["channels.recovered", "channels.troubled"]


def test_losing_access_alarms_those_who_can_mend_it(stored: Channel) -> None:
    gina, ben = people.gina(), people.ben()
    with status(401):
        check(channel_id=stored.pk)
        check(channel_id=stored.pk)
    news = gina.notifications.get()
    assert news.level == "alarm"
    assert f"/channels/{stored.pk}/reconnect/" in news.url
    assert ben.notifications.count() == 0


def test_access_lost_anew_alarms_anew_while_the_last_alarm_stands_unread(stored: Channel) -> None:
    gina = people.gina()
    for _time in range(2):
        with status(401):
            check(channel_id=stored.pk)
        with well():
            check(channel_id=stored.pk)
    assert gina.notifications.filter(level="alarm", read_at=None).count() == 2


def test_all_ready_ones_are_looked_at_and_cut_off_ones_each_hour(stored: Channel) -> None:
    Channel.objects.update(state="reconnect", checked_at=timezone.now())
    check_all()
    assert jobs.waiting().count() == 0
    Channel.objects.update(checked_at=timezone.now() - timedelta(hours=2))
    check_all()
    check_all()
    assert jobs.waiting().count() == 1


def test_a_channel_nobody_looks_at_is_amber(stored: Channel) -> None:
    Channel.objects.update(checked_at=timezone.now() - timedelta(hours=1))
    stored.refresh_from_db()
    assert light_of(stored).tone == "amber"


def test_old_checks_are_forgotten(stored: Channel) -> None:
    Check.objects.create(channel=stored, at=timezone.now() - timedelta(days=91))
    kept = Check.objects.create(channel=stored, at=timezone.now() - timedelta(days=89))
    forget_checks()
    assert list(Check.objects.all()) == [kept]


@pytest.mark.parametrize(("days", "warned"), [(20, None), (13.5, 14), (6.9, 7), (0.5, 1), (-1, 1)])
def test_warning_before_access_ends(stored: Channel, days: float, warned: int | None) -> None:
    gina = people.gina()
    Channel.objects.update(expires_at=timezone.now() + timedelta(days=days))
    for _again in range(2):
        with well():
            check(channel_id=stored.pk)
        gina.notifications.update(read_at=timezone.now())
    stored.refresh_from_db()
    assert stored.warned_days == warned
    assert gina.notifications.count() == (1 if warned else 0)
    assert light_of(stored).tone == ("amber" if warned else "green")


def test_each_step_warns_once(stored: Channel) -> None:
    gina = people.gina()
    for days in (13, 12, 6, 5, 0.9, 0.5):
        Channel.objects.update(expires_at=timezone.now() + timedelta(days=days))
        with well():
            check(channel_id=stored.pk)
    assert gina.notifications.count() == 3
