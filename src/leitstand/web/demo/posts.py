"""The demo company's channels on the practice network, and a month of posts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from leitstand.channels.connect import adopt
from leitstand.connectors.protocol import Account, Connected, Published
from leitstand.core.clock import local_to_utc
from leitstand.core.models import Person
from leitstand.listening import collect
from leitstand.practice import accounts
from leitstand.practice import posts as practice
from leitstand.practice.addresses import account_url, post_url
from leitstand.practice.kinds import KINDS
from leitstand.publishing import approve, compose, schedule
from leitstand.publishing.content import fingerprint
from leitstand.publishing.remember import remember
from leitstand.web.demo import words

if TYPE_CHECKING:
    from leitstand.practice.models import Account as PracticeAccount
    from leitstand.publishing.models import Post


def write(demo: Person, team: dict[str, Person], goal_id: int) -> None:
    """Connects the channels and fills calendar and queue."""
    square, short, *_others = [_connect(kind, demo) for kind in KINDS]
    for days, hour, language, serves, text in words.PAST:
        post = practice.remember(square.account, text, language, _moment(-days, hour))
        proof = Published(str(post.pk), post_url(post.pk), post.visible_at)
        remember(team["mia"], square.channel_id, text, language, proof, goal_id if serves else None)
    for days, hour, language, serves, text in words.PLANNED:
        on = [square.channel_id, short.channel_id]
        _plan(demo, on, language, text, _moment(days, hour), goal_id if serves else None)
    waiting = _draft(team["mia"], [square.channel_id], "de", words.WAITING, None)
    approve.submit(waiting, team["mia"])
    _draft(team["jonas"], [square.channel_id, short.channel_id], "de", words.DRAFT, None)


@dataclass(frozen=True, slots=True)
class Opened:
    """An account over there and our channel here."""

    account: PracticeAccount
    channel_id: int


def _connect(kind: str, demo: Person) -> Opened:
    account, token = accounts.open_account("nordlicht", words.COMPANY, kind)
    ours = Account("", account.handle, {"token": token}, str(account.pk))
    told = Connected(ours, account.name, account_url(account.handle), followers=account.followers)
    channel = adopt(kind, told, demo)
    collect.begin_at(channel.pk, f"{int((timezone.now() - timedelta(hours=6)).timestamp() * 1_000_000)}-0")
    return Opened(account, channel.pk)


def _plan(demo: Person, on: list[int], language: str, text: str, at: datetime, goal_id: int | None) -> None:
    post = _draft(demo, on, language, text, goal_id)
    approve.approve(post, demo, fingerprint(post))
    schedule.plan(post, at, demo)


def _draft(author: Person, on: list[int], language: str, text: str, goal_id: int | None) -> Post:
    change = compose.Change({"text": text, "goal_id": goal_id}, [compose.VersionChange(one) for one in on])
    return compose.revise(compose.start(author, language), change, author)


def _moment(days: int, hour: int) -> datetime:
    """That wall-clock hour, so many days from today."""
    day = timezone.localdate() + timedelta(days=days)
    return local_to_utc(datetime.combine(day, time(hour))).utc
