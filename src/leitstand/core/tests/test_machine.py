"""What the house stands on: little room on the disk, or none, is said where people look."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.cache import cache
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings
from tests.people import PASSWORD, ada, ben, company, signed_in, visitor

from leitstand.core import duty, today
from leitstand.core.machine import backups
from leitstand.core.models import Invitation

pytestmark = pytest.mark.django_db
VAST = 10**18
NO_ROOM = """
CREATE FUNCTION finds_no_room() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = 'disk_full';
END $$;
"""


@pytest.fixture(autouse=True)
def _worker() -> None:
    company(imprint_url="https://example.org/imprint")
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers DEFAULT VALUES")


def fill(table: str) -> None:
    """From now on that table of the database finds no room for another row."""
    with connection.cursor() as cursor:
        cursor.execute(f"{NO_ROOM} CREATE TRIGGER no_room BEFORE INSERT ON {table} EXECUTE FUNCTION finds_no_room()")


def test_with_room_on_the_disk_all_is_well(settings: Settings) -> None:
    settings.SPACE_SHORT = settings.SPACE_FULL = 0
    assert duty.row(ada()).state == "green"
    assert visitor().get("/healthz").json()["disk"] == "ok"


def test_little_room_is_a_warning_and_no_reason_to_stop(settings: Settings) -> None:
    settings.SPACE_SHORT = VAST
    row = duty.row(ada())
    assert (row.state, row.next_step) == ("amber", "Free some space")
    assert [todo.urgency for todo in today.todos(ada()) if "disk space" in str(todo.text)] == [1]
    assert "Free some disk space" in signed_in(ada()).get("/").content.decode()
    assert not any("disk space" in str(todo.text) for todo in today.todos(ben()))
    answer = visitor().get("/healthz")
    assert (answer.status_code, answer.json()["disk"]) == (200, "short")


def test_a_full_disk_is_red_and_machines_that_watch_are_told(settings: Settings) -> None:
    settings.SPACE_SHORT = settings.SPACE_FULL = VAST
    assert duty.row(ada()).state == "red"
    assert [todo.urgency for todo in today.todos(ada()) if "disk space" in str(todo.text)] == [2]
    answer = visitor().get("/healthz")
    assert (answer.status_code, answer.json()["disk"]) == (503, "full")


def test_the_worst_trouble_stands_on_the_board_and_today_has_all(settings: Settings) -> None:
    settings.SPACE_SHORT = VAST
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_workers")
    assert str(duty.row(ada()).figure) == "No worker is running"
    icons = {todo.icon for todo in today.todos(ada())}
    assert {"server-off", "database-exclamation"} <= icons


def test_backups_are_missed_from_a_week_after_set_up_on(settings: Settings, tmp_path: Path) -> None:
    settings.HOME = tmp_path
    assert duty.row(ada()).state == "green"
    company(set_up_at=timezone.now() - timedelta(days=8))
    row = duty.row(ada())
    assert (row.state, row.figure, row.next_step) == ("amber", "No backup was made yet", "Make a backup")
    assert "No backup was made yet" in signed_in(ada()).get("/").content.decode()
    backups.note()
    assert duty.row(ada()).state == "green"
    (tmp_path / backups.FILE).write_text("2026-01-02T03:04:05+01:00\n")
    assert duty.row(ada()).figure == "Last backup: 2 January 2026"


@pytest.mark.parametrize("noted", [b"", b"yesterday", b"\xff\xfe"])
def test_a_note_that_cannot_be_read_counts_as_none(settings: Settings, tmp_path: Path, noted: bytes) -> None:
    settings.HOME = tmp_path
    (tmp_path / backups.FILE).write_bytes(noted)
    assert backups.last() is None and not backups.is_overdue()


def test_where_no_company_is_set_up_no_backup_is_missed(settings: Settings, tmp_path: Path) -> None:
    settings.HOME = tmp_path
    company(set_up_at=None)
    assert not backups.is_overdue()


@pytest.mark.parametrize(("language", "words"), [("en", "There is no space left"), ("de", "kein Speicherplatz mehr")])
def test_a_sign_in_that_cannot_be_counted_says_that_there_is_no_space(language: str, words: str) -> None:
    cache.clear()
    fill("core_cache")
    browser = visitor(HTTP_ACCEPT_LANGUAGE=language)
    answer = browser.post(reverse("account_login"), {"login": ada().email, "password": PASSWORD})
    assert answer.status_code == 507
    assert words in answer.content.decode()


def test_who_really_sends_too_much_is_told_so(settings: Settings) -> None:
    cache.clear()
    settings.ACCOUNT_RATE_LIMITS = {"login": "1/m/ip"}
    typed, browser = {"login": ada().email, "password": "wrong"}, visitor()
    assert browser.post(reverse("account_login"), typed).status_code == 200
    answer = browser.post(reverse("account_login"), typed)
    assert answer.status_code == 429
    assert "You have sent too many requests" in answer.content.decode()


def test_a_table_that_finds_no_room_says_that_there_is_no_space() -> None:
    fill("core_invitation")
    browser = signed_in(ada())
    browser.raise_request_exception = False
    answer = browser.post(reverse("core:invite"), {"email": "ida@example.org", "roles": ["editor"]})
    assert answer.status_code == 507
    assert "There is no space left" in answer.content.decode()
    assert not Invitation.objects.exists()
