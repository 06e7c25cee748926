"""Adds and removes what we read and look for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from leitstand.connectors.errors import ConnectorError
from leitstand.core import jobs
from leitstand.core.errors import Declined
from leitstand.core.events import record
from leitstand.core.models import Company, Person
from leitstand.listening import opml
from leitstand.listening.discover import Candidate, discover
from leitstand.listening.events import (
    QueryRemoved,
    QuerySaved,
    SourceAdded,
    SourcePaused,
    SourceRemoved,
    SourceResumed,
)
from leitstand.listening.models import Hit, Mention, Query, Source
from leitstand.listening.read import read
from leitstand.signals.queries import Matcher, Text, prepared
from leitstand.signals.query_language import QueryError, parse

ADDRESS = re.compile(r"https?://[^\s\x00-\x1f]{1,990}")


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of an OPML file."""

    added: int
    known: int
    refused: tuple[str, ...]


def topics() -> list[str]:
    """Words the company cares about: its name and the words of its queries."""
    words = [word for query in Query.objects.filter(is_active=True) for word in query.text.replace('"', " ").split()]
    return [Company.current().name, *(word for word in words if word.isalpha() and not word.isupper())]


def find(url: str) -> list[Candidate]:
    """Feeds at an address, scored. Declined with the reason when there are none."""
    try:
        found = discover(url, topics(), settings.PRIVATE_HOSTS)
    except ConnectorError as error:
        raise Declined(_(error.say), error.detail) from error
    if not found:
        hint = _("Look on the page for a link named RSS or Feed, and paste that address.")
        raise Declined(_("There is no feed on this page."), url, hints=[hint])
    return found


@transaction.atomic
def add(url: str, by: Person, title: str = "", folder: str = "", score: int = 0, reasons: Sequence[str] = ()) -> Source:
    """A new source, read at once. Declined when it is there already."""
    source = _add(url, by, title, folder, score, reasons)
    jobs.enqueue(read_now, source_id=source.pk)
    return source


def _add(url: str, by: Person, title: str, folder: str, score: int = 0, reasons: Sequence[str] = ()) -> Source:
    if not ADDRESS.fullmatch(url):
        raise Declined(_("This is not a web address."))
    if Source.objects.filter(url=url).exists():
        raise Declined(_("This source is read already."))
    source = Source.objects.create(
        url=url,
        title=title[:300],
        folder=folder[:100],
        score=score,
        score_reasons=list(reasons),
        next_at=timezone.now(),
    )
    record(SourceAdded(source.pk), by)
    return source


def pause(source: Source, by: Person) -> None:
    """It is not read until somebody resumes it."""
    _turn(source, Source.State.PAUSED, SourcePaused(source.pk), by)


def resume(source: Source, by: Person) -> None:
    """It is read again, from now on; its troubles are forgotten."""
    _turn(source, Source.State.ALIVE, SourceResumed(source.pk), by)


@transaction.atomic
def _turn(source: Source, state: str, happened: object, by: Person) -> None:
    Source.objects.filter(pk=source.pk).update(state=state, failures=0, trouble="", next_at=timezone.now())
    record(happened, by)


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
    """Adds all feeds of the file that are not there; says what was refused and why.

    They wait for the reading of the minute, which takes many together and knows how often a host may be asked.
    """
    added, known, refused = 0, 0, []
    for line in opml.read(body):
        if Source.objects.filter(url=line.url).exists():
            known += 1
            continue
        try:
            _add(line.url, by, line.title, line.folder)
            added += 1
        except Declined as declined:
            refused.append(f"{line.url}: {declined.say}")
    return Imported(added, known, tuple(refused))


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
    return [mention for mention in newest if matcher.match(_text_of(mention))][:20]


def new_query(name: str, text: str, by: Person) -> Query:
    """A query under a new name. Declined when the name is taken or the query cannot be read."""
    if not name.strip() or Query.objects.filter(name=name.strip()).exists():
        raise Declined(_("Give the query a name that is not taken."))
    return save_query(Query(name=name.strip()[:120], text=text[:1000]), by)


@transaction.atomic
def save_query(query: Query, by: Person) -> Query:
    """Saves the query and looks through the newest stored mentions for it."""
    check_query(query.text)
    query.save()
    Hit.objects.filter(query=query).delete()
    matcher = Matcher({query.pk: parse(query.text)})
    hits = []
    for mention in Mention.objects.select_related("source", "channel")[:5_000]:
        for number, spans in matcher.match(_text_of(mention)).items():
            hits.append(Hit(mention=mention, query_id=number, spans=[list(span) for span in spans[:50]]))
    Hit.objects.bulk_create(hits)
    record(QuerySaved(query.pk, query.name), by)
    return query


@transaction.atomic
def remove_query(query: Query, by: Person) -> None:
    """Takes the query away; what it found stays."""
    record(QueryRemoved(query.pk, query.name), by)
    query.delete()


def _text_of(mention: Mention) -> Text:
    shown = f"{mention.title}\n{mention.text}" if mention.title and mention.title != mention.text else mention.text
    author = f"{mention.author_handle} {mention.author_name}"
    return prepared(shown, mention.language, str(mention.source or mention.channel), author)
