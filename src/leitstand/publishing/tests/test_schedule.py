"""Times and double clicks: what is planned goes out once, and only when it should."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from benchmarks.loopback_network import Network
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from tests import people

from leitstand.channels.disconnect import disconnect
from leitstand.core import jobs
from leitstand.core.clock import local
from leitstand.core.errors import Declined
from leitstand.core.models import DiaryEntry
from leitstand.publishing import approve, compose, hold, schedule, settle
from leitstand.publishing.content import fingerprint
from leitstand.publishing.models import Asset, PostImage, Publication
from leitstand.publishing.tests.conftest import (
    COFFEE,
    another_channel,
    approved,
    fresh,
    outcomes,
    planned,
    send_due,
    written,
)
from leitstand.publishing.times import ComesTwice, read_when

if TYPE_CHECKING:
    from leitstand.channels.models import Channel


def test_a_double_click_plans_once(network: Network, channel: Channel) -> None:
    post, gina = approved(channel), people.gina()
    first = schedule.plan(post, timezone.now(), gina)
    second = schedule.plan(post, timezone.now(), gina)
    assert [one.pk for one in first] == [one.pk for one in second]
    send_due()
    with pytest.raises(Declined, match="This text is out on all chosen channels already"):
        schedule.plan(post, timezone.now(), gina)
    send_due()
    assert network.texts() == [COFFEE]


def test_another_time_chosen_on_the_page_moves_what_is_planned(channel: Channel) -> None:
    """The form begins with the time there is; the same time again is no move."""
    when = datetime(timezone.now().year + 1, 7, 1, 9, 30, tzinfo=UTC)
    publication, gina = planned(channel, when), people.signed_in(people.gina())
    page = f"/publishing/posts/{publication.version.post_id}/"
    shown = gina.get(page).content.decode()
    for field in (f'value="{local(when):%Y-%m-%d}"', f'value="{local(when):%H:%M}"'):
        assert field in shown
    later = when + timedelta(days=2)
    for _again in range(2):
        choice = {"day": f"{local(later):%Y-%m-%d}", "time": f"{local(later):%H:%M}"}
        assert "Planned." in gina.post(f"{page}plan/", choice, follow=True).content.decode()
    moved = Publication.objects.get()
    assert (moved.planned_for, moved.due_at, moved.state) == (later, later, "scheduled")
    assert DiaryEntry.objects.filter(name="publishing.publication_moved").count() == 1


def test_what_is_being_sent_is_not_planned_anew(channel: Channel) -> None:
    publication, gina = planned(channel), people.signed_in(people.gina())
    Publication.objects.update(state="sending")
    answer = gina.post(f"/publishing/posts/{publication.version.post_id}/plan/", {"now": "1"}, follow=True)
    assert "It is on its way already." in answer.content.decode()
    assert fresh(publication).planned_for == publication.planned_for


@pytest.mark.django_db(transaction=True)
def test_four_clicks_at_the_same_moment_publish_once(network: Network, channel: Channel) -> None:
    post, gina = written(channel), people.gina()
    facts = {"now": "1", "seen": fingerprint(post)}

    def click(_number: int) -> int:
        try:
            return people.signed_in(gina).post(f"/publishing/posts/{post.pk}/plan/", facts).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(click, range(4))) == {303}
    for _again in range(2):
        send_due()
    assert network.texts() == [COFFEE]
    assert Publication.objects.get().state == "published"


def test_the_database_itself_keeps_a_version_from_going_out_twice(channel: Channel) -> None:
    one = planned(channel)
    with pytest.raises(IntegrityError), transaction.atomic():
        Publication.objects.create(
            version=one.version, channel=channel, content_hash="x", planned_for=timezone.now(), due_at=timezone.now()
        )


@pytest.mark.parametrize("why", ["past", "unapproved", "no channel", "discarded"])
def test_what_cannot_be_planned(channel: Channel, why: str) -> None:
    gina, when = people.gina(), timezone.now()
    post = written(channel) if why == "unapproved" else approved(channel)
    if why == "past":
        when -= timedelta(minutes=5)
    if why == "discarded":
        compose.discard(post, gina)
    with pytest.raises(Declined):
        schedule.plan(post, when, gina, [] if why == "no channel" else None)
    assert Publication.objects.count() == 0


def test_planning_again_takes_the_new_words(network: Network, channel: Channel) -> None:
    publication = planned(channel, timezone.now() + timedelta(hours=1))
    post = compose.revise(publication.version.post, compose.Change({"text": "Neue Worte."}), people.gina())
    approve.approve(post, people.dora(), fingerprint(post))
    schedule.plan(post, timezone.now(), people.gina())
    send_due()
    assert network.texts() == ["Neue Worte."]


def test_what_was_stopped_goes_on_when_it_is_planned_again(network: Network, channel: Channel) -> None:
    publication = planned(channel)
    hold.hold("Sturm im Netz", people.gina())
    hold.resume(people.gina())
    schedule.plan(publication.version.post, timezone.now(), people.gina())
    send_due()
    assert network.texts() == [COFFEE]


def test_planning_says_so_when_only_an_earlier_text_is_out(network: Network, channel: Channel) -> None:
    publication = planned(channel)
    send_due()
    post = compose.revise(publication.version.post, compose.Change({"text": "Neue Worte."}), people.gina())
    approve.approve(post, people.dora(), fingerprint(post))
    with pytest.raises(Declined) as declined:
        schedule.plan(post, timezone.now(), people.gina())
    assert "An earlier text of this post is out already" in str(declined.value.say)


def test_one_more_channel_for_a_post_that_is_out(network: Network, channel: Channel) -> None:
    publication, other = planned(channel), another_channel(network, "token-2")
    send_due()
    versions = [compose.VersionChange(one.pk) for one in (channel, other)]
    post = compose.revise(publication.version.post, compose.Change(versions=versions), people.gina())
    approve.approve(post, people.dora(), fingerprint(post))
    schedule.plan(post, timezone.now(), people.gina())
    send_due()
    assert network.texts() == [COFFEE, COFFEE]
    assert {status["account"] for status in network.statuses} == {"1", "2"}


def test_moving_tells_the_time_before(channel: Channel) -> None:
    when = timezone.now() + timedelta(hours=1)
    publication, later = planned(channel, when), when + timedelta(days=1)
    assert schedule.move(publication, later, people.gina()) == when
    assert fresh(publication).due_at == later
    with pytest.raises(Declined):
        schedule.move(publication, timezone.now() - timedelta(hours=1), people.gina())


def test_a_plan_and_a_move_ask_the_rules_about_their_day(channel: Channel) -> None:
    """The licence of the image ends before the new day."""
    post, today = written(channel), timezone.localdate()
    facts = {"name": "a.png", "mime": "image/png", "width": 9, "height": 9, "sha256": "0", "alt": "Kaffee"}
    record = {"licence": "bought", "source": "Agentur", "ends_on": today + timedelta(days=10)}
    PostImage.objects.create(post=post, asset=Asset.objects.create(**facts, **record))
    approve.approve(post, people.gina(), fingerprint(post))
    too_late = timezone.now() + timedelta(days=30)
    with pytest.raises(Declined, match="rules do not let this through"):
        schedule.plan(post, too_late, people.gina())
    publication = schedule.plan(post, timezone.now() + timedelta(days=5), people.gina())[0]
    with pytest.raises(Declined, match="rules do not let this through"):
        schedule.move(publication, too_late, people.gina())
    schedule.move(publication, timezone.now() + timedelta(days=6), people.gina())
    assert fresh(publication).state == "scheduled"


def test_what_went_out_is_neither_moved_nor_cancelled(network: Network, channel: Channel) -> None:
    publication = planned(channel)
    send_due()
    for step in (schedule.cancel, lambda one, by: schedule.move(one, timezone.now(), by)):
        with pytest.raises(Declined):
            step(publication, people.gina())
    assert fresh(publication).state == "published"


def test_cancelling_twice_is_once(network: Network, channel: Channel) -> None:
    publication = planned(channel)
    for _again in range(2):
        schedule.cancel(publication, people.gina())
    send_due()
    assert network.texts() == []
    assert DiaryEntry.objects.filter(name="publishing.publication_cancelled").count() == 1
    schedule.plan(publication.version.post, timezone.now(), people.gina())
    send_due()
    assert network.texts() == [COFFEE]


def test_a_planned_channel_cannot_be_taken_out_of_the_post(channel: Channel) -> None:
    post = planned(channel).version.post
    with pytest.raises(Declined):
        compose.revise(post, compose.Change(versions=[]), people.gina())
    with pytest.raises(Declined):
        compose.discard(post, people.gina())


@pytest.mark.parametrize("how", ["cancelled", "deleted"])
def test_a_channel_it_is_no_longer_out_on_can_be_taken_out_and_taken_up_again(
    network: Network, channel: Channel, how: str
) -> None:
    """What happened there stays: publications, attempts, and the page that shows them."""
    publication, gina = planned(channel), people.gina()
    send_due()
    Publication.objects.update(state=how)
    post = compose.revise(publication.version.post, compose.Change(versions=[]), gina)
    assert not post.versions.exists()
    assert outcomes(publication) == ["published"]
    page = f"/publishing/publications/{publication.pk}/"
    assert people.signed_in(gina).get(page).status_code == 200
    post = compose.revise(post, compose.Change(versions=[compose.VersionChange(channel.pk)]), gina)
    approve.approve(post, people.dora(), fingerprint(post))
    schedule.plan(post, timezone.now(), gina)
    send_due()
    assert network.texts() == [COFFEE, COFFEE]


def test_a_refused_channel_is_decided_about_before_it_is_taken_out(channel: Channel) -> None:
    post = planned(channel).version.post
    Publication.objects.update(state="failed")
    with pytest.raises(Declined):
        compose.revise(post, compose.Change(versions=[]), people.gina())


def typed(day: str, time: str, **more: str) -> dict[str, str]:
    return {"day": day, "time": time, **more}


TABLE = [
    (typed("2026-07-01", "10:00"), datetime(2026, 7, 1, 8, 0, tzinfo=UTC)),
    (typed("2026-12-01", "10:00"), datetime(2026, 12, 1, 9, 0, tzinfo=UTC)),
    (typed("2026-03-29", "01:59"), datetime(2026, 3, 29, 0, 59, tzinfo=UTC)),
    (typed("2026-03-29", "03:00"), datetime(2026, 3, 29, 1, 0, tzinfo=UTC)),
    (typed("2026-10-25", "02:30", fold="first"), datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
    (typed("2026-10-25", "02:30", fold="second"), datetime(2026, 10, 25, 1, 30, tzinfo=UTC)),
    (typed("2026-10-25", "03:00"), datetime(2026, 10, 25, 2, 0, tzinfo=UTC)),
]


@pytest.mark.parametrize(("data", "moment"), TABLE)
def test_a_typed_time_means_one_moment(data: dict[str, str], moment: datetime, db: Any) -> None:
    people.company(time_zone="Europe/Berlin")
    assert read_when(data) == moment


def test_an_hour_that_does_not_exist_is_declined_with_one_that_does(db: Any) -> None:
    people.company(time_zone="Europe/Berlin")
    with pytest.raises(Declined) as declined:
        read_when(typed("2026-03-29", "02:30"))
    assert "03:30" in str(declined.value.hints[0])


@pytest.mark.parametrize("fold", ["", "third"])
def test_an_hour_that_comes_twice_asks_which(fold: str, db: Any) -> None:
    people.company(time_zone="Europe/Berlin")
    with pytest.raises(ComesTwice):
        read_when(typed("2026-10-25", "02:30", fold=fold))


@pytest.mark.parametrize(("day", "time"), [("", ""), ("2026-13-01", "10:00"), ("0001-01-01", "00:00"), ("x", "y")])
def test_what_is_no_time_is_declined(day: str, time: str, db: Any) -> None:
    people.company()
    with pytest.raises(Declined):
        read_when(typed(day, time))


def test_on_a_disconnected_channel_nothing_is_planned_and_what_was_planned_stops(channel: Channel) -> None:
    gina, later = people.gina(), timezone.now() + timedelta(days=1)
    waiting, post = planned(channel, later), approved(channel)
    disconnect(channel, channel.handle, gina)
    jobs.run_waiting()
    assert (fresh(waiting).state, fresh(waiting).say) == ("stopped", settle.GONE)
    for step in (lambda: schedule.plan(post, later, gina), lambda: schedule.move(waiting, later, gina)):
        with pytest.raises(Declined, match="disconnected"):
            step()
    schedule.cancel(waiting, gina)


def test_disconnecting_a_channel_says_what_has_not_gone_out(channel: Channel) -> None:
    page = f"/channels/{channel.pk}/disconnect/"
    gina = people.signed_in(people.gina())
    assert "that has not gone out yet" not in gina.get(page).content.decode()
    planned(channel, timezone.now() + timedelta(days=1))
    assert "1 publication that has not gone out yet" in gina.get(page).content.decode()
