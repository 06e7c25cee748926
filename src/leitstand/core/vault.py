"""Credentials at rest: sealed with the keys in HOME/vault.keys (mode 0600, made at first start).

The file holds one key a line, newest first. Rotation puts a fresh key on top, seals every registered
field anew and then drops the old keys, so a stolen old database stays closed. Based on Fernet
(AES-128-CBC with HMAC-SHA256, https://cryptography.io/en/latest/fernet/).
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.apps import apps
from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from leitstand.core.errors import Declined
from leitstand.core.secret_files import keep_secret, write_secret

SEALED_FIELDS: list[tuple[str, str]] = [("core.Person", "sealed_apprise")]


def seal(secrets: Mapping[str, str]) -> str:
    """The mapping as sealed text for a TextField named `sealed_...`; an empty mapping is an empty text."""
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
    """A fresh key for everything; returns how many values were sealed anew. Safe to repeat after a crash."""
    fresh = Fernet.generate_key().decode()
    _write([fresh, *_lines()])
    with transaction.atomic():
        count = sum(_reseal(model, field) for model, field in SEALED_FIELDS)
    _write([fresh])
    return count


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
    return MultiFernet([Fernet(line) for line in _lines()])


def _lines() -> list[str]:
    return keep_secret(key_file(), Fernet.generate_key().decode()).split()


def _write(lines: list[str]) -> None:
    draft = key_file().with_suffix(".new")
    draft.unlink(missing_ok=True)  # left by a crash
    write_secret(draft, "\n".join(lines) + "\n")
    os.replace(draft, key_file())
