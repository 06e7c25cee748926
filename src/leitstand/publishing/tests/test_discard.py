"""Discarding a post while somebody else plans it: one of the two comes first, and the other is told."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest
from benchmarks.loopback_network import Network
from django.db import connection, transaction
from django.utils import timezone
from tests import people
from tests.sessions import until_all_wait

from leitstand.core.errors import Declined
from leitstand.publishing import compose, schedule
from leitstand.publishing.tests.conftest import COFFEE, approved, send_due

if TYPE_CHECKING:
    from leitstand.channels.models import Channel


@pytest.mark.django_db(transaction=True)
def test_what_is_planned_at_the_same_moment_is_not_discarded(network: Network, channel: Channel) -> None:
    post, gina = approved(channel), people.gina()

    def discard() -> None:
        try:
            compose.discard(post, gina)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            schedule.plan(post, timezone.now(), gina)
            discarding = pool.submit(discard)
            until_all_wait([discarding])
        with pytest.raises(Declined, match="planned or published"):
            discarding.result()
    post.refresh_from_db()
    assert post.discarded_at is None
    send_due()
    assert network.texts() == [COFFEE]
