"""Finds the feeds of a web page, and scores what they bring with reasons.

Links of type rel=alternate first (https://www.rssboard.org/rss-autodiscovery), then links that look like feeds,
then usual addresses. Score from 0 to 100 (own proposal, after the criteria in the guide).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from urllib.parse import urljoin

from leitstand.connectors.errors import Refused
from leitstand.connectors.feed import ParsedFeed, parse
from leitstand.listening.fetch import Outcome, Wish, fetch_all
from leitstand.listening.links import web_address
from leitstand.signals.folding import fold, visible

TYPES = {"application/rss+xml", "application/atom+xml", "application/feed+json", "application/json"}
LOOKS = ("/feed", "/rss", ".rss", "atom.xml", "rss.xml", "feed.xml", "feed.json")
USUAL = ("feed/", "rss.xml", "feed.xml", "atom.xml", "index.xml", "feed.json")
MOST = 12


@dataclass(frozen=True, slots=True)
class Reason:
    """Points, and an English source text with places that says why."""

    points: int
    say: str
    places: dict[str, str]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A feed that could be read."""

    url: str
    feed: ParsedFeed
    score: int
    reasons: tuple[Reason, ...]


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.base = ""
        self.named: list[str] = []
        self.looking: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        facts = {name: value or "" for name, value in attrs}
        href = facts.get("href", "")
        if tag == "base":
            self.base = self.base or href
        elif tag == "link" and "alternate" in facts.get("rel", "").lower() and _kind(facts.get("type", "")) in TYPES:
            self.named.append(href)
        elif tag == "a" and any(href.lower().rstrip("/").endswith(look) for look in LOOKS):
            self.looking.append(href)


def feed_links(html: str, base: str) -> list[str]:
    """Addresses a page names, the surest first. Pure."""
    links = _Links()
    links.feed(html)
    base = _whole(base, links.base) or base
    whole = (_whole(base, href) for href in [*links.named, *links.looking] if href)
    return list(dict.fromkeys(url for url in whole if url))[:MOST]


def _kind(media_type: str) -> str:
    """Without "; charset=utf-8" and the like."""
    return media_type.partition(";")[0].strip().lower()


def _whole(base: str, href: str) -> str:
    try:
        return urljoin(base, href)
    except ValueError:  # a page may write anything
        return ""


def discover(url: str, words: Sequence[str] = (), private_hosts: frozenset[str] = frozenset()) -> list[Candidate]:
    """Feeds at this address or named by the page there, the best first. Raises Refused with the reason."""
    address = web_address(url)
    if not address.startswith(("http://", "https://")):
        address = f"https://{address}"
    page = fetch_all([Wish(address)], private_hosts)[0]
    if page.status != 200:
        raise Refused(page.say, page.detail)
    if found := _candidate(page, words):
        return [found]
    links = feed_links(page.body.decode("utf-8", "replace"), page.final_url) or [
        urljoin(page.final_url, path) for path in USUAL
    ]
    answers = fetch_all([Wish(link) for link in links], private_hosts)
    good = {answer.final_url: answer for answer in answers if answer.status == 200}
    candidates = (_candidate(answer, words) for answer in good.values())
    return sorted((one for one in candidates if one), key=lambda one: -one.score)


def _candidate(answer: Outcome, words: Sequence[str]) -> Candidate | None:
    try:
        feed = parse(answer.body, answer.final_url, answer.content_type)
    except Refused:
        return None
    if not feed.items and not feed.title:
        return None
    reasons = tuple(score(feed, words, datetime.now(UTC)))
    return Candidate(answer.final_url, feed, total(reasons), reasons)


def total(reasons: Sequence[Reason]) -> int:
    """Points from 0 to 100."""
    return max(0, min(100, sum(reason.points for reason in reasons)))


def score(feed: ParsedFeed, words: Sequence[str], now: datetime) -> list[Reason]:
    """Why this feed matters, or not. Pure."""
    recent = [item for item in feed.items if item.at > now - timedelta(days=30)]
    found = [
        Reason(20, "It can be read by machine.", {}),
        _topics(feed, words),
        _pace(len(recent)),
        _freshness(feed, now),
    ]
    if feed.language:
        good = feed.language[:2] in ("de", "en")
        found.append(Reason(10 if good else -10, "Language: {language}", {"language": feed.language}))
    return [reason for reason in found if reason.points]


def _topics(feed: ParsedFeed, words: Sequence[str]) -> Reason:
    wanted = [fold(word) for word in words if len(word) > 2]
    if not wanted or not feed.items:
        return Reason(0, "", {})
    hits = sum(any(word in fold(visible(f"{item.title} {item.text}")) for word in wanted) for item in feed.items)
    share = hits / len(feed.items)
    return Reason(
        round(40 * min(1.0, share * 3)) or -5,
        "Your topics come up in {hits} of {all} items.",
        {"hits": str(hits), "all": str(len(feed.items))},
    )


def _pace(recent: int) -> Reason:
    if recent == 0:
        return Reason(-15, "Nothing new in the last 30 days.", {})
    points = 15 if 4 <= recent <= 600 else 6
    return Reason(points, "Items in the last 30 days: {n}.", {"n": str(recent)})


def _freshness(feed: ParsedFeed, now: datetime) -> Reason:
    newest = max((item.at for item in feed.items), default=None)
    fresh = newest is not None and newest > now - timedelta(days=14)
    return Reason(
        15 if fresh else -10, "The newest item is fresh." if fresh else "The newest item is older than two weeks.", {}
    )
