"""Step two: turns a version into frozen data and asks the rules. Asked again at the moment of sending."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from leitstand import rules
from leitstand.channels import queries as channels
from leitstand.connectors.text import Measured, addressed, measure
from leitstand.core.clock import local
from leitstand.core.errors import Declined
from leitstand.core.models import Company, Person
from leitstand.publishing.content import fingerprint, full_text, pieces, shown_images
from leitstand.publishing.models import Post, PostImage, Publication, Version
from leitstand.rules import queries as rule_queries
from leitstand.rules.draft import Draft, DraftImage
from leitstand.rules.judge import Switchboard
from leitstand.rules.verdict import Finding, Verdict


@dataclass(frozen=True, slots=True)
class House:
    """What is the same for all posts: read once, used for many."""

    company: Company
    switches: Switchboard

    @property
    def countries(self) -> tuple[str, ...]:
        return (self.company.country, *self.company.markets)


def house() -> House:
    return House(Company.current(), rule_queries.switchboard())


def draft_of(version: Version, of: House, when: datetime | None = None) -> Draft:
    """Everything a rule may ask about this version, as frozen data. A title is there only where it is shown."""
    post, network = version.post, channels.network_of(version.channel)
    longest = min((measure(piece, network.text) for piece in pieces(version, network)), key=lambda one: one.left)
    return Draft(
        text=full_text(version),
        title=version.title if network.text.needs_title else "",
        language=post.language,
        links=(post.link,) if post.link else (),
        images=tuple(_draft_image(image) for image in shown_images(version, network)),
        used=longest.used,
        limit=longest.limit,
        unit=unit_of(longest),
        alt_limit=network.media.alt_limit,
        needs_title=network.text.needs_title,
        needs_image=network.media.needed,
        consideration=post.consideration,
        ai=post.ai,
        prize_terms_url=post.prize_terms_url,
        evidence=post.evidence,
        lowest_price=post.lowest_price,
        channel_imprint_url=version.channel.imprint_url or of.company.imprint_url,
        own_contacts=of.company.own_contacts,
        countries=of.countries,
        publish_on=_day(of, when),
    )


def _day(of: House, when: datetime | None = None) -> date:
    """The company's day at that time, or now."""
    return local(when or timezone.now(), ZoneInfo(of.company.time_zone)).date()


def _draft_image(image: PostImage) -> DraftImage:
    asset = image.asset
    return DraftImage(
        name=asset.name,
        alt=image.spoken,
        licence=asset.licence,
        source=asset.source,
        credit=asset.credit,
        ends_on=asset.ends_on,
        shows_people=asset.shows_people,
        release=asset.release,
    )


def unit_of(length: Measured) -> str:
    """What stands behind the figures where they are not the network's usual ones."""
    return gettext("bytes") if length.in_bytes else ""


def judge_version(version: Version, when: datetime | None = None, of: House | None = None) -> Verdict:
    """The verdict on one version, waivers already taken into account."""
    of = of or house()
    verdict = rules.judge(draft_of(version, of, when), of.switches)
    return _unwaived(version, verdict) if verdict.findings else verdict


def judge(post: Post, when: datetime | None = None) -> dict[int, Verdict]:
    """Verdicts by channel id."""
    of, versions = house(), post.versions.select_related("channel", "post")
    return {version.channel_id: judge_version(version, when, of) for version in versions}


def judge_answer(text: str, language: str, channel_id: int, whom: str) -> Verdict:
    """The verdict on an answer from the inbox: same rules, as far as they concern answers. `whom`: their handle."""
    channel, of = channels.channel(channel_id), house()
    network = channels.network_of(channel)
    sent = addressed(text, whom, channel.handle.rpartition("@")[2]) if whom and network.answers_mention else text
    length = measure(sent, network.text)
    facts: dict[str, Any] = {
        "publish_on": _day(of),
        "used": length.used,
        "limit": length.limit,
        "unit": unit_of(length),
        "countries": of.countries,
        "own_contacts": of.company.own_contacts,
    }
    return rules.judge(Draft(text=text, language=language, is_answer=True, **facts), of.switches)


def demand_open(post: Post, by: Person, when: datetime | None = None) -> None:
    """Declined when the person may not publish, or a rule blocks one of the versions."""
    demand_signature(by)
    if not post.versions.exists():
        raise Declined(_("Choose at least one channel."))
    _demand_no_blocks([finding for verdict in judge(post, when).values() for finding in verdict.blocks])


def demand_version_open(version: Version, by: Person, when: datetime) -> None:
    """Declined when the person may not publish, or a rule blocks this version at that time."""
    demand_signature(by)
    _demand_no_blocks(judge_version(version, when).blocks)


def _demand_no_blocks(blocks: list[Finding]) -> None:
    if blocks:
        raise Declined(_("The rules do not let this through yet."), hints=_once(blocks))


def demand_signature(by: Person) -> None:
    """Declined when the person has not signed the guideline in force."""
    if not rule_queries.may_publish(by):
        raise Declined(_("Please sign the current guideline first. Without it you cannot publish."), status=403)


def first_block(version: Version, of: House) -> Finding | None:
    """What blocks this version at this moment, if anything."""
    verdict = rules.judge(draft_of(version, of), of.switches)
    return next(iter(_unwaived(version, verdict).blocks), None) if verdict.blocks else None


def _unwaived(version: Version, verdict: Verdict) -> Verdict:
    """Without what legal has allowed for exactly this content."""
    return verdict.without(rule_queries.waived_rules(fingerprint(version.post)))


def needs_approval(post: Post) -> list[Finding]:
    """What a second pair of eyes must see: findings that somebody other than the author has to say yes to."""
    return [finding for verdict in judge(post).values() for finding in verdict.needs_approval]


def _once(findings: list[Finding]) -> list[str]:
    return list(dict.fromkeys(f"{finding.say} {finding.remedy}" for finding in findings))


def stale(publication: Publication) -> bool:
    """Whether the planned content is no longer the post's content."""
    return publication.is_open and fingerprint(publication.version.post) != publication.content_hash


def changed(publications: Iterable[Publication]) -> set[int]:
    """Which are planned with words that are no longer their post's: approved and planned anew, or else stopped."""
    planned = (one for one in publications if one.state == Publication.State.SCHEDULED)
    return {one.pk for one in planned if stale(one)}
