"""Telling people: in the page, by mail, by alarm address; and their pages."""

from __future__ import annotations

import pytest
from django.core import mail
from django.urls import reverse
from django.utils.translation import gettext_lazy
from pytest_django import Settings
from tests.people import ada, ben, company, signed_in

from leitstand.core import jobs
from leitstand.core.models import Notification, Person
from leitstand.core.notify import filled, language_of, notify, seen_to

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:'imghdr' is deprecated")]  # a plugin of Apprise


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


def test_news_of_a_matter_that_is_done_counts_as_read() -> None:
    for key in ("fire-1", "fire-11"):
        notify([ben(), ada()], "Fire", url=f"/{key}/", key=key)
    assert seen_to(ben(), url="/fire-11/") == 1
    assert seen_to(key="fire-1") == 2
    left = Notification.objects.filter(read_at=None)
    assert [(news.person.name, news.key) for news in left] == [("Ada", "fire-11")]


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


def test_line_breaks_in_a_name_silence_no_mail(settings: Settings) -> None:
    settings.EMAIL_HOST = "mail.example.org"
    notify([ben()], "Karl\r\nBcc: eve@example.org\u2028waits for an answer" + " still" * 100)
    jobs.run_waiting()
    assert mail.outbox[0].subject.startswith("Karl Bcc: eve@example.org waits for an answer still")
    assert (mail.outbox[0].bcc, len(mail.outbox[0].subject) <= 200) == ([], True)


def test_without_a_mail_server_nothing_is_tried() -> None:
    notify([ben()], "Look")
    assert jobs.run_waiting() == 0


def test_what_was_read_meanwhile_is_not_sent(settings: Settings) -> None:
    settings.EMAIL_HOST = "mail.example.org"
    notify([ben()], "Look")
    signed_in(ben()).post(reverse("core:all-read"))
    jobs.run_waiting()
    assert mail.outbox == []


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
