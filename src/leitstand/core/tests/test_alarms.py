"""Alarms to the addresses people name: they reach them, lead nowhere else, and tell no secrets."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any

import pytest
from django.core import mail
from django.urls import reverse
from pytest_django import Settings
from tests.people import ben, signed_in

from leitstand.core import alarms, jobs
from leitstand.core.errors import Declined, NotYet
from leitstand.core.models import Notification, Person
from leitstand.core.notify import call_address, notify, sound_alarm

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:'imghdr' is deprecated")]  # a plugin of Apprise


@contextmanager
def ear(status: int = 200, location: str = "") -> Iterator[tuple[str, list[bytes]]]:
    """A small server on this machine that hears what Apprise calls out."""
    heard: list[bytes] = []

    class Ear(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            heard.append(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(status)
            self.send_header("Location", location)
            self.end_headers()

        def log_message(self, *_words: object) -> None:
            return

    server = HTTPServer(("127.0.0.1", 0), Ear)
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"json://127.0.0.1:{server.server_port}", heard
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_an_alarm_reaches_the_address_of_the_person(settings: Settings) -> None:
    settings.PRIVATE_HOSTS = frozenset({"127.0.0.1"})
    with ear() as (address, heard):
        alarms.keep(ben(), [address])
        notify([Person.objects.get(pk=ben().pk)], "Fire", "in the shop", level="alarm")
        jobs.run_waiting()
    assert b"Fire" in heard[0]


def test_an_alarm_that_is_not_taken_fails_without_telling_secrets_and_is_tried_again(settings: Settings) -> None:
    settings.PRIVATE_HOSTS = frozenset({"127.0.0.1"})
    with ear(500) as (address, heard), pytest.raises(NotYet) as told:
        alarms.call(address.replace("//", "//me:s3cret@") + "/room/k3y", "Fire", "")
    assert len(heard) == 1
    assert str(told.value) == "The alarm address did not take the message: json://…"


@pytest.mark.parametrize(
    "address", ["ntfys://topic", "slack://T1JJ3T3L2/A1BRTD4JD/TIiajkdnl", "https://hooks.example/x"]
)
def test_of_an_alarm_address_only_its_kind_is_told(address: str) -> None:
    assert alarms.hidden(address) == address.split(":")[0] + "://…"


def test_an_address_that_fails_does_not_silence_the_others(settings: Settings) -> None:
    settings.PRIVATE_HOSTS = frozenset({"127.0.0.1"})
    with ear(500) as (deaf, _missed), ear() as (address, heard):
        alarms.keep(ben(), [f"{deaf}/s3cret", address])
        notify([Person.objects.get(pk=ben().pk)], "Fire", level="alarm")
        sound_alarm(Notification.objects.get().pk)
        waiting = jobs.waiting().filter(task_name="core.call_address").order_by("id")
        assert "s3cret" not in str(waiting.values_list("args", flat=True))
        with pytest.raises(NotYet):
            call_address(**waiting[0].args)
        call_address(**waiting[1].args)
    assert b"Fire" in heard[0]


def test_a_test_call_reaches_the_others_when_one_address_fails(settings: Settings) -> None:
    settings.PRIVATE_HOSTS = frozenset({"127.0.0.1"})
    with ear(500) as (deaf, _missed), ear() as (address, heard):
        alarms.keep(ben(), [f"{deaf}/s3cret", address])
        answer = signed_in(Person.objects.get(pk=ben().pk)).post(reverse("core:alarm-test"))
    assert answer.status_code == 422
    assert "The alarm address did not take the message: json://…" in answer.content.decode()
    assert len(heard) == 1


def test_a_redirect_leads_an_alarm_nowhere(settings: Settings) -> None:
    settings.PRIVATE_HOSTS = frozenset({"127.0.0.1"})
    with (
        ear() as (inside, heard),
        ear(307, inside.replace("json", "http")) as (address, asked),
        pytest.raises(NotYet),
    ):
        alarms.call(f"{address}?redirect=yes", "Fire", "in the shop")
    assert (len(asked), heard) == (1, [])


def test_a_name_that_leads_inside_by_now_is_not_called(monkeypatch: pytest.MonkeyPatch) -> None:
    """It was public when it was saved."""
    address = "json://harmless.example"
    answers = iter(["93.184.215.14", "10.0.0.7"])

    def resolve(*_asked: object, **_more: object) -> list[object]:
        return [(2, 1, 6, "", (next(answers), 0))]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    alarms.keep(ben(), [address])
    with pytest.raises(Declined) as told:
        alarms.call(address, "Fire", "")
    assert "private network" in str(told.value.say)


def test_a_name_that_changes_its_mind_during_the_call_gains_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Public when it is checked, inside when it is connected."""
    real, asked = socket.getaddrinfo, []

    def changing(host: Any, *rest: Any, **more: Any) -> Any:
        if host == "rebind.example":
            asked.append(host)
            host = "93.184.215.14" if len(asked) == 1 else "127.0.0.1"
        return real(host, *rest, **more)

    monkeypatch.setattr(socket, "getaddrinfo", changing)
    with ear() as (address, heard), pytest.raises(Declined) as told:
        alarms.call(f"{address.replace('127.0.0.1', 'rebind.example')}/inside", "Fire", "")
    assert "private network" in str(told.value.say)
    assert (len(asked), heard) == (2, [])


