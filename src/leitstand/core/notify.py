"""Tells people what they should know: in the page at once, by e-mail and alarm address by a job."""

from __future__ import annotations

from collections.abc import Iterable

import apprise
from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.utils import timezone, translation

from leitstand.core import jobs
from leitstand.core.errors import Text
from leitstand.core.models import Notification, Person
from leitstand.core.vault import unseal


def notify(
    people: Iterable[Person], title: Text, body: Text = "", *, url: str = "", level: str = "info", key: str = ""
) -> int:
    """One notification each, in the person's language. With a `key`, unread news is not repeated."""
    return sum(_tell(person, title, body, url, level, key) for person in people)


def _tell(person: Person, title: Text, body: Text, url: str, level: str, key: str) -> bool:
    with translation.override(person.language or translation.get_language()), transaction.atomic():
        if key and Notification.objects.filter(person=person, key=key, read_at=None).exists():
            return False
        news = Notification.objects.create(
            person=person, title=str(title)[:200], body=str(body), url=url, level=level, key=key
        )
        if person.wants_mail or person.sealed_apprise:
            jobs.enqueue(send_out, notification_id=news.pk)
    return True


@jobs.job("core.send_out", queue_name="mail")
def send_out(notification_id: int) -> None:
    """Sends one notification by mail and to the person's alarm addresses; once."""
    news = Notification.objects.select_related("person").get(pk=notification_id)
    if news.sent_at:
        return
    text = "\n\n".join(part for part in (news.body, _absolute(news.url)) if part)
    if news.person.wants_mail and settings.EMAIL_HOST:
        send_mail(news.title, text, None, [news.person.email])
    _sound_alarm(news, text)
    Notification.objects.filter(pk=news.pk).update(sent_at=timezone.now())


def _sound_alarm(news: Notification, text: str) -> None:
    addresses = unseal(news.person.sealed_apprise).get("urls", "").split()
    if addresses:
        alarm = apprise.Apprise(servers=addresses)
        alarm.notify(title=news.title, body=text or news.title)


def _absolute(url: str) -> str:
    return f"{settings.PUBLIC_URL}{url}" if url.startswith("/") else url
