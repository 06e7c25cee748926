"""Tells people what they should know: in the page at once, by e-mail and alarm address by a job each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.db import IntegrityError, transaction
from django.utils import timezone, translation
from django.utils.functional import lazy

from leitstand.core import alarms, jobs
from leitstand.core.company.languages import spoken_here
from leitstand.core.errors import Text
from leitstand.core.models import Company, Notification, Person
from leitstand.core.text.one_line import one_line


def _fill(text: Any, places: Mapping[str, object]) -> str:
    return str(text % places)


# A text with places, translated and filled only when read: each person gets their own language.
filled = lazy(_fill, str)


def notify(
    people: Iterable[Person], title: Text, body: Text = "", *, url: str = "", level: str = "info", key: str = ""
) -> int:
    """One notification each, in the person's language; returns how many. Closed accounts get none.

    With a `key`, unread news is not repeated: it names the occurrence, for the next one is news again.
    """
    return sum(_tell(person, title, body, url, level, key) for person in people if person.is_active)


def seen_to(person: Person | None = None, **which: str) -> int:
    """The matter is done, so its unread news counts as read: for one person, or for all; returns how many there were.

    `which` names the matter: the `key` of its news, or the `url` of the page where it was to be done.
    """
    news = Notification.objects.filter(read_at=None, **which)
    return (news.filter(person=person) if person else news).update(read_at=timezone.now())


def _tell(person: Person, title: Text, body: Text, url: str, level: str, key: str) -> bool:
    with translation.override(language_of(person)):
        facts = {"title": one_line(str(title), 200), "body": str(body), "url": url[:300], "level": level, "key": key}
    try:
        with transaction.atomic():
            news = Notification.objects.create(person=person, **facts)
            _send(person, news)
    except IntegrityError:  # the same news is there, unread
        return False
    return True


def _send(person: Person, news: Notification) -> None:
    if person.wants_mail and settings.EMAIL_HOST:
        jobs.enqueue(send_out, notification_id=news.pk)
    if person.sealed_apprise:
        jobs.enqueue(sound_alarm, notification_id=news.pk)


def language_of(person: Person) -> str:
    """The person's own language, else the first one of the company that Leitstand speaks, else English."""
    return spoken_here([person.language, *Company.current().languages])


@jobs.job("core.send_out", queue_name="mail")
def send_out(notification_id: int) -> None:
    """Sends one notification by mail; once, and not when it has been read or removed meanwhile."""
    news = _unsent(notification_id)
    if news and settings.EMAIL_HOST and not news.sent_at:
        send_mail(news.title, _text(news), None, [news.person.email])
        Notification.objects.filter(pk=news.pk).update(sent_at=timezone.now())


@jobs.job("core.sound_alarm", queue_name="mail", tries=4)
def sound_alarm(notification_id: int) -> None:
    """A job for each of the person's alarm addresses: one that fails neither silences nor repeats the others."""
    news = _unsent(notification_id)
    with transaction.atomic():
        for place in range(len(alarms.addresses(news.person)) if news else 0):
            jobs.enqueue(call_address, notification_id=notification_id, place=place)


@jobs.job("core.call_address", queue_name="mail", tries=8)
def call_address(notification_id: int, place: int) -> None:
    """Sends one notification to the alarm address at that place of the person's list; jobs carry no secrets."""
    news = _unsent(notification_id)
    if news and (there := alarms.addresses(news.person)[place : place + 1]):
        alarms.call(there[0], news.title, _text(news))


def _unsent(notification_id: int) -> Notification | None:
    unread = Notification.objects.select_related("person").filter(read_at=None, person__is_active=True)
    return unread.filter(pk=notification_id).first()


def _text(news: Notification) -> str:
    return "\n\n".join(part for part in (news.body, _absolute(news.url)) if part)


def _absolute(url: str) -> str:
    return f"{settings.PUBLIC_URL}{url}" if url.startswith("/") else url
