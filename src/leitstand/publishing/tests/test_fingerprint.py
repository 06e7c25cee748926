"""Whatever a person can change about what goes out changes the hash a yes is bound to."""

from __future__ import annotations

from dataclasses import fields, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from benchmarks.loopback_network import Network
from tests import people

from leitstand.publishing import compose
from leitstand.publishing.content import fingerprint
from leitstand.publishing.tests.conftest import another_channel, written

if TYPE_CHECKING:
    from leitstand.channels.models import Channel

WHAT_FOR = {"goal_id"}  # not a word of what goes out
FACTS: dict[str, Any] = {
    "title": "Neu",
    "text": "Neue Worte.",
    "link": "https://example.org/neu",
    "language": "en",
    "consideration": "paid",
    "ai": "generated",
    "prize_terms_url": "https://example.org/bedingungen",
    "evidence": "Ordner 7",
    "lowest_price": Decimal("9.90"),
}
OWN: dict[str, Any] = {"own_text": "Kurz.", "own_title": "Eigener", "with_images": False, "as_thread": True}


def test_each_part_of_a_post_changes_its_fingerprint(network: Network, channel: Channel) -> None:
    own = OWN | {"channel_id": another_channel(network, "token-2").pk}
    version, post, gina = compose.VersionChange(channel.pk), written(channel), people.gina()
    changes = {name: compose.Change({name: FACTS[name]}) for name in {*compose.WORDS, *compose.LEGAL} - WHAT_FOR} | {
        one.name: compose.Change(versions=[replace(version, **{one.name: own[one.name]})]) for one in fields(version)
    }
    hashes = {"": fingerprint(post)}
    for name, change in changes.items():
        hashes[name] = fingerprint(compose.revise(post, change, gina))
    assert len(set(hashes.values())) == len(hashes), hashes
