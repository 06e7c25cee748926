"""What listening shows on the board (D2), on Today, in the navigation and the search."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from leitstand.core.duties import Entry, Hit, Row, Todo, register_entries, register_row, register_search, register_today
from leitstand.core.models import Person
from leitstand.listening import queries
from leitstand.listening.models import Query, Source


def row(person: Person) -> Row:
    """Amber: nothing is read, nothing is looked for, or sources fail."""
    sources = reverse("listening:sources")
    alive = Source.objects.filter(state=Source.State.ALIVE)
    if not alive.exists():
        may = person.may("source.edit")
        step, url = (_("Add a web site or an OPML file"), sources) if may else ("", "")
        return Row("amber", _("No source is read yet"), step, url)
    if not Query.objects.filter(is_active=True).exists():
        may = person.may("query.edit")
        step, url = (_("Write a query"), reverse("listening:queries")) if may else ("", "")
        return Row("amber", _("Nothing is looked for yet"), step, url)
    if failing := alive.filter(failures__gte=3).count():
        text = ngettext("%(n)d source fails", "%(n)d sources fail", failing) % {"n": failing}
        return Row("amber", text, _("Look at it"), f"{sources}?show=trouble")
    count = alive.count()
    text = ngettext("%(n)d source is read", "%(n)d sources are read", count) % {"n": count}
    return Row("green", text, _("See the mentions"), reverse("listening:mentions"))


def today(person: Person) -> Iterator[Todo]:
    """Sources that died, for those who may change them."""
    if person.may("source.edit"):
        for source in Source.objects.filter(state=Source.State.GONE)[:5]:
            yield Todo(
                _("Source is gone: %(source)s") % {"source": source},
                reverse("listening:sources") + "?show=gone",
                0,
                None,
                "rss",
            )


def find(person: Person, words: str) -> Iterator[Hit]:
    for mention in queries.mentions(person, {"q": words, "show": "all"})[:10]:
        yield Hit(str(mention), reverse("listening:mention", args=[mention.pk]), mention.text[:200], mention.at)


def find_sources(person: Person, words: str) -> Iterator[Hit]:
    for source in queries.sources(person, words)[:10]:
        address = f"{reverse('listening:sources')}?{urlencode({'q': source.url})}"
        yield Hit(source.title or source.url, address, source.url)


register_row("D2", row)
register_today(today)
register_search(gettext_lazy("Mentions"), find)
register_search(gettext_lazy("Sources"), find_sources)
register_entries(
    "D2",
    [
        Entry(gettext_lazy("Mentions"), "listening:mentions", "ear", "mention.view"),
        Entry(gettext_lazy("Queries"), "listening:queries", "search", "mention.view"),
        Entry(gettext_lazy("Sources"), "listening:sources", "rss", "mention.view"),
    ],
)
