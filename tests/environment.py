"""Prepares the environment before Django is loaded: a folder of its own and a real PostgreSQL."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent


def _embedded() -> str:
    from leitstand.config import postgres

    home = Path(os.environ.get("LEITSTAND_TEST_SERVER", CHECKOUT / ".cache" / "test-server"))
    home.mkdir(parents=True, exist_ok=True)
    postgres.start(home, fsync="off", synchronous_commit="off", full_page_writes="off", max_connections="200")
    return f"postgresql://leitstand@/leitstand?host={postgres.socket_folder(home)}"


def _prepare() -> None:
    os.environ["LEITSTAND_HOME"] = home = tempfile.mkdtemp(prefix="leitstand-test-")
    # Not the folder that all test runs of one person share: each run that begins closes it to the databases of others.
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", home)
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "leitstand.config.settings")
    if not os.environ.get("DATABASE_URL"):
        os.environ["DATABASE_URL"] = _embedded()


_prepare()
