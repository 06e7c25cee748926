"""A time so far away that no calendar can show it is declined at each door."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse
from django.utils import timezone
from tests import people
from tests.people import signed_in

from leitstand.core.errors import Declined
from leitstand.publishing import schedule
from leitstand.publishing.content import fingerprint
from leitstand.publishing.models import Approval, Publication
from leitstand.publishing.tests.conftest import approved, fresh, planned, written
from leitstand.publishing.times import exact

if TYPE_CHECKING:
    from leitstand.channels.models import Channel

FAR = {"day": "9999-12-31", "time": "23:30"}


def test_nothing_is_planned_beyond_ten_years(channel: Channel) -> None:
    post, gina = approved(channel), people.gina()
    with pytest.raises(Declined):
        schedule.plan(post, timezone.now() + timedelta(days=3_700), gina)
    answer = signed_in(gina).post(reverse("publishing:plan", args=[post.pk]), {**FAR, "seen": fingerprint(post)})
    assert answer.status_code == 422
    assert Publication.objects.count() == 0
    assert schedule.plan(post, timezone.now() + timedelta(days=3_600), gina)


@pytest.mark.parametrize("door", ["move", "drag"])
def test_nothing_is_moved_there(channel: Channel, door: str) -> None:
    publication = planned(channel, timezone.now() + timedelta(hours=1))
    url, gina = reverse(f"publishing:{door}", args=[publication.pk]), signed_in(people.gina())
    start = json.dumps({"start": f"{FAR['day']}T{FAR['time']}"})
    answer = gina.post(url, FAR) if door == "move" else gina.post(url, start, content_type="application/json")
    assert answer.status_code == 422
    assert fresh(publication).planned_for == publication.planned_for
    assert gina.get(reverse("publishing:queue")).status_code == 200


@pytest.mark.parametrize("typed", ["9999-12-31T23:59:59", "9999-12-31T23:59:59-12:00", "0001-01-01T00:00:00+14:00"])
def test_a_time_outside_the_calendar_is_declined_or_far(db: None, typed: str) -> None:
    people.company(time_zone="America/Los_Angeles")
    with pytest.raises(Declined):
        schedule._check_time(exact(datetime.fromisoformat(typed)))


def test_a_time_that_has_passed_leaves_no_approval_behind(channel: Channel) -> None:
    post = written(channel)
    data = {"day": "2020-01-01", "time": "10:00", "seen": fingerprint(post)}
    assert signed_in(people.gina()).post(reverse("publishing:plan", args=[post.pk]), data).status_code == 422
    post.refresh_from_db()
    assert (post.state, Approval.objects.count()) == ("draft", 0)
