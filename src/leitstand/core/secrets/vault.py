"""Credentials at rest: sealed with the keys in HOME/vault.keys (mode 0600, made at first start).

The file holds one key a line, newest first. Rotation puts a fresh key on top, seals every registered
field anew and then drops the old keys, so a stolen old database stays closed. Based on Fernet
(AES-128-CBC with HMAC-SHA256, https://cryptography.io/en/latest/fernet/).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.apps import apps
from django.conf import settings
from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from leitstand.core.errors import Declined
from leitstand.core.secrets.secret_files import keep_secret, replace_secret

SEALED_FIELDS: list[tuple[str, str]] = [("core.Person", "sealed_apprise")]


def seal(secrets: Mapping[str, str]) -> str:
    """The mapping as sealed text for a TextField named `sealed_...`; an empty mapping is an empty text.

    What is to be stored is sealed and saved inside `keys_kept`.
    """
    return _keys().encrypt(json.dumps(dict(secrets)).encode()).decode() if secrets else ""


def unseal(sealed: str) -> dict[str, str]:
    """The mapping that was sealed. Raises Declined when no key opens it."""
    if not sealed:
        return {}
    try:
        opened: dict[str, str] = json.loads(_keys().decrypt(sealed.encode()))
    except InvalidToken as error:
        raise Declined(
            _("The stored credentials cannot be opened: the key file is not the one they were sealed with."),
            f"no key in {key_file()} opens a sealed value; restore the key file from the backup",
        ) from error
    return opened


def make_keys() -> None:
    """The key file, where there is none yet."""
    _keys()


def key_file() -> Path:
    return Path(settings.HOME) / "vault.keys"


def register_sealed(model: str, field: str) -> None:
    """Tells the rotation (and the doctor) of one more sealed field, as "room.Model", "sealed_field"."""
    if (model, field) not in SEALED_FIELDS:
        SEALED_FIELDS.append((model, field))


def rotate() -> int:
    """A fresh key for everything; returns how many values were sealed anew. Safe to repeat after a crash.

    Of two at once each would drop the key that the other has just sealed with: the second one waits.
    """
    with _locked("pg_advisory_lock", "pg_advisory_unlock"):
        fresh = Fernet.generate_key().decode()
        _write([fresh, *_lines()])
        with transaction.atomic():
            count = sum(_reseal(model, field) for model, field in SEALED_FIELDS)
        _write([fresh])
        return count


@contextmanager
def keys_kept() -> Iterator[None]:
    """From sealing until it is committed: a rotation in between would not find the value, and drop its key."""
    with _locked("pg_advisory_lock_shared", "pg_advisory_unlock_shared"):
        yield


@contextmanager
def _locked(lock: str, unlock: str) -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {lock}(hashtextextended('vault', 0))")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {unlock}(hashtextextended('vault', 0))")


def unopenable() -> list[str]:
    """Names of stored values that no key opens, for the doctor."""
    return [
        f"{model} {row.pk}" for model, field in SEALED_FIELDS for row in _rows(model, field) if not _opens(row, field)
    ]


def _opens(row: object, field: str) -> bool:
    try:
        unseal(getattr(row, field))
    except Declined:
        return False
    return True


def _reseal(model: str, field: str) -> int:
    rows = list(_rows(model, field).select_for_update())
    for row in rows:
        setattr(row, field, _keys().rotate(getattr(row, field).encode()).decode())
        row.save(update_fields=[field])
    return len(rows)


def _rows(model: str, field: str) -> QuerySet[Any]:
    found: QuerySet[Any] = apps.get_model(model)._default_manager.exclude(**{field: ""}).only("pk", field)
    return found


def _keys() -> MultiFernet:
    try:
        return MultiFernet([Fernet(line) for line in _lines()])
    except ValueError as error:  # no key at all, or what is none
        raise Declined(
            _("The key file for stored credentials is damaged: it must be restored from the backup."),
            f"{key_file()} holds no whole keys; restore it from the backup, or remove it and reconnect the channels",
        ) from error


def _lines() -> list[str]:
    return keep_secret(key_file(), Fernet.generate_key().decode()).split()


def _write(lines: list[str]) -> None:
    replace_secret(key_file(), "\n".join(lines) + "\n")
