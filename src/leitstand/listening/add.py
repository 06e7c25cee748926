"""Adds and removes what we read and look for."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from leitstand.connectors.errors import ConnectorError
from leitstand.core import jobs
from leitstand.core.errors import Declined
from leitstand.core.events import record
from leitstand.core.models import Company, Person
from leitstand.listening import opml, queries, search
from leitstand.listening.discover import Candidate, discover
from leitstand.listening.events import (
    QueryRemoved,
    QuerySaved,
    SourceAdded,
    SourcePaused,
    SourceRemoved,
    SourceResumed,
)
from leitstand.listening.fetch import SAY_DOWN, SAY_NO_ADDRESS, SAY_UNKNOWN
from leitstand.listening.links import web_address
from leitstand.listening.models import Mention, Query, Source, is_address
from leitstand.listening.read import read
from leitstand.listening.turns import change_queries
from leitstand.signals.queries import Matcher
from leitstand.signals.query_language import QueryError, parse

BEYOND_ALL = 2**63 - 1
MOST_FEEDS = 5_000
NAME_TAKEN = _("Give the query a name that is not taken.")
NEXT_STEPS = {
    SAY_NO_ADDRESS: _("It looks like https://example.org. Copy it from the address bar of your browser."),
    SAY_UNKNOWN: _("Look for a typing mistake, or search for the site and copy its address."),
    SAY_DOWN: _("Open it in your browser. If it answers there, try again here in a few minutes."),
}
NO_TROUBLE = {"failures": 0, "trouble": ""}


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of an OPML file; `left_out`: more than may come in at once."""

    added: int
    known: int
    refused: tuple[str, ...]
    left_out: int


def find(url: str) -> list[Candidate]:
    """Feeds at an address, scored. Declined with the reason when there are none."""
    try:
        found = discover(url, queries.topics(), settings.PRIVATE_HOSTS)
    except ConnectorError as error:
        hints = [NEXT_STEPS[error.say]] if error.say in NEXT_STEPS else []
        raise Declined(_(error.say), error.detail, hints=hints) from error
    if not found:
        hint = _("Look on the page for a link named RSS or Feed, and paste that address.")
        raise Declined(_("There is no feed on this page."), url, hints=[hint])
    return found


@transaction.atomic
def add(url: str, by: Person, title: str = "") -> Source:
    """A new source, read at once. Declined when it is there already."""
    source = _add(web_address(url), by, title)
    jobs.enqueue(read_now, source_id=source.pk)
    return source


@transaction.atomic
def _add(url: str, by: Person, title: str, folder: str = "") -> Source:
    if not is_address(url):
        raise Declined(_("This is not a web address."))
    found = {"title": title[:300], "folder": folder[:100], "next_at": timezone.now()}
    source, fresh = Source.objects.get_or_create(url=url, defaults=found)
    if not fresh:
        raise Declined(_("This source is read already."))
    record(SourceAdded(source.pk), by)
    return source


@transaction.atomic
def pause(source: Source, by: Person) -> None:
    """It is not read until somebody resumes it. A second click changes nothing."""
    if Source.objects.filter(pk=source.pk, state=Source.State.ALIVE).update(state=Source.State.PAUSED, **NO_TROUBLE):
        record(SourcePaused(source.pk), by)


@transaction.atomic
def resume(source: Source, by: Person) -> None:
    """It is read again, from now on; its troubles are forgotten. A second click changes nothing."""
    resting = Source.objects.filter(pk=source.pk).exclude(state=Source.State.ALIVE)
    if resting.update(state=Source.State.ALIVE, next_at=timezone.now(), **NO_TROUBLE):
        record(SourceResumed(source.pk), by)


@transaction.atomic
def remove(source: Source, by: Person) -> None:
    """Takes the source away together with its mentions."""
    record(SourceRemoved(source.pk, source.url), by)
    source.delete()


@jobs.job("listening.read_now", queue_name="listen", tries=1)
def read_now(source_id: int) -> None:
    """Reads one source at once."""
    read(list(Source.objects.filter(pk=source_id)))


def import_opml(body: bytes, by: Person) -> Imported:
    """Adds the feeds of the file that are not there; says what was refused and why, and how many had to wait.

    They wait for the reading of the minute, which takes many together and knows how often a host may be asked.
    """
    lines = opml.read(body)
    fresh, added, refused = _fresh(lines), 0, []
    for line in fresh[:MOST_FEEDS]:
        try:
            _add(line.url, by, line.title, line.folder)
            added += 1
        except Declined as declined:
            refused.append(f"{line.url}: {declined.say}")
    return Imported(added, len(lines) - len(fresh), tuple(refused), len(fresh[MOST_FEEDS:]))


def _fresh(lines: list[opml.Line]) -> list[opml.Line]:
    """Those that are not read already, each address once."""
    there, fresh = set(Source.objects.values_list("url", flat=True)), dict[str, opml.Line]()
    for line in lines:
        if line.url not in there:
            fresh.setdefault(line.url, line)
    return list(fresh.values())


def export_opml() -> bytes:
    sources = Source.objects.exclude(state=Source.State.GONE)
    return opml.write(
        Company.current().name or "Leitstand", [opml.Line(one.url, one.title, one.folder) for one in sources]
    )


def check_query(text: str) -> None:
    """Declined with the place when the query cannot be read."""
    try:
        parse(text)
    except QueryError as error:
        hint = _("At character %(n)d.") % {"n": error.at + 1}
        raise Declined(_(error.say), f"{text!r} at {error.at}", hints=[hint]) from error


def try_out(text: str, limit: int = 500) -> list[Mention]:
    """Stored mentions that the query would have found, among the newest."""
    matcher = Matcher({0: parse(text)})
    newest = Mention.objects.select_related("source", "channel")[:limit]
    return [mention for mention in newest if matcher.match(search.text_of(mention))][:20]


def new_query(name: str, text: str, by: Person) -> Query:
    """A query under a new name. Declined when the name is taken or the query cannot be read."""
    if not name.strip() or Query.objects.filter(name=name.strip()).exists():
        raise Declined(NAME_TAKEN)
    return save_query(Query(name=name.strip()[:120], text=text[:1000]), by)


@transaction.atomic
def save_query(query: Query, by: Person) -> Query:
    """Saves the query. With new words stored mentions are searched for it in jobs; else its hits stay as they are."""
    check_query(query.text)
    change_queries()
    stored = Query.objects.select_for_update().filter(pk=query.pk).first()
    changed = stored is None or stored.text != query.text
    query.search_below = stored.search_below if stored and not changed else BEYOND_ALL  # the search may have gone on
    _save_under_its_name(query)
    if changed:
        search.enqueue(query)
    record(QuerySaved(query.pk, query.name), by)
    return query


def _save_under_its_name(query: Query) -> None:
    """Two people may choose the same name at the same moment."""
    try:
        with transaction.atomic():
            query.save()
    except IntegrityError as error:
        raise Declined(NAME_TAKEN, query.name, status=409) from error


@transaction.atomic
def remove_query(query: Query, by: Person) -> None:
    """Takes the query away; what it found stays."""
    change_queries()
    record(QueryRemoved(query.pk, query.name), by)
    query.delete()
