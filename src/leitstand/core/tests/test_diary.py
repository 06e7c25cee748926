"""The diary page: filters, plain words, the chain's state, CSV that no spreadsheet takes for formulas."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import translation
from tests.people import ada, ben, company, signed_in

from leitstand.core.diary import chain, words
from leitstand.core.models import DiaryEntry
from leitstand.core.people import holders, membership

pytestmark = pytest.mark.django_db


def _history() -> None:
    company()
    membership.change_roles(ben(), ["agent", "reader"], ada())
    holders.assign("D9", ben(), ada(), ben())


def test_an_entry_is_told_in_plain_words() -> None:
    _history()
    shown = signed_in(ada()).get(reverse("core:diary")).content.decode()
    assert "Roles changed" in shown
    assert "Person: Ben · Roles: Community agent, Reader" in shown
    assert "Duty: D9 Writing and publishing" in shown
    assert "Accountable: Ben" in shown


def test_what_an_entry_says_of_people_and_rooms_that_are_gone() -> None:
    entry = DiaryEntry(name="gone.something_happened", data={"person_id": 9_999, "odd_id": 7, "fields": ["name", "x"]})
    line = words.lines([entry])[0]
    assert line.label == "Something happened"
    assert line.facts == [("Person", "somebody who is gone"), ("Fields", "Name, x"), ("Odd", "#7")]


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("strategy.goal_reviewed", {"decision": "give_up"}, "Aufgeben"),
        ("rules.rule_switched", {"severity": "off"}, "Ausgeschaltet"),
        ("rules.rule_switched", {"rule": "licence-record"}, "Lizenznachweis"),
        ("listening.tone_corrected", {"tone": "negative"}, "Negativ"),
        ("api.token_made", {"scopes": ["read", "gone"]}, "Alles lesen, was die Person sehen darf · gone"),
        ("publishing.unsure_decided", {"decision": "leave"}, "So lassen"),
        (
            "community.answer_failed",
            {"reason": "The network refused this: {reason}"},
            "Das Netzwerk hat dies abgelehnt",
        ),
        ("publishing.held", {"reason": "Wir warten."}, "Wir warten."),
    ],
)
def test_values_are_told_in_german(name: str, data: dict[str, str], told: str) -> None:
    with translation.override("de"):
        assert [value for _name, value in words.lines([DiaryEntry(name=name, data=data)])[0].facts] == [told]


@pytest.mark.parametrize(
    ("query", "there", "missing"),
    [
        ({"event": "core.roles_changed"}, "Community agent", "D9"),
        ({"person": "ben"}, "D9", "Community agent"),
        ({"since": "2999-01-01"}, "No entries", "D9"),
        ({"until": "2000-01-01"}, "No entries", "D9"),
        ({"since": "nonsense", "person": "999999", "event": "nonsense"}, "D9", "No entries"),
    ],
)
def test_filters_stand_in_the_address(query: dict[str, str], there: str, missing: str) -> None:
    _history()
    query = {name: str(ben().pk) if value == "ben" else value for name, value in query.items()}
    browser = signed_in(ada(), HTTP_HX_REQUEST="true", HTTP_HX_TARGET="results")
    shown = browser.get(reverse("core:diary"), query).content.decode()
    assert there in shown
    assert missing not in shown


def test_a_day_ends_at_midnight_in_the_companys_zone() -> None:
    company()
    DiaryEntry.objects.create(name="test.late", at=datetime(2026, 6, 1, 22, 30, tzinfo=UTC))  # 2 June, 00:30 in Berlin
    browser = signed_in(ada())
    first = browser.get(reverse("core:diary"), {"since": "2026-06-01", "until": "2026-06-01"}).content.decode()
    second = browser.get(reverse("core:diary"), {"since": "2026-06-02", "until": "2026-06-02"}).content.decode()
    assert "No entries" in first
    assert "Late" in second


def test_the_chain_is_checked_on_demand() -> None:
    _history()
    chain.seal()
    browser = signed_in(ada())
    assert "The chain is whole" in browser.get(reverse("core:chain")).content.decode()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE core_diaryentry DISABLE TRIGGER USER")
        cursor.execute("UPDATE core_diaryentry SET actor_name = 'Eve'")
        cursor.execute("ALTER TABLE core_diaryentry ENABLE TRIGGER USER")
    assert "The diary was changed" in browser.get(reverse("core:chain")).content.decode()


def test_a_missing_entry_in_the_chain_is_found() -> None:
    _history()
    chain.seal()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE core_diaryentry DISABLE TRIGGER USER")
        cursor.execute("DELETE FROM core_diaryentry WHERE position = 1")
        cursor.execute("ALTER TABLE core_diaryentry ENABLE TRIGGER USER")
    assert chain.verify().broken_at is not None


def test_the_csv_holds_what_the_filter_shows_and_no_formulas() -> None:
    _history()
    DiaryEntry.objects.create(name="test.odd", actor_name="=HYPERLINK(1)", data={"note": "a\nb;c"})
    answer = signed_in(ada()).get(reverse("core:diary-export"), {"event": ""})
    text = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]  # these answers stream
    rows = list(csv.reader(io.StringIO(text), delimiter=";"))
    assert rows[0][:3] == ["When", "Who", "What"]
    assert len(rows) == 1 + DiaryEntry.objects.count()
    assert rows[1][1] == "'=HYPERLINK(1)"


def test_every_event_has_a_label_in_both_languages() -> None:
    for name, english in words.labels():
        if name.startswith("core."):
            with translation.override("de"):
                assert words.label(name) != english, name
