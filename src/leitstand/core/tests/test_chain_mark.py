"""The mark of the entry sealed last: what was done to the end of the diary, by somebody whom no trigger stops."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.urls import reverse
from pytest_django import Settings
from tests.people import ada, ben, company, signed_in

from leitstand.core.diary import chain
from leitstand.core.events import record
from leitstand.core.models import DiaryEntry
from leitstand.core.people.membership import RolesChanged

pytestmark = pytest.mark.django_db
LAST = "position > (SELECT max(position) - 2 FROM core_diaryentry)"
CUT_OFF = f"DELETE FROM core_diaryentry WHERE {LAST}"
UNSEALED = f"UPDATE core_diaryentry SET position = NULL, previous = '', hash = '', actor_name = 'Eve' WHERE {LAST}"
TORN_OUT = "DELETE FROM core_diaryentry"


@pytest.fixture(autouse=True)
def _home(settings: Settings, tmp_path: Path) -> None:
    settings.HOME = tmp_path


@pytest.fixture
def seal(django_capture_on_commit_callbacks: Any) -> Iterator[Any]:
    """Writes two entries and seals them, as the worker does in a transaction of its own."""

    def write_and_seal() -> int:
        for roles in (["reader"], ["editor"]):
            record(RolesChanged(ben().pk, roles), ada())
        with django_capture_on_commit_callbacks(execute=True):
            return chain.seal()

    return write_and_seal


def forge(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE core_diaryentry DISABLE TRIGGER USER")
        cursor.execute(statement)
        cursor.execute("ALTER TABLE core_diaryentry ENABLE TRIGGER USER")


@pytest.mark.parametrize("statement", [CUT_OFF, UNSEALED, TORN_OUT])
def test_a_forged_end_is_found_and_stays_found(seal: Any, statement: str) -> None:
    seal(), seal()
    assert chain.verify().broken_at is None
    forge(statement)
    for _later in range(3):
        assert chain.verify().broken_at is not None
        seal()
    assert "The diary was changed" in signed_in(ada()).get(reverse("core:chain")).content.decode()


def test_a_mark_older_than_the_chain_holds(seal: Any, tmp_path: Path) -> None:
    """As in a backup, whose mark is copied before its tables."""
    seal()
    older = (tmp_path / "diary.head").read_text()
    seal()
    (tmp_path / "diary.head").write_text(older)
    assert chain.verify().broken_at is None
    seal()
    assert (tmp_path / "diary.head").read_text() != older


@pytest.mark.parametrize("content", ["", "forged", "WzEsMSwiYSJd:x:y"])
def test_a_forged_mark_is_found(seal: Any, tmp_path: Path, content: str) -> None:
    seal()
    (tmp_path / "diary.head").write_text(content)
    seal()
    assert "diary.head" in chain.verify().reason


def test_without_a_mark_the_next_sealing_sets_one(seal: Any, tmp_path: Path) -> None:
    seal()
    (tmp_path / "diary.head").unlink()
    assert chain.verify().broken_at is None
    seal()
    assert (tmp_path / "diary.head").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["diary.head"]


def test_the_mark_goes_with_the_diary_of_the_demo_company(
    seal: Any, tmp_path: Path, django_capture_on_commit_callbacks: Any
) -> None:
    company()
    seal()
    with django_capture_on_commit_callbacks(execute=True), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        with chain.emptied():
            cursor.execute("TRUNCATE core_diaryentry CASCADE")
    assert (DiaryEntry.objects.count(), chain.verify().broken_at) == (0, None)


def test_a_changed_entry_sealed_again_is_found_at_the_next(seal: Any) -> None:
    seal(), seal(), seal()
    changed, after = DiaryEntry.objects.filter(position__in=[3, 4]).order_by("position")
    changed.actor_name = "Eve"
    forge(f"UPDATE core_diaryentry SET actor_name = 'Eve', hash = '{chain.fingerprint(changed)}' WHERE position = 3")
    assert chain.verify().broken_at == after.pk
