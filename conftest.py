"""What all tests stand on: a database of their own, and no way to the internet."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

LOOPBACK = {"127.0.0.1", "::1", "localhost", "0.0.0.0", ""}

# A busy machine makes examples slowly: that says nothing about the code.
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")


@pytest.fixture(scope="session")
def django_db_modify_db_settings() -> None:
    """A database of its own for each session and each xdist worker."""
    from django.db import connections

    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    name = f"test_leitstand_{os.environ.get('PYTEST_XDIST_TESTRUNUID', os.getpid())}_{worker}"[:60]
    connections["default"].settings_dict.setdefault("TEST", {})["NAME"] = name


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """A test that commits is followed by empty tables, the diary's too: its guard is put up by the test about it."""
    from django.db import connection

    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE core_diaryentry DISABLE TRIGGER diary_is_not_emptied")


@pytest.fixture(autouse=True, scope="session")
def fast_passwords() -> None:
    """Slow hashing protects stored passwords; here it would only cost time."""
    from django.conf import settings

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


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


@pytest.fixture(autouse=True)
def no_jobs_left(request: pytest.FixtureRequest, django_db_blocker: Any) -> Iterator[None]:
    """A test that commits is followed by empty tables, but not by an empty queue: its tables are not Django's."""
    yield
    marked = request.node.get_closest_marker("django_db")
    if "live_server" in request.fixturenames or (marked and marked.kwargs.get("transaction")):
        from django.db import connection

        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute("TRUNCATE procrastinate_jobs CASCADE")
