"""Credentials at rest: closed to others, readable after a rotation, never lost by two who start at once."""

from __future__ import annotations

import stat
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from django.db import connection
from django.db.backends.utils import CursorWrapper
from pytest_django import Settings
from tests.people import ada

from leitstand.core import alarms
from leitstand.core.errors import Declined
from leitstand.core.models import Person
from leitstand.core.secrets import vault
from leitstand.core.secrets.secret_files import keep_secret

SECRETS = {"token": "s3cret", "url": "https://example.org"}


@pytest.fixture(autouse=True)
def _home(settings: Settings, tmp_path: Path) -> None:
    settings.HOME = tmp_path


def test_what_is_sealed_is_unreadable_and_opens_again() -> None:
    sealed = vault.seal(SECRETS)
    assert "s3cret" not in sealed
    assert vault.unseal(sealed) == SECRETS
    assert vault.seal({}) == ""
    assert vault.unseal("") == {}


def test_only_the_owner_may_read_the_key_file() -> None:
    vault.seal(SECRETS)
    assert stat.S_IMODE(vault.key_file().stat().st_mode) == 0o600


def test_with_another_key_file_it_says_so_and_shows_nothing() -> None:
    sealed = vault.seal(SECRETS)
    vault.key_file().write_text(Fernet.generate_key().decode())
    with pytest.raises(Declined) as told:
        vault.unseal(sealed)
    assert "s3cret" not in f"{told.value.say} {told.value.detail}"


@pytest.mark.parametrize("content", [b"", b"\n", b"garbage", b"\xff\xfe\x00", b"A" * 41 + b"="])
def test_a_damaged_key_file_is_declined_with_what_to_do(content: bytes) -> None:
    sealed = vault.seal(SECRETS)
    vault.key_file().write_bytes(content)
    for step in (lambda: vault.unseal(sealed), lambda: vault.seal(SECRETS), vault.make_keys):
        with pytest.raises(Declined) as told:
            step()
        assert "restore it from the backup" in told.value.detail


@pytest.mark.parametrize("broken", ["x", "gAAAA", "ü"])
def test_a_damaged_value_is_declined(broken: str) -> None:
    with pytest.raises(Declined):
        vault.unseal(broken)


@pytest.mark.django_db
def test_after_a_rotation_the_old_key_opens_nothing_and_the_new_one_everything() -> None:
    person = ada()
    Person.objects.filter(pk=person.pk).update(sealed_apprise=vault.seal(SECRETS))
    old_key = vault.key_file().read_text()
    assert vault.rotate() == 1
    assert vault.unopenable() == []
    assert vault.unseal(Person.objects.get(pk=person.pk).sealed_apprise) == SECRETS
    new_key = vault.key_file().read_text()
    assert old_key.strip() not in new_key
    vault.key_file().write_text(old_key)
    assert vault.unopenable() == [f"core.Person {person.pk}"]


@pytest.mark.django_db
def test_a_rotation_that_was_killed_in_the_middle_can_be_repeated() -> None:
    person = ada()
    Person.objects.filter(pk=person.pk).update(sealed_apprise=vault.seal(SECRETS))
    keys = vault.key_file()
    keys.write_text(f"{Fernet.generate_key().decode()}\n{keys.read_text()}")  # fresh key written, nothing sealed yet
    assert vault.rotate() == 1
    assert vault.unseal(Person.objects.get(pk=person.pk).sealed_apprise) == SECRETS


@pytest.mark.django_db(transaction=True)
def test_of_two_rotations_at_once_the_second_waits() -> None:
    """Until the first has dropped the old keys: it would drop the fresh key of the second as well."""
    vault.make_keys()
    before = vault.key_file().read_text()
    with connection.copy().cursor() as first, ThreadPoolExecutor(1) as pool:
        first.execute("SELECT pg_advisory_lock(hashtextextended('vault', 0))")
        second = pool.submit(_rotate_in_a_thread)
        assert _waits(second, first) and vault.key_file().read_text() == before
        first.execute("SELECT pg_advisory_unlock_all()")
        assert second.result() == 0
        first.db.close()


@pytest.mark.django_db(transaction=True)
def test_what_is_being_saved_is_found_by_the_rotation() -> None:
    """It waits until what was sealed with the key of before is in the table."""
    person = ada()
    with ThreadPoolExecutor(1) as pool:
        with vault.keys_kept(), connection.cursor() as cursor:
            sealed = vault.seal(SECRETS)
            rotation = pool.submit(_rotate_in_a_thread)
            assert _waits(rotation, cursor)
            Person.objects.filter(pk=person.pk).update(sealed_apprise=sealed)
        assert rotation.result() == 1
    assert vault.unopenable() == []


@pytest.mark.django_db(transaction=True)
def test_new_alarm_addresses_wait_for_a_rotation() -> None:
    person = ada()
    Person.objects.filter(pk=person.pk).update(sealed_apprise=vault.seal(SECRETS))
    with connection.copy().cursor() as rotation, ThreadPoolExecutor(1) as pool:
        rotation.execute("SELECT pg_advisory_lock(hashtextextended('vault', 0))")
        keeping = pool.submit(_keep_in_a_thread, person)
        assert _waits(keeping, rotation)
        assert Person.objects.get(pk=person.pk).sealed_apprise
        rotation.execute("SELECT pg_advisory_unlock_all()")
        keeping.result()
        rotation.db.close()
    assert not Person.objects.get(pk=person.pk).sealed_apprise


def _keep_in_a_thread(person: Person) -> int:
    try:
        alarms.keep(person, [])
        return 1
    finally:
        connection.close()


def _waits(somebody: Future[int], cursor: CursorWrapper) -> bool:
    """Whether it comes to wait for the lock."""
    waiting = 0
    while not waiting and not somebody.done():
        cursor.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
        waiting = cursor.fetchone()[0]
    return bool(waiting)


def _rotate_in_a_thread() -> int:
    try:
        return vault.rotate()
    finally:
        connection.close()


def test_of_many_who_make_the_key_at_once_all_get_the_same(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        found = set(pool.map(lambda number: keep_secret(tmp_path / "one.key", f"key-{number}"), range(40)))
    assert len(found) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["one.key"]


def test_a_field_is_registered_once() -> None:
    before = list(vault.SEALED_FIELDS)
    vault.register_sealed(*before[0])
    assert before == vault.SEALED_FIELDS
