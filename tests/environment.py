"""Prepares the environment before Django is loaded: a folder of its own and a real PostgreSQL."""

from __future__ import annotations

import os
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
    """Sets the environment before Django is loaded; one embedded server serves all test sessions."""
    os.environ["LEITSTAND_HOME"] = tempfile.mkdtemp(prefix="leitstand-test-")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "leitstand.config.settings")
    if not os.environ.get("DATABASE_URL"):
        os.environ["DATABASE_URL"] = _embedded()


_prepare()


def _prepare() -> None:
    """Sets the environment before Django is loaded; one embedded server serves all test sessions."""
    os.environ["LEITSTAND_HOME"] = tempfile.mkdtemp(prefix="leitstand-test-")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "leitstand.config.settings")
    if not os.environ.get("DATABASE_URL"):
        os.environ["DATABASE_URL"] = _embedded()


_prepare()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(request: pytest.FixtureRequest) -> None:
    """A database of its own for each session and each xdist worker."""
    from django.conf import settings
    from django.db import connections

    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    name = f"test_leitstand_{os.environ.get('PYTEST_XDIST_TESTRUNUID', os.getpid())}_{worker}"[:60]
    settings.DATABASES["default"].setdefault("TEST", {})["NAME"] = name
    connections["default"].settings_dict.setdefault("TEST", {})["NAME"] = name


@pytest.fixture(autouse=True)
def no_internet(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A connection to anything but this machine fails loudly."""
    real = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6) and address[0] not in LOOPBACK:
            raise AssertionError(f"a test wanted to reach {address[0]}")
        real(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)
    yield
