"""How a version will look and count on its network; the server's truth for the counters in the page."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from leitstand.channels import queries as channels
from leitstand.connectors.protocol import Network
from leitstand.connectors.text import measure
from leitstand.publishing import gate
from leitstand.publishing.content import pieces, shown_images
from leitstand.publishing.models import Post, PostImage, Version
from leitstand.rules.verdict import Finding, Verdict


@dataclass(frozen=True, slots=True)
class Piece:
    """One part as the network gets it. `used` and `limit` in the network's own units, or in `unit`; limit 0: none."""

    text: str
    used: int
    limit: int
    unit: str = ""

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


def alt_limit(shown: list[Preview]) -> int:
    """The most characters of an alt text that all channels take which show an image; 0: no limit."""
    limits = [one.network.media.alt_limit for one in shown if one.images]
    return min(filter(None, limits), default=0)


def common(shown: list[Preview]) -> Verdict | None:
    """What the rules say about all channels alike, to be said once; None where each has its own, or there is one."""
    verdicts = [one.verdict for one in shown]
    if len(verdicts) < 2:
        return None
    alike = Verdict(_in_all([one.findings for one in verdicts]), _in_all([one.waived for one in verdicts]))
    return alike if alike.findings or not any(one.findings for one in verdicts) else None


def _in_all(lists: list[tuple[Finding, ...]]) -> tuple[Finding, ...]:
    first, *others = lists
    return tuple(finding for finding in first if all(finding in other for other in others))


def beside(shown: list[Preview], said: Verdict | None) -> list[Preview]:
    """The previews with what is left to say when that was said."""
    return [replace(one, verdict=_rest(one.verdict, said)) for one in shown] if said else shown


def _rest(verdict: Verdict, said: Verdict) -> Verdict:
    findings = tuple(one for one in verdict.findings if one not in said.findings)
    return Verdict(findings, tuple(one for one in verdict.waived if one not in said.waived))


def _preview(version: Version, when: datetime | None) -> Preview:
    network = channels.network_of(version.channel)
    images = shown_images(version, network)
    all_images = version.post.images.count() if version.with_images else 0
    parts = tuple(_piece(text, network) for text in pieces(version, network))
    return Preview(version, network, parts, tuple(images), all_images - len(images), gate.judge_version(version, when))


def _piece(text: str, network: Network) -> Piece:
    length = measure(text, network.text)
    return Piece(text, length.used, length.limit, gate.unit_of(length))
