"""How a version will look and count on its network; the server's truth for the counters in the page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from leitstand.channels import queries as channels
from leitstand.connectors.protocol import Network
from leitstand.connectors.text import measure
from leitstand.publishing import gate
from leitstand.publishing.content import pieces, shown_images
from leitstand.publishing.models import Post, PostImage, Version
from leitstand.rules.verdict import Verdict


@dataclass(frozen=True, slots=True)
class Piece:
    """One part as the network gets it. `used` and `limit` in the network's own units; limit 0: none."""

    text: str
    used: int
    limit: int

    @property
    def left(self) -> int:
        return self.limit - self.used

    @property
    def percent(self) -> int:
        return min(100, round(100 * self.used / self.limit)) if self.limit else 0

    @property
    def is_over(self) -> bool:
        return bool(self.limit) and self.used > self.limit


@dataclass(frozen=True, slots=True)
class Preview:
    """Everything the page shows beside the words for one channel."""

    version: Version
    network: Network
    pieces: tuple[Piece, ...]
    images: tuple[PostImage, ...]
    left_out: int
    verdict: Verdict


def previews(post: Post, when: datetime | None = None) -> list[Preview]:
    """One preview per version, in the order of the channels."""
    versions = post.versions.select_related("channel", "post").order_by("channel__network", "channel_id")
    return [_preview(version, when) for version in versions]


def _preview(version: Version, when: datetime | None) -> Preview:
    network = channels.network_of(version.channel)
    images = shown_images(version, network)
    all_images = version.post.images.count() if version.with_images else 0
    parts = tuple(
        Piece(text, measure(text, network.text).used, network.text.limit) for text in pieces(version, network)
    )
    return Preview(version, network, parts, tuple(images), all_images - len(images), gate.judge_version(version, when))
