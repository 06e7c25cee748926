"""Secrets in files: made once, mode 0600, beside the data they protect."""

from __future__ import annotations

import os
import secrets
from pathlib import Path


def keep_secret(path: Path, fresh: str) -> str:
    """The secret in that file; `fresh` is written when there is none. Two processes may ask at once."""
    if not path.exists():
        draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
        write_secret(draft, fresh)
        _publish_first(draft, path)
    return path.read_text().strip()


def write_secret(path: Path, text: str) -> None:
    """A fresh file that only its owner may read, on disk before this returns."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def replace_secret(path: Path, text: str) -> None:
    """Another content for the file: whole or not at all, however many write it at once."""
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    write_secret(draft, text)
    os.replace(draft, path)


def _publish_first(draft: Path, path: Path) -> None:
    """A hard link appears whole or not at all, and only for the first who asks."""
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
