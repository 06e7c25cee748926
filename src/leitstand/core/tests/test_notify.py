"""Telling people: in the page, by mail, by alarm address; and their pages."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest
from django.core import mail
from django.urls import reverse
from django.utils.translation import gettext_lazy
from pytest_django import Settings
from tests.people import ada, ben, company, signed_in

from leitstand.core import alarms, jobs
from leitstand.core.errors import Declined
from leitstand.core.models import Notification, Person
from leitstand.core.notify import filled, language_of, notify

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


def test_news_stands_in_the_page_and_on_the_bell() -> None:
    notify([ben()], "Look", "at this", url="/profile/")
    browser = signed_in(ben())
    assert "Look" in browser.get(reverse("core:notifications")).content.decode()
    assert "(1)" in browser.get(reverse("core:bell")).content.decode()


def test_the_same_news_is_not_repeated_while_unread() -> None:
    assert notify([ben()], "One", key="same") == 1
    assert notify([ben()], "Two", key="same") == 0
    signed_in(ben()).post(reverse("core:all-read"))
    assert notify([ben()], "Three", key="same") == 1
    assert notify([ben(), ada()], "No key") == 2


def test_each_person_is_told_in_their_own_language() -> None:
    company(languages=["de"])
    german, english, neither = ada(), ben(), ben()
    Person.objects.filter(pk=german.pk).update(language="de")
    german.refresh_from_db()
    neither.language = ""
    assert (language_of(german), language_of(english), language_of(neither)) == ("de", "en", "de")
    notify([german, english], gettext_lazy("Diary"))
    assert list(Notification.objects.order_by("person__name").values_list("title", flat=True)) == ["Tagebuch", "Diary"]


def test_a_text_with_places_is_told_in_each_persons_language() -> None:
    company(languages=["de"])
    Person.objects.filter(pk=ada().pk).update(language="de")
    notify([Person.objects.get(pk=ada().pk), ben()], filled(gettext_lazy("%(span)s ago"), {"span": "7"}))
    assert list(Notification.objects.order_by("person__name").values_list("title", flat=True)) == ["vor 7", "7 ago"]


def test_mail_goes_out_once_to_those_who_want_it(settings: Settings) -> None:
    settings.EMAIL_HOST = "mail.example.org"
    Person.objects.filter(pk=ada().pk).update(wants_mail=False)
    notify([Person.objects.get(pk=ada().pk), ben()], "Look", "at this", url="/people/")
    jobs.run_waiting()
    assert [message.to for message in mail.outbox] == [["ben@example.org"]]
    assert f"{settings.PUBLIC_URL}/people/" in mail.outbox[0].body


def test_without_a_mail_server_nothing_is_tried() -> None:
    notify([ben()], "Look")
    assert jobs.run_waiting() == 0


def test_what_was_read_meanwhile_is_not_sent(settings: Settings) -> None:
    settings.EMAIL_HOST = "mail.example.org"
    notify([ben()], "Look")
    signed_in(ben()).post(reverse("core:all-read"))
    jobs.run_waiting()
    assert mail.outbox == []


def test_an_alarm_reaches_the_address_of_the_person(settings: Settings) -> None:
    settings.PRIVATE_HOSTS = frozenset({"127.0.0.1"})
    with ear() as (address, heard):
        alarms.keep(ben(), [address])
        notify([Person.objects.get(pk=ben().pk)], "Fire", "in the shop", level="alarm")
        jobs.run_waiting()
    assert b"Fire" in heard[0]


def test_an_alarm_that_is_not_taken_fails_without_telling_secrets(settings: Settings) -> None:
    settings.PRIVATE_HOSTS = frozenset({"127.0.0.1"})
    with ear(500) as (address, _heard):
        alarms.keep(ben(), [address.replace("//", "//me:s3cret@")])
        with pytest.raises(Declined) as told:
            alarms.call(Person.objects.get(pk=ben().pk), "Fire", "")
    assert "s3cret" not in str(told.value.say)


def test_a_redirect_leads_an_alarm_nowhere(settings: Settings) -> None:
    settings.PRIVATE_HOSTS = frozenset({"127.0.0.1"})
    with ear() as (inside, heard), ear(307, inside.replace("json", "http")) as (address, asked):
        alarms.keep(ben(), [f"{address}?redirect=yes"])
        with pytest.raises(Declined):
            alarms.call(Person.objects.get(pk=ben().pk), "Fire", "in the shop")
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
        alarms.call(Person.objects.get(pk=ben().pk), "Fire", "")
    assert "private network" in str(told.value.say)


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
        "mailto://me:secret@example.org?smtp=127.0.0.1",
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


def test_nobody_reads_or_ticks_off_the_news_of_others() -> None:
    notify([ada()], "For Ada alone")
    news = Notification.objects.get()
    browser = signed_in(ben())
    assert "For Ada alone" not in browser.get(reverse("core:notifications")).content.decode()
    assert browser.post(reverse("core:read", args=[news.pk])).status_code == 404
    browser.post(reverse("core:all-read"))
    news.refresh_from_db()
    assert news.read_at is None


@pytest.mark.parametrize(
    ("url", "leads_to"),
    [("/profile/", "/profile/"), ("https://evil.example", "/notifications/"), ("//evil.example", "/notifications/")],
)
def test_a_click_marks_it_read_and_goes_only_inside(url: str, leads_to: str) -> None:
    notify([ben()], "Look", url=url)
    news = Notification.objects.get()
    answer = signed_in(ben()).post(reverse("core:read", args=[news.pk]), {"go": "1"})
    assert answer["Location"] == leads_to
    news.refresh_from_db()
    assert news.read_at is not None
