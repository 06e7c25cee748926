"""The demo company's channel on the practice network, and a month of posts."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from django.utils import timezone

from leitstand.channels.connect import adopt
from leitstand.connectors.protocol import Account, Connected, Published
from leitstand.core.clock import local_to_utc
from leitstand.core.models import Person
from leitstand.listening import collect
from leitstand.practice import accounts
from leitstand.practice import posts as practice
from leitstand.practice.addresses import account_url, post_url
from leitstand.publishing import approve, compose, schedule
from leitstand.publishing.content import fingerprint
from leitstand.publishing.remember import remember
from leitstand.web.demo import words


def write(demo: Person, team: dict[str, Person], goal_id: int) -> None:
    """Connects the channel and fills calendar and queue."""
    account, token = accounts.open_account("nordlicht", words.COMPANY)
    opened = Account("", account.handle, {"token": token}, str(account.pk))
    channel = adopt(
        "practice", Connected(opened, account.name, account_url(account.handle), followers=account.followers), demo
    )
    for days, hour, language, serves, text in words.PAST:
        post = practice.remember(account, text, language, _moment(-days, hour))
        proof = Published(str(post.pk), post_url(post.pk), post.visible_at)
        remember(team["mia"], channel.pk, text, language, proof, goal_id if serves else None)
    collect.begin_at(channel.pk, f"{int((timezone.now() - timedelta(hours=6)).timestamp() * 1_000_000)}-0")
    for days, hour, language, serves, text in words.PLANNED:
        _plan(demo, channel.pk, language, text, _moment(days, hour), goal_id if serves else None)
    waiting = _draft(team["mia"], channel.pk, "de", words.WAITING, None)
    approve.submit(waiting, team["mia"])
    _draft(team["jonas"], channel.pk, "de", words.DRAFT, None)


def _plan(demo: Person, channel_id: int, language: str, text: str, at: datetime, goal_id: int | None) -> None:
    post = _draft(demo, channel_id, language, text, goal_id)
    approve.approve(post, demo, fingerprint(post))
    schedule.plan(post, at, demo)


def _draft(author: Person, channel_id: int, language: str, text: str, goal_id: int | None):  # type: ignore[no-untyped-def]
    change = compose.Change({"text": text, "goal_id": goal_id}, [compose.VersionChange(channel_id)])
    return compose.revise(compose.start(author, language), change)


def _moment(days: int, hour: int) -> datetime:
    """That wall-clock hour, so many days from today."""
    day = timezone.localdate() + timedelta(days=days)
    return local_to_utc(datetime.combine(day, time(hour))).utc
