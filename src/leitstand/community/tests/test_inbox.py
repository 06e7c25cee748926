"""The inbox: filters in the address, assigning, notes, snoozing, closing, and who may do what."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from html import unescape
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import timezone
from tests import people

from leitstand.community import duty, settle
from leitstand.community.assign import assign
from leitstand.community.models import Conversation, Message, SavedReply
from leitstand.community.tests.conftest import Network, fresh, heard, seen, send
from leitstand.connectors.protocol import Author
from leitstand.core import jobs
from leitstand.core.models import DiaryEntry, Person
from leitstand.core.people import membership

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
    for wrong in (people.finn().pk, "99999", "x"):
        assert gina.post(url, {"person": wrong}).status_code == 422
    assert fresh(one).assigned_to == people.gina()
    gina.post(url, {"person": ""})
    assert fresh(one).assigned_to is None
    assert [(row.person, row.ended_at is not None) for row in one.assignments.order_by("pk")] == [
        (cleo, True),
        (people.gina(), True),
    ]


def without_account() -> None:
    membership.leave(people.cleo(), people.ada())


def without_role() -> None:
    membership.change_roles(people.cleo(), ["reader"], people.ada())


@pytest.mark.parametrize("leave", [without_account, without_role])
def test_what_somebody_leaves_behind_is_given_back(channel_id: int, leave: Callable[[], None]) -> None:
    cleo, gina = people.cleo(), people.gina()
    authors = [Author(name, name, name) for name in ("open", "snoozed", "closed")]
    going, snoozed, closed = [heard(channel_id, author=one, thread_root=one.name) for one in authors]
    for one in (going, snoozed, closed):
        assign(one, cleo, gina)
    settle.snooze(snoozed, timezone.now() + timedelta(days=1), cleo)
    settle.close(closed, cleo)
    leave()
    jobs.run_waiting()
    assert [fresh(one).assigned_to for one in (going, snoozed, closed)] == [None, None, cleo]
    assert [str(todo.text) for todo in duty.today(gina)] == ["Answer open: Wann öffnet ihr?"]
    told = DiaryEntry.objects.filter(name="community.conversation_given_back")
    assert [(entry.actor, entry.data["person_id"]) for entry in told] == [(people.ada(), cleo.pk)] * 2
    Conversation.objects.filter(pk=going.pk).update(due_at=timezone.now() + timedelta(minutes=5))
    settle.wake()
    assert gina.notifications.filter(title="Answer due soon: open").exists()
    heard(channel_id, "Und sonntags?", author=authors[2], thread_root="closed")
    assert (fresh(closed).state, fresh(closed).assigned_to) == ("open", None)


def test_whoever_may_still_answer_keeps_what_is_theirs(channel_id: int) -> None:
    one = heard(channel_id)
    assign(one, people.cleo(), people.gina())
    membership.change_roles(people.cleo(), ["manager"], people.ada())
    jobs.run_waiting()
    assert fresh(one).assigned_to == people.cleo()


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


def carried(page: str) -> str:
    """What a form of the page brings along."""
    return unescape(re.findall(r'name="inbox" value="([^"]*)"', page)[0])


@pytest.mark.parametrize(("change", "typed"), [("close", {}), ("snooze", {"for": "hour"})])
def test_the_way_back_keeps_the_filters(channel_id: int, change: str, typed: dict[str, str]) -> None:
    cleo, one = people.signed_in(people.cleo()), heard(channel_id, "Wo & wann?")
    inbox = "/community/?q=Wo+%26+wann&who=nobody"
    link = unescape(re.findall(rf'href="(/community/{one.pk}/[^"]*)"', cleo.get(inbox).content.decode())[0])
    form = {"inbox": carried(cleo.get(link).content.decode())}
    back = cleo.post(f"/community/{one.pk}/kind/", {"kind": "question", **form})["Location"]
    form = {"inbox": carried(cleo.get(back).content.decode())}
    assert cleo.post(f"/community/{one.pk}/{change}/", typed | form)["Location"] == inbox


def test_a_conversation_leads_back_to_the_inbox_and_on_to_who_waits_next(channel_id: int) -> None:
    cleo, uwe = people.signed_in(people.cleo()), heard(channel_id)
    eva = heard(channel_id, author=Author("u7", "eva", "Eva"))
    page = cleo.get(f"/community/{uwe.pk}/?inbox=who%3Dnobody%26q%3Dihr").content.decode()
    assert 'href="/community/?who=nobody&amp;q=ihr"' in page
    assert f'href="/community/{eva.pk}/?inbox=who%3Dnobody%26q%3Dihr"' in page
    assert f'href="/community/{eva.pk}/' not in cleo.get(f"/community/{uwe.pk}/?inbox=q%3Dsonst").content.decode()
    send(cleo, eva, "Um acht Uhr.", seen(cleo, eva))
    jobs.run_waiting()
    assert f'href="/community/{eva.pk}/' not in cleo.get(f"/community/{uwe.pk}/").content.decode()


@pytest.mark.parametrize("odd", ["//evil.example/", "https://evil.example/", "\r\nLocation: https://evil.example"])
def test_the_way_back_leads_nowhere_else(channel_id: int, odd: str) -> None:
    cleo, one = people.signed_in(people.cleo()), heard(channel_id)
    for change, way in (("snooze", "/community/?"), ("kind", f"/community/{one.pk}/?inbox=")):
        answer = cleo.post(f"/community/{one.pk}/{change}/", {"inbox": odd, "kind": "question"})
        assert (answer.status_code, answer["Location"].startswith(way)) == (303, True)
        assert "\n" not in answer["Location"]


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
    cleo.cookies["leitstand_language"] = "de"
    assert ">Englisch</option>" in cleo.get("/community/replies/").content.decode()
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