def test_a_named_port_opens_only_that_port(settings: Settings) -> None:
    with ear() as (address, heard), ear() as (neighbour, missed):
        settings.PRIVATE_HOSTS = frozenset({address.removeprefix("json://")})
        alarms.call(address, "Fire", "")
        with pytest.raises(Declined):
            alarms.call(neighbour, "Fire", "")
    assert (len(heard), missed) == (1, [])


@pytest.mark.parametrize(
    "address",
    [
        "json://127.0.0.1:8000",
        "json://localhost",
        "json://169.254.169.254/latest",
        "xml://10.0.0.1",
        "syslog://",
        "dbus://",
        "nonsense",
        "file:///etc/passwd",
        "json://[::1]/",
        "jsons://[64:ff9b::7f00:1]/",
        "jsons://[2002:7f00:1::]/",
        "jsons://[::127.0.0.1]/",
        "jsons://[fec0::1]/",
        "json://224.0.0.1/",
        "json://[ff02::1]/",
        "mailto://me:secret@example.org?smtp=127.0.0.1",
        "mailto://me:secret@example.org?pgp=yes&pgppub=/etc/passwd",
        "fcm://project@key/token?mode=oauth2&keyfile=http://127.0.0.1:8000/",
        "vapid://me@example.org/you?keyfile=http://127.0.0.1:8000/",
        "workflow://example.org/a/b?Template=http://127.0.0.1:8000/",
        "https://discord.com/api/webhooks/1234567890/abcdefghij?template=file:///etc/passwd",
        "ntfys://topic?attach=http://127.0.0.1:8000/",
        "ntfys://topic?retry=1000&wait=60",
        "vapid://me@example.org/you",
    ],
)
def test_addresses_that_lead_inside_or_nowhere_are_refused(address: str) -> None:
    answer = signed_in(ben()).post(reverse("core:alarms"), {"addresses": address})
    assert answer.status_code == 422
    assert Person.objects.get(pk=ben().pk).sealed_apprise == ""


def test_alarm_addresses_are_kept_sealed_shown_to_their_owner_and_removed_again() -> None:
    browser, address = signed_in(ben()), "ntfys://my-secret-topic"
    browser.post(reverse("core:alarms"), {"addresses": f"{address}\n{address}"})
    kept = Person.objects.get(pk=ben().pk)
    assert "secret" not in kept.sealed_apprise
    assert alarms.addresses(kept) == [address]
    assert address in browser.get(reverse("core:profile")).content.decode()
    browser.post(reverse("core:alarms"), {"addresses": ""})
    assert Person.objects.get(pk=ben().pk).sealed_apprise == ""


def test_a_test_call_says_whether_it_worked(settings: Settings) -> None:
    settings.PRIVATE_HOSTS = frozenset({"127.0.0.1"})
    browser = signed_in(ben())
    assert browser.post(reverse("core:alarm-test")).status_code == 422
    with ear() as (address, heard):
        browser.post(reverse("core:alarms"), {"addresses": address})
        assert browser.post(reverse("core:alarm-test")).status_code == 303
        assert len(heard) == 1
    assert browser.post(reverse("core:alarm-test")).status_code == 422


def test_a_closed_account_hears_nothing_any_more(settings: Settings) -> None:
    settings.EMAIL_HOST, settings.PRIVATE_HOSTS = "mail.example.org", frozenset({"127.0.0.1"})
    with ear() as (address, heard):
        alarms.keep(ben(), [address])
        notify([Person.objects.get(pk=ben().pk)], "Before", level="alarm")
        Person.objects.filter(pk=ben().pk).update(is_active=False)
        assert notify([Person.objects.get(pk=ben().pk)], "After", level="alarm") == 0
        jobs.run_waiting()
    assert (heard, mail.outbox) == ([], [])
