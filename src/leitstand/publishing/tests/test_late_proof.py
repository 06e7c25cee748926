"""What was given up or is being decided, and then is found on the network after all."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from benchmarks.loopback_network import ACCEPT_AND_DROP, Network
from django.urls import reverse
from django.utils import timezone
from tests import people
from tests.people import signed_in

from leitstand.connectors.protocol import Published
from leitstand.core.errors import Declined
from leitstand.core.models import DiaryEntry
from leitstand.publishing import outcome, schedule, settle
from leitstand.publishing.models import Attempt, Publication
from leitstand.publishing.tests.conftest import fresh, planned, send_due, settle_down

if TYPE_CHECKING:
    from leitstand.channels.models import Channel


@pytest.fixture
def lost(network: Network, channel: Channel) -> Publication:
    """It has arrived, and nobody knows."""
    publication = planned(channel)
    network.moods = [ACCEPT_AND_DROP]
    send_due()
    assert fresh(publication).state == "unsure"
    return publication


@pytest.mark.parametrize("decision", ["leave", "again", "published"])
def test_nobody_decides_while_it_is_looked_for(network: Network, lost: Publication, decision: str) -> None:
    with pytest.raises(Declined, match="still looking") as declined:
        settle.decide(lost, decision, people.gina(), f"{network.address}/1")
    assert declined.value.status == 409
    settle_down()
    send_due()
    assert (fresh(lost).state, len(network.statuses)) == ("published", 1)


def test_late_proof_takes_a_second_plan_back(network: Network, lost: Publication) -> None:
    Publication.objects.filter(pk=lost.pk).update(due_at=None)
    settle.decide(lost, "leave", people.gina())
    (second,) = schedule.plan(lost.version.post, timezone.now(), people.gina())
    found = Published("1", f"{network.address}/1", timezone.now())
    outcome.publish(fresh(lost), found, Attempt.Outcome.FOUND)
    send_due()
    assert (fresh(lost).state, fresh(second).state) == ("published", "cancelled")
    page = signed_in(people.gina()).get(reverse("publishing:publication", args=[second.pk])).content.decode()
    assert "found on the network after all" in page
    assert DiaryEntry.objects.filter(name="publishing.publication_cancelled", data__publication_id=second.pk).exists()
    assert len(network.statuses) == 1
