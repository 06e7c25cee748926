"""What the community shows on the board (D8), on Today, in the navigation and the search."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from leitstand.channels.queries import register_dependants
from leitstand.community import queries
from leitstand.community.models import Conversation
from leitstand.core.duties import Entry, Hit, Row, Todo, register_entries, register_row, register_search, register_today
from leitstand.core.models import Person

LISTED = 10
"""So many conversations stand on Today one by one; the rest in one line, for other rooms to be seen."""


def row(person: Person) -> Row:
    """Red: an answer is overdue. Amber: somebody waits. Green: everybody has an answer."""
    found, inbox = queries.counts(timezone.now()), reverse("community:inbox")
    answers = person.may("conversation.answer")
    if found["overdue"]:
        text = ngettext("%(n)d answer is overdue", "%(n)d answers are overdue", found["overdue"])
        step = _("Answer now") if answers else _("Look at it")
        return Row("red", text % {"n": found["overdue"]}, step, f"{inbox}?late=1&state=all")
    if found["unanswered"]:
        text = ngettext("%(n)d person waits for an answer", "%(n)d people wait for an answer", found["unanswered"])
        step = _("Answer") if answers else _("Look at it")
        return Row("amber", text % {"n": found["unanswered"]}, step, inbox)
    if found["snoozed"]:
        text = ngettext("%(n)d unanswered person is snoozed", "%(n)d unanswered people are snoozed", found["snoozed"])
        return Row("amber", text % {"n": found["snoozed"]}, _("Look at it"), f"{inbox}?state=snoozed")
    return Row("green", _("Everybody has an answer"), _("Open the inbox"), inbox)


def today(person: Person) -> Iterator[Todo]:
    """Conversations that wait for this person, or for anybody."""
    if not person.may("conversation.answer"):
        return
    theirs = Q(assigned_to=person) | Q(assigned_to=None)
    waiting = Conversation.objects.unanswered().filter(theirs).order_by("due_at", "pk")
    texts = dict(waiting.values_list("pk", queries.newest_text())[:LISTED])
    for one in waiting[:LISTED]:
        said = Truncator(" ".join((texts.get(one.pk) or "").split())).chars(60)
        text = f"{_('Answer %(who)s') % {'who': one}}: {said}"
        yield _todo(text.removesuffix(": "), reverse("community:conversation", args=[one.pk]), one)
    if soonest := waiting[LISTED:].first():
        rest = waiting.count() - LISTED
        text = ngettext("%(n)d more person waits for an answer", "%(n)d more people wait for an answer", rest)
        yield _todo(text % {"n": rest}, reverse("community:inbox"), soonest)


def _todo(text: str, url: str, soonest: Conversation) -> Todo:
    late = soonest.due_at is not None and soonest.due_at < timezone.now()
    return Todo(text, url, 2 if late else 1, soonest.due_at, "message")


def find(person: Person, words: str) -> Iterator[Hit]:
    """Conversations in which these words stand."""
    for one in queries.conversations(person, {"state": "all", "q": words})[:10]:
        text = one.messages.filter(text__icontains=words).values_list("text", flat=True).first() or ""
        yield Hit(str(one), reverse("community:conversation", args=[one.pk]), text[:200], one.last_at)


def on_channel(channel_id: int) -> str:
    """Who would wait in vain if the channel were disconnected."""
    count = Conversation.objects.unanswered().filter(channel_id=channel_id).count()
    text = ngettext("%(n)d conversation that waits for an answer", "%(n)d conversations that wait for an answer", count)
    return text % {"n": count} if count else ""


def waiting(person: Person) -> int:
    return Conversation.objects.unanswered().count()


register_row("D8", row)
register_today(today)
register_dependants(on_channel)
register_search(gettext_lazy("Conversations"), find)
register_entries(
    "D8",
    [
        Entry(gettext_lazy("Inbox"), "community:inbox", "inbox", "conversation.view", waiting),
        Entry(gettext_lazy("Saved replies"), "community:replies", "message-2", "conversation.answer"),
    ],
)
