"""The one folder that holds everything: database, uploaded files, keys."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from leitstand.config import account, env
from leitstand.core.secrets.secret_files import keep_secret


def home() -> Path:
    """LEITSTAND_HOME, else the user's data folder; made on first use, readable by its owner only."""
    path = env.folder("LEITSTAND_HOME", _default())
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise env.BadSetting("LEITSTAND_HOME", str(path), f"a folder, or a place for one ({error.strerror})") from error
    account.refuse_another_s(path)
    return path


def _default() -> Path:
    base = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(base) / "leitstand"


def secret_key(folder: Path) -> str:
    """The key that signs sessions; made once, kept beside the data with mode 0600. An empty one ends the start."""
    path = folder / "session.key"
    if key := keep_secret(path, secrets.token_urlsafe(50)).strip():
        return key
    raise SystemExit(f"{path} is empty. Remove it and start again: everybody signs in anew, nothing else is lost.")
