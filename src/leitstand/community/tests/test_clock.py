"""The response clock: service hours, holidays, warnings, and who sees the deadline."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from tests import people

from leitstand.community import duty, response, settle
from leitstand.community.models import Conversation, ResponseTarget
from leitstand.community.tests.conftest import fresh, heard, seen, send
from leitstand.core import jobs

BERLIN = ZoneInfo("Europe/Berlin")
OFFICE = {str(day): [["09:00", "17:00"]] for day in range(5)}


def at(day: int, hour: int, minute: int = 0, month: int = 11, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=BERLIN)


TABLE = [
    ("complaint", at(3, 10), at(3, 11)),
    ("complaint", at(3, 16, 30), at(4, 9, 30)),
    ("complaint", at(6, 16, 45), at(9, 9, 45)),
    ("question", at(7, 12), at(9, 13)),
    ("complaint", at(24, 16, 30, 12), at(28, 9, 30, 12)),
    ("complaint", at(31, 16, 30, 12), at(4, 9, 30, 1, 2027)),
    ("question", at(27, 15, 0, 3), at(30, 11, 0, 3)),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("kind", "since", "due"), TABLE)
def test_deadlines_fall_into_service_hours(kind: str, since: datetime, due: datetime) -> None:
    people.company(service_hours=OFFICE)
    assert response.due(kind, since) == due


@pytest.mark.django_db
def test_the_company_sets_its_own_targets() -> None:
    people.company(service_hours=OFFICE)
    gina = people.signed_in(people.gina())
    assert gina.post("/community/targets/complaint/", {"minutes": "30"}).status_code == 303
    assert response.due("complaint", at(3, 10)) == at(3, 10, 30)
    for wrong in ("0", "-5", "x", "99999999999"):
        gina.post("/community/targets/complaint/", {"minutes": wrong})
    assert ResponseTarget.objects.get().minutes == 30
    assert gina.post("/community/targets/lob/", {"minutes": "30"}).status_code == 404
    assert people.signed_in(people.cleo()).post("/community/targets/complaint/", {"minutes": "9"}).status_code == 404


def test_the_deadline_is_shown_and_stops_with_the_answer(channel_id: int) -> None:
    cleo, one = people.signed_in(people.cleo()), heard(channel_id, at=timezone.now() - timedelta(minutes=50))
    assert fresh(one).due_at == fresh(one).waiting_since + timedelta(minutes=240)
    assert "Answer by" in cleo.get("/community/").content.decode()
    send(cleo, one, "Um acht.", seen(cleo, one))
    jobs.run_waiting()
    assert fresh(one).due_at is None
    assert fresh(one).first_answer_minutes == 50
    assert "50 minutes of service time" in cleo.get(f"/community/{one.pk}/").content.decode()


def test_the_clock_runs_from_the_first_unanswered_message(channel_id: int) -> None:
    one = heard(channel_id, at=timezone.now() - timedelta(hours=2))
    due = fresh(one).due_at
    heard(channel_id, "Hallo?")
    assert fresh(one).due_at == due


def test_another_kind_means_another_deadline(channel_id: int) -> None:
    one, cleo = heard(channel_id), people.signed_in(people.cleo())
    assert cleo.post(f"/community/{one.pk}/kind/", {"kind": "complaint"}).status_code == 303
    assert fresh(one).due_at == fresh(one).waiting_since + timedelta(minutes=60)
    assert cleo.post(f"/community/{one.pk}/kind/", {"kind": "lob"}).status_code == 422


def test_warned_once_before_and_once_after_the_deadline(channel_id: int) -> None:
    cleo, gina = people.cleo(), people.gina()
    heard(channel_id)
    settle.wake()
    assert cleo.notifications.count() == 0
    Conversation.objects.update(due_at=timezone.now() + timedelta(minutes=10), assigned_to=cleo)
    for _minute in range(3):
        settle.wake()
        cleo.notifications.update(read_at=timezone.now())
    assert [news.title for news in cleo.notifications.all()] == ["Answer due soon: Uwe"]
    assert gina.notifications.count() == 0
    minutes_ago = timezone.now() - timedelta(minutes=11)
    Conversation.objects.update(due_at=timezone.now() - timedelta(minutes=1), warned_at=minutes_ago)
    for _minute in range(3):
        settle.wake()
        gina.notifications.update(read_at=timezone.now())
    assert [news.title for news in gina.notifications.all()] == ["Answer overdue: Uwe"]


def test_board_and_today_follow_the_clock(channel_id: int) -> None:
    cleo = people.cleo()
    assert duty.row(cleo).state == "green"
    heard(channel_id)
    assert duty.row(cleo).state == "amber"
    assert [todo.urgency for todo in duty.today(cleo)] == [1]
    Conversation.objects.update(due_at=timezone.now() - timedelta(minutes=1))
    assert duty.row(cleo).state == "red"
    assert [todo.urgency for todo in duty.today(cleo)] == [2]
    assert list(duty.today(people.finn())) == []
    assert "Overdue since" in people.signed_in(cleo).get("/community/").content.decode()
    Conversation.objects.update(assigned_to=people.gina())
    assert list(duty.today(cleo)) == []


def test_a_snooze_does_not_stop_the_clock(channel_id: int) -> None:
    cleo, one = people.cleo(), heard(channel_id)
    settle.snooze(one, timezone.now() + timedelta(hours=2), cleo)
    assert (duty.row(cleo).state, duty.row(cleo).url) == ("amber", "/community/?state=snoozed")
    Conversation.objects.update(due_at=timezone.now() - timedelta(minutes=1))
    settle.wake()
    assert [news.title for news in cleo.notifications.all()] == ["Answer overdue: Uwe"]
    row = duty.row(cleo)
    assert row.state == "red"
    assert f"/community/{one.pk}/" in people.signed_in(cleo).get(row.url).content.decode()


def test_disconnecting_a_channel_says_who_waits(channel_id: int) -> None:
    heard(channel_id)
    page = people.signed_in(people.gina()).get(f"/channels/{channel_id}/disconnect/").content.decode()
    assert "1 conversation that waits for an answer" in page
