"""Step two: turns a version into frozen data and asks the rules. Asked again at the moment of sending."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from leitstand import rules
from leitstand.channels import queries as channels
from leitstand.channels.queries import ChannelFacts
from leitstand.connectors.text import measure
from leitstand.core.errors import Declined
from leitstand.core.models import Company, Person
from leitstand.publishing.content import fingerprint, full_text, pieces, shown_images
from leitstand.publishing.models import Post, PostImage, Publication, Version
from leitstand.rules import queries as rule_queries
from leitstand.rules.draft import Draft, DraftImage
from leitstand.rules.verdict import Finding, Verdict


def draft_of(version: Version, when: datetime | None = None) -> Draft:
    """Everything a rule may ask about this version, as frozen data."""
    post, network = version.post, channels.network_of(version.channel)
    facts: ChannelFacts = channels.facts_of(version.channel)
    company = Company.current()
    return Draft(
        text=full_text(version),
        title=version.title,
        language=post.language,
        links=(post.link,) if post.link else (),
        images=tuple(_draft_image(image) for image in shown_images(version, network)),
        network=network.name,
        used=max(measure(piece, network.text).used for piece in pieces(version, network)),
        limit=network.text.limit,
        needs_title=network.text.needs_title,
        consideration=post.consideration,
        ai=post.ai,
        prize_terms_url=post.prize_terms_url,
        evidence=post.evidence,
        lowest_price=post.lowest_price,
        channel_imprint_url=facts.imprint_url,
        countries=(company.country, *company.markets),
        publish_on=(when or timezone.now()).date(),
    )


def _draft_image(image: PostImage) -> DraftImage:
    asset = image.asset
    return DraftImage(
        name=asset.name,
        alt=image.alt,
        licence=asset.licence,
        source=asset.source,
        credit=asset.credit,
        ends_on=asset.ends_on,
        shows_people=asset.shows_people,
        release=asset.release,
    )


def judge_version(version: Version, when: datetime | None = None) -> Verdict:
    """The verdict on one version, waivers already taken into account."""
    waived = rule_queries.waived_rules(fingerprint(version.post))
    return rules.judge(draft_of(version, when), rule_queries.switchboard()).without(waived)


def judge(post: Post, when: datetime | None = None) -> dict[int, Verdict]:
    """Verdicts by channel id."""
    versions = post.versions.select_related("channel", "post")
    return {version.channel_id: judge_version(version, when) for version in versions}


def judge_answer(text: str, language: str, channel_id: int) -> Verdict:
    """The verdict on an answer from the inbox: same rules, as far as they concern answers."""
    channel = channels.channel(channel_id)
    network = channels.network_of(channel)
    used = measure(text, network.text).used
    draft = Draft(
        text=text, language=language, network=network.name, used=used, limit=network.text.limit, is_answer=True
    )
    return rules.judge(draft, rule_queries.switchboard())


def demand_open(post: Post, by: Person, when: datetime | None = None) -> None:
    """Declined when the person may not publish, or a rule blocks one of the versions."""
    if not rule_queries.may_publish(by):
        raise Declined(_("Please sign the current guideline first. Without it you cannot publish."), status=403)
    if not post.versions.exists():
        raise Declined(_("Choose at least one channel."))
    blocks = [finding for verdict in judge(post, when).values() for finding in verdict.blocks]
    if blocks:
        raise Declined(_("The rules do not let this through yet."), hints=_once(blocks))


def first_block(version: Version) -> Finding | None:
    """What blocks this version at this moment, if anything."""
    return next(iter(judge_version(version).blocks), None)


def needs_approval(post: Post) -> bool:
    """Whether a rule asks for a person's yes (a post always needs one; here it must be a named reason)."""
    return any(verdict.needs_approval for verdict in judge(post).values())


def _once(findings: list[Finding]) -> list[str]:
    return list(dict.fromkeys(f"{finding.say} {finding.remedy}" for finding in findings))


def stale(publication: Publication) -> bool:
    """Whether the planned content is no longer the post's content."""
    return publication.is_open and fingerprint(publication.version.post) != publication.content_hash


def may_publish(person: Person) -> bool:
    """Whether the person has signed the guideline in force."""
    return rule_queries.may_publish(person)
