"""The one folder that holds everything: database, uploaded files, keys."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from leitstand.config import env
from leitstand.core.secret_files import keep_secret


def home() -> Path:
    """LEITSTAND_HOME, else the user's data folder; made on first use, readable by its owner only."""
    path = env.folder("LEITSTAND_HOME", _default())
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def _default() -> Path:
    base = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(base) / "leitstand"


def secret_key(folder: Path) -> str:
    """The key that signs sessions; made once, kept beside the data with mode 0600."""
    return keep_secret(folder / "session.key", secrets.token_urlsafe(50))
