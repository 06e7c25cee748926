"""The inbox: filters in the address, assigning, notes, snoozing, closing, and who may do what."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import timezone
from tests import people

from leitstand.community import duty, settle
from leitstand.community.models import Conversation, Message, SavedReply
from leitstand.community.tests.conftest import Network, fresh, heard, seen, send
from leitstand.connectors.protocol import Author
from leitstand.core.models import DiaryEntry, Person

CHANGES = ["answer/", "note/", "assignment/", "kind/", "close/", "close/end/", "snooze/", "check/"]


def listed(client: Client, address: str) -> list[str]:
    return [row.author_name for row in client.get(f"/community/?{address}").context["rows"]]


def test_filters_stand_in_the_address(channel_id: int) -> None:
    cleo = people.signed_in(people.cleo())
    heard(channel_id, "Wo ist mein Paket? Ich warte seit Tagen!")
    vera = heard(channel_id, "Toller Kaffee, danke!", author=Author("u2", "vera", "Vera"), thread_root="t2")
    xaver = heard(channel_id, "Habt ihr Tee?", author=Author("u3", "xaver", "Xaver"), thread_root="t3")
    Conversation.objects.filter(pk=vera.pk).update(assigned_to=people.cleo())
    Conversation.objects.filter(author_name="Uwe").update(due_at=timezone.now() - timedelta(hours=1))
    settle.close(xaver, people.gina())
    assert listed(cleo, "") == ["Uwe", "Vera"]
    assert listed(cleo, "state=closed") == ["Xaver"]
    assert set(listed(cleo, "state=all")) == {"Uwe", "Vera", "Xaver"}
    assert listed(cleo, "who=mine") == ["Vera"]
    assert listed(cleo, "who=nobody") == ["Uwe"]
    assert listed(cleo, "kind=praise") == ["Vera"]
    assert listed(cleo, "late=1") == ["Uwe"]
    assert listed(cleo, "q=paket") == ["Uwe"]
    assert listed(cleo, f"channel={channel_id}&q=VERA") == ["Vera"]
    assert listed(cleo, "channel=999999") == []
    for odd in ("channel=x", "channel=99999999999999999999", "q=%00", "state=x", "kind=%00", "page=-3", "who=x"):
        assert cleo.get(f"/community/?{odd}").status_code == 200


def test_htmx_gets_only_the_rows(channel_id: int) -> None:
    heard(channel_id)
    page = people.signed_in(people.cleo(), HTTP_HX_REQUEST="true", HTTP_HX_TARGET="rows").get("/community/")
    assert "<html" not in page.content.decode()
    assert 'id="rows"' in page.content.decode()


def test_assigning_tells_the_other_and_keeps_the_history(channel_id: int) -> None:
    cleo, one = people.cleo(), heard(channel_id)
    gina, url = people.signed_in(people.gina()), f"/community/{one.pk}/assignment/"
    for _again in range(2):
        assert gina.post(url, {"person": cleo.pk}).status_code == 303
    assert fresh(one).assigned_to == cleo
    assert cleo.notifications.get().title == "A conversation was assigned to you"
    gina.post(url, {"person": people.gina().pk})
    gina.post(url, {"person": people.finn().pk})
    assert fresh(one).assigned_to is None
    assert [(row.person, row.ended_at is not None) for row in one.assignments.order_by("pk")] == [
        (cleo, True),
        (people.gina(), True),
    ]


def test_a_note_stays_among_us(network: Network, channel_id: int) -> None:
    cleo, one = people.signed_in(people.cleo()), heard(channel_id)
    mark = seen(cleo, one)
    assert cleo.post(f"/community/{one.pk}/note/", {"text": "Stammkunde!"}).status_code == 303
    assert cleo.post(f"/community/{one.pk}/note/", {"text": " "}).status_code == 422
    page = cleo.get(f"/community/{one.pk}/").content.decode()
    assert "Stammkunde!" in page
    assert "Internal note" in page
    assert not network.kept
    assert fresh(one).due_at is not None
    assert send(cleo, one, "Um acht.", mark).status_code == 303


def test_closing_and_opening_again(channel_id: int) -> None:
    cleo, one = people.signed_in(people.cleo()), heard(channel_id)
    for _again in range(2):
        assert cleo.post(f"/community/{one.pk}/close/").status_code == 303
    assert DiaryEntry.objects.filter(name="community.conversation_closed").count() == 1
    page = cleo.get("/community/").content.decode()
    assert f"/community/{one.pk}/close/end/" in page
    cleo.post(f"/community/{one.pk}/close/end/")
    assert fresh(one).state == "open"


def test_snoozed_out_of_sight_and_woken(channel_id: int) -> None:
    cleo, one = people.signed_in(people.cleo()), heard(channel_id)
    cleo.post(f"/community/{one.pk}/snooze/", {"for": "hour"})
    assert listed(cleo, "") == []
    assert listed(cleo, "state=snoozed") == ["Uwe"]
    settle.wake()
    assert fresh(one).state == "snoozed"
    Conversation.objects.update(snoozed_until=timezone.now() - timedelta(seconds=1))
    settle.wake()
    assert (fresh(one).state, fresh(one).snoozed_until) == ("open", None)
    assert listed(cleo, "") == ["Uwe"]


@pytest.mark.parametrize(("span", "days"), [("day", 1), ("week", 5)])
def test_snoozing_for_working_days_ends_within_service_hours(channel_id: int, span: str, days: int) -> None:
    people.company(service_hours={str(day): [["09:00", "17:00"]] for day in range(5)})
    cleo, one = people.signed_in(people.cleo()), heard(channel_id)
    cleo.post(f"/community/{one.pk}/snooze/", {"for": span})
    until = fresh(one).snoozed_until
    assert until is not None
    local: datetime = until.astimezone(ZoneInfo("Europe/Berlin"))
    assert local.weekday() < 5
    assert 9 <= local.hour <= 17
    assert until - timezone.now() >= timedelta(days=days - 1)


def test_readers_read_and_change_nothing(channel_id: int) -> None:
    finn, one = people.signed_in(people.finn()), heard(channel_id)
    page = finn.get(f"/community/{one.pk}/").content.decode()
    assert "Wann öffnet ihr?" in page
    assert 'name="text"' not in page
    for change in CHANGES:
        assert finn.post(f"/community/{one.pk}/{change}", {"text": "x", "seen": "9"}).status_code == 404
    assert finn.get("/community/replies/").status_code == 404
    assert Message.objects.count() == 1


def test_guessed_numbers_do_not_exist(network: Network) -> None:
    cleo = people.signed_in(people.cleo())
    for number in (999_999, 10**30):
        assert cleo.get(f"/community/{number}/").status_code == 404
        for change in CHANGES:
            assert cleo.post(f"/community/{number}/{change}", {"text": "x"}).status_code == 404
        assert cleo.post(f"/community/messages/{number}/decision/").status_code == 404
        assert cleo.get(f"/community/replies/{number}/").status_code == 404


def test_people_without_the_right_see_nothing(channel_id: int) -> None:
    heard(channel_id)
    nobody = people.person("Nobody")
    client = people.signed_in(nobody)
    assert client.get("/community/").status_code == 404
    assert list(duty.find(Person(roles=[]), "öffnet")) == []
    assert people.visitor().get("/community/").status_code == 302
    assert [hit.title for hit in duty.find(people.finn(), "öffnet")] == ["Uwe"]


def test_what_others_write_stays_text(channel_id: int) -> None:
    bad = Author("u9", "x", "<img src=x onerror=alert(1)>", "javascript:alert(1)")
    one = heard(channel_id, "<script>alert(1)</script>?", author=bad, url="javascript:alert(2)")
    page = people.signed_in(people.cleo()).get(f"/community/{one.pk}/").content.decode()
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "javascript:" not in page


def test_saved_replies_are_kept_offered_and_removed(channel_id: int) -> None:
    cleo = people.signed_in(people.cleo())
    form = {"title": "Öffnungszeiten", "language": "de", "text": "Hallo {name}, täglich ab acht."}
    assert cleo.post("/community/replies/", form).status_code == 303
    assert cleo.post("/community/replies/", form | {"title": ""}).status_code == 422
    kept = SavedReply.objects.get()
    assert "täglich ab acht" in cleo.get(f"/community/{heard(channel_id).pk}/").content.decode()
    cleo.post(f"/community/replies/{kept.pk}/", form | {"text": "Ab neun."})
    assert SavedReply.objects.get().text == "Ab neun."
    cleo.post(f"/community/replies/{kept.pk}/remove/")
    assert not SavedReply.objects.exists()


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_pages_speak_both_languages(channel_id: int, language: str) -> None:
    one, cleo = heard(channel_id), people.signed_in(people.cleo(), HTTP_ACCEPT_LANGUAGE=language)
    for path in ("/community/", f"/community/{one.pk}/", "/community/replies/"):
        assert cleo.get(path).status_code == 200
