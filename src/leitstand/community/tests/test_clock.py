"""The response clock: service hours, holidays, warnings, and who sees the deadline."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from tests import people

from leitstand.community import duty, response, settle
from leitstand.community.models import Conversation, ResponseTarget
from leitstand.community.tests.conftest import Network, fresh, heard, seen, send
from leitstand.connectors.protocol import Author
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


def test_undoing_a_close_gives_the_clock_back(channel_id: int) -> None:
    cleo, one = people.signed_in(people.cleo()), heard(channel_id, at=timezone.now() - timedelta(minutes=50))
    before = fresh(one)
    cleo.post(f"/community/{one.pk}/close/")
    assert (fresh(one).due_at, duty.row(people.cleo()).state) == (None, "green")
    cleo.post(f"/community/{one.pk}/close/end/")
    assert (fresh(one).waiting_since, fresh(one).due_at) == (before.waiting_since, before.due_at)
    assert duty.row(people.cleo()).state == "amber"


def test_opening_what_was_answered_starts_no_clock(channel_id: int) -> None:
    cleo, one = people.signed_in(people.cleo()), heard(channel_id)
    send(cleo, one, "Um acht.", seen(cleo, one), then="close")
    jobs.run_waiting()
    cleo.post(f"/community/{one.pk}/close/end/")
    assert (fresh(one).state, fresh(one).due_at) == ("open", None)


def test_send_and_close_keeps_how_long_the_first_answer_took(channel_id: int) -> None:
    cleo, one = people.signed_in(people.cleo()), heard(channel_id, at=timezone.now() - timedelta(days=10))
    settle.close(one, people.cleo())
    heard(channel_id, at=timezone.now() - timedelta(minutes=50))
    send(cleo, one, "Um acht.", seen(cleo, one), then="close")
    jobs.run_waiting()
    assert (fresh(one).first_answer_minutes, fresh(one).state) == (50, "closed")


def test_the_kind_of_a_closed_one_starts_no_clock(channel_id: int) -> None:
    cleo, one = people.signed_in(people.cleo()), heard(channel_id)
    settle.close(one, people.cleo())
    cleo.post(f"/community/{one.pk}/kind/", {"kind": "complaint"})
    assert (fresh(one).kind, fresh(one).due_at) == ("complaint", None)


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


def test_each_missed_deadline_is_news(channel_id: int) -> None:
    cleo, one = people.cleo(), heard(channel_id)
    for missed in (1, 2):
        Conversation.objects.update(due_at=timezone.now() - timedelta(milliseconds=1))
        settle.wake()
        assert [news.title for news in cleo.notifications.all()] == ["Answer overdue: Uwe"] * missed
        send(people.signed_in(cleo), one, f"Antwort {missed}", seen(people.signed_in(cleo), one))
        jobs.run_waiting()
        heard(channel_id, "Und sonntags?")


def test_board_and_today_follow_the_clock(channel_id: int) -> None:
    cleo = people.cleo()
    assert duty.row(cleo).state == "green"
    heard(channel_id)
    assert duty.row(cleo).state == "amber"
    assert [str(duty.row(who).next_step) for who in (cleo, people.finn())] == ["Answer", "Look at it"]
    assert [todo.urgency for todo in duty.today(cleo)] == [1]
    Conversation.objects.update(due_at=timezone.now() - timedelta(minutes=1))
    assert duty.row(cleo).state == "red"
    assert [str(duty.row(who).next_step) for who in (cleo, people.finn())] == ["Answer now", "Look at it"]
    assert [todo.urgency for todo in duty.today(cleo)] == [2]
    assert list(duty.today(people.finn())) == []
    assert "Overdue since" in people.signed_in(cleo).get("/community/").content.decode()
    Conversation.objects.update(assigned_to=people.gina())
    assert list(duty.today(cleo)) == []


def test_today_says_how_many_more_wait(channel_id: int) -> None:
    cleo, now = people.cleo(), timezone.now()
    for number in range(13):
        one = heard(channel_id, author=Author(f"u{number}", "", f"Uwe {number}"), thread_root=f"t{number}")
        Conversation.objects.filter(pk=one.pk).update(due_at=now + timedelta(hours=number - 11))
    todos = list(duty.today(cleo))
    assert [str(todo.text) for todo in todos] == [f"Answer Uwe {n}: Wann öffnet ihr?" for n in range(10)] + [
        "3 more people wait for an answer"
    ]
    assert (todos[-1].url, todos[-1].urgency, todos[-1].due) == ("/community/", 2, now - timedelta(hours=1))


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


def test_what_is_closed_cannot_be_snoozed_out_of_its_clock(channel_id: int) -> None:
    cleo, one = people.signed_in(people.cleo()), heard(channel_id)
    due, snooze = fresh(one).due_at, f"/community/{one.pk}/snooze/"
    assert snooze in cleo.get(f"/community/{one.pk}/").content.decode()
    settle.close(one, people.cleo())
    assert snooze not in cleo.get(f"/community/{one.pk}/").content.decode()
    assert cleo.post(snooze, {"for": "hour"}).status_code == 409
    assert fresh(one).state == "closed"
    settle.reopen(one, people.cleo())
    assert fresh(one).due_at == due


def test_disconnecting_a_channel_says_who_waits(channel_id: int) -> None:
    heard(channel_id)
    page = people.signed_in(people.gina()).get(f"/channels/{channel_id}/disconnect/").content.decode()
    assert "1 conversation that waits for an answer" in page


def test_what_a_clock_ahead_of_ours_has_dated_is_answered_like_all_else(network: Network, channel_id: int) -> None:
    cleo, one = people.signed_in(people.cleo()), heard(channel_id, at=timezone.now() + timedelta(minutes=3))
    send(cleo, one, "Um acht.", seen(cleo, one))
    jobs.run_waiting()
    assert one.messages.get(direction="out").state == "done"
    assert (network.texts, fresh(one).first_answer_minutes) == (["Um acht."], 0)


def test_only_the_first_answer_says_how_long_it_took(channel_id: int) -> None:
    cleo = people.signed_in(people.cleo())
    for minutes in (50, 20):
        one = heard(channel_id, at=timezone.now() - timedelta(minutes=minutes))
        send(cleo, one, f"Nach {minutes}.", seen(cleo, one))
        jobs.run_waiting()
    assert one.messages.filter(direction="out", state="done").count() == 2
    assert fresh(one).first_answer_minutes == 50
