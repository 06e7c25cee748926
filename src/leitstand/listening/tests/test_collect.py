"""The inboxes of our own channels: read at their pace, and whatever a stranger writes."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import httpx
import pytest
from django.utils import timezone
from tests import people
from tests.wire import Wire

from leitstand.channels.connect import connect
from leitstand.channels.wires import hang_up, through
from leitstand.core import jobs
from leitstand.listening.collect import collect, collect_all
from leitstand.listening.models import ChannelCursor, Mention

NOTE = Wire("mastodon").answers["listen"]["responses"][0]["json"][0]
ME = {"id": "1", "acct": "morgenrot", "display_name": "Morgenrot", "url": "https://social.example/@morgenrot"}


def note(number: int, account: dict[str, Any], status: dict[str, Any]) -> dict[str, Any]:
    said = NOTE["status"] | {"id": f"s{number}", "content": f"<p>@morgenrot Frage {number}?</p>"} | status
    return {**NOTE, "id": str(number), "status": said, "account": NOTE["account"] | account}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("account", "status", "heard"),
    [
        ({"followers_count": 2**40}, {}, 3),
        ({"url": None, "display_name": "\x00"}, {}, 3),
        ({}, {"content": "<p>@morgenrot a\x00b</p>"}, 3),
        ({}, {"url": f"https://{'İ' * 600}/a"}, 3),
        ({}, {"created_at": "9999-12-31T23:59:59.000Z"}, 3),
        ({}, {"created_at": "0000-01-01T00:00:00.000Z"}, 2),
        ({"acct": 7, "id": None}, {"content": None}, 2),
    ],
)
def test_what_a_stranger_writes_never_stops_an_inbox(
    account: dict[str, Any], status: dict[str, Any], heard: int
) -> None:
    people.company(service_hours={})
    notes = [note(3, {}, {}), note(2, account, status), note(1, {}, {})]
    answers = {"/api/v1/notifications": notes}
    with through(httpx.MockTransport(lambda request: httpx.Response(200, json=answers.get(request.url.path, ME)))):
        channel = connect("mastodon", {"server": "https://social.example", "token": "geheimnis-1"}, people.gina())
        assert collect(channel_id=channel.pk) == heard
        jobs.run_waiting()
    hang_up()
    assert Mention.objects.count() == heard
    for page in ("/community/", "/listening/"):
        assert people.signed_in(people.cleo()).get(page).status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("slug", "rested", "read"),
    [("mastodon", 9, False), ("mastodon", 60, True), ("practice", 9, True)],
)
def test_networks_of_others_are_read_once_a_minute(slug: str, rested: int, read: bool, settings: Any) -> None:
    settings.PUBLIC_URL = "http://127.0.0.1:9"
    people.company()
    me = ME | {"handle": "morgenrot", "name": "Morgenrot", "token": "geheimnis-1"}
    form = {"server": "https://social.example", "token": "geheimnis-1", "handle": "morgenrot"}
    with through(httpx.MockTransport(lambda request: httpx.Response(200, json=me))):
        channel = connect(slug, form, people.gina())
        collect(channel_id=channel.pk)
    hang_up()
    jobs.run_waiting()
    assert timezone.now() - ChannelCursor.objects.get().read_at < timedelta(
        minutes=1
    )  # asked, though nothing was heard
    ChannelCursor.objects.update(read_at=timezone.now() - timedelta(seconds=rested))
    collect_all()
    assert (jobs.waiting().count() == 1) is read
