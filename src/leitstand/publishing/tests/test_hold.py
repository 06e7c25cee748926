"""While publishing is on hold nothing goes out, and afterwards a person decides about what was missed."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from benchmarks.loopback_network import ACCEPT_AND_DROP, DROP, Network
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone
from tests import people

from leitstand.channels import calls
from leitstand.publishing import hold, publish, schedule
from leitstand.publishing.content import content_of
from leitstand.publishing.models import Attempt
from leitstand.publishing.tests.conftest import (
    another_channel,
    approved,
    fresh,
    make_due,
    outcomes,
    planned,
    send_due,
)

if TYPE_CHECKING:
    from leitstand.channels.models import Channel


def test_during_a_hold_nothing_goes_out(network: Network, channel: Channel) -> None:
    publication, gina = planned(channel), people.gina()
    first, second = hold.hold("Sturm im Netz", gina), hold.hold("noch einer", gina)
    assert first == second
    send_due()
    publish.drain(channel_id=channel.pk)
    assert network.texts() == []
    assert fresh(publication).state == "scheduled"
    assert gina.notifications.filter(level="alarm").count() == 1


def test_each_hold_alarms_anew(channel: Channel) -> None:
    gina = people.gina()
    for reason in ("Sturm im Netz", "noch ein Sturm"):
        hold.hold(reason, gina)
        hold.resume(gina)
    assert gina.notifications.filter(level="alarm").count() == 2


def test_when_a_hold_ends_its_alarm_counts_as_read(channel: Channel) -> None:
    gina = people.gina()
    hold.hold("Sturm im Netz", gina)
    assert gina.notifications.filter(read_at=None, level="alarm").count() == 1
    hold.resume(gina)
    assert not gina.notifications.filter(read_at=None, level="alarm").exists()


def test_a_hold_that_is_over_says_who_ended_it(db: None) -> None:
    hold.hold("Sturm im Netz", people.gina())
    hold.resume(people.ada())
    assert "(Ada) · Sturm im Netz" in people.signed_in(people.gina()).get("/publishing/hold/").content.decode()


def test_after_a_hold_a_person_decides_about_what_was_missed(network: Network, channel: Channel) -> None:
    gina = people.gina()
    missed, coming = planned(channel, text="eins"), planned(channel, timezone.now() + timedelta(hours=1), text="zwei")
    hold.hold("Sturm im Netz", gina)
    assert hold.resume(gina) == 1
    assert hold.resume(gina) == 0
    send_due()
    assert network.texts() == []
    assert fresh(missed).say == hold.MISSED
    schedule.move(missed, timezone.now(), gina)
    make_due(coming)
    send_due()
    assert sorted(network.texts()) == ["eins", "zwei"]
    assert outcomes(missed) == ["published"]


def test_a_hold_is_ended_in_the_queue(channel: Channel) -> None:
    browser, queue, end = people.signed_in(people.gina()), reverse("publishing:queue"), reverse("publishing:resume")
    assert end not in browser.get(queue).content.decode()
    hold.hold("Sturm im Netz", people.gina())
    page = browser.get(queue).content.decode()
    assert end in page and f'href="{reverse("publishing:hold")}"' not in page
    assert end not in people.signed_in(people.finn()).get(queue).content.decode()


def test_what_was_missed_on_all_channels_is_planned_anew_at_once(network: Network, channel: Channel) -> None:
    gina = people.gina()
    post = approved(channel, another_channel(network, "token-2"))
    schedule.plan(post, timezone.now(), gina)
    hold.hold("Sturm im Netz", gina)
    browser = people.signed_in(gina)
    shown = browser.post(reverse("publishing:resume"), follow=True).content.decode()
    assert "2 publications missed their time" in shown and "on the page of a post" in shown
    browser.post(reverse("publishing:plan", args=[post.pk]), {"now": "1"})
    send_due()
    assert len(network.texts()) == 2


@pytest.mark.django_db(transaction=True)
def test_what_is_cancelled_while_a_hold_ends_stays_cancelled(network: Network, channel: Channel) -> None:
    publication, gina = planned(channel), people.gina()
    hold.hold("Warten", gina)

    def resume() -> int:
        try:
            return hold.resume(gina)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            schedule.cancel(publication, gina)
            resuming = pool.submit(resume)
            while not somebody_waits() and not resuming.done():
                pass
        assert resuming.result() == 0
    assert fresh(publication).state == "cancelled"


def somebody_waits() -> bool:
    """Whether another session waits for a lock."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted)")
        return bool(cursor.fetchone()[0])


@pytest.mark.parametrize("ended", [False, True])
def test_what_a_hold_came_upon_is_looked_for_but_not_sent_again(
    network: Network, channel: Channel, ended: bool
) -> None:
    lost, there, gina = planned(channel, text="eins"), planned(channel, text="zwei"), people.gina()
    network.moods = [DROP, ACCEPT_AND_DROP]
    send_due()
    hold.hold("Sturm im Netz", gina)
    if ended:
        hold.resume(gina)
    Attempt.objects.update(ended_at=timezone.now() - timedelta(hours=1))
    for publication in (lost, there):
        make_due(publication)
    send_due()
    assert (fresh(lost).state, fresh(lost).say) == ("stopped", hold.MISSED)
    assert fresh(there).state == "published"
    assert network.texts() == ["zwei"]


def test_what_a_hold_came_upon_is_told_missing_only_when_the_network_has_settled(
    network: Network, channel: Channel
) -> None:
    publication = planned(channel)
    network.moods = [DROP]
    send_due()
    hold.hold("Sturm im Netz", people.gina())
    make_due(publication)
    send_due()
    assert fresh(publication).state == "unsure"
    due = fresh(publication).due_at
    assert due is not None and due > timezone.now() + timedelta(seconds=30)


def test_a_backup_that_came_back_sends_nothing_before_somebody_looks(network: Network, channel: Channel) -> None:
    assert hold.after_restore() == 0
    assert not hold.is_held()
    publication = planned(channel)
    people.company(languages=["de"])
    assert hold.after_restore() == 1
    send_due()
    assert network.texts() == []
    held = hold.current()
    assert held and held.reason.startswith("Eine Sicherung wurde zurückgeholt")
    assert "None" not in people.signed_in(people.gina()).get("/publishing/hold/").content.decode()
    hold.resume(people.gina())
    assert "None" not in people.signed_in(people.gina()).get("/publishing/hold/").content.decode()
    assert fresh(publication).state == "stopped"


def test_what_was_being_sent_when_the_hold_began_is_written_down(network: Network, channel: Channel) -> None:
    publication = planned(channel)
    read = publish._due(channel.pk)[0]
    publish.begin(read)
    hold.hold("Sturm im Netz", people.gina())
    answer = calls.deliver(channel, content_of(publication.version), str(publication.key))
    publish.outcome.finish(read, answer)  # type: ignore[arg-type]  # proof or error, as the case says
    assert fresh(publication).state == "published"
