"""What strategy shows on the board (D1), on Today, in the navigation and the search."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from leitstand.channels.queries import register_dependants
from leitstand.core.duties import Entry, Hit, Row, Todo, register_entries, register_row, register_search, register_today
from leitstand.core.models import Person
from leitstand.strategy import queries
from leitstand.strategy.models import Goal


def row(person: Person) -> Row:
    """Amber: no goal, a goal no planned post serves, a review due, or a goal behind. Red: a deadline missed."""
    home, found = reverse("strategy:goals"), list(queries.open_goals())
    if not found:
        may = person.may("goal.edit")
        return Row("amber", _("No goal is set"), _("Set a goal") if may else "", reverse("strategy:new") if may else "")
    standings = [queries.standing_of(goal).status for goal in found]
    if late := standings.count("overdue"):
        text = ngettext("%(n)d goal missed its deadline", "%(n)d goals missed their deadline", late) % {"n": late}
        return Row("red", text, _("Review it"), home)
    if unserved := queries.unserved().first():
        url = reverse("strategy:goal", args=[unserved.pk])
        return Row("amber", _("No planned post serves “%(goal)s” yet") % {"goal": unserved}, _("Plan one"), url)
    if due := queries.reviews_due(timezone.localdate()).count():
        text = ngettext("%(n)d review is due", "%(n)d reviews are due", due) % {"n": due}
        return Row("amber", text, _("Review it"), home)
    if behind := standings.count("behind"):
        text = ngettext("%(n)d goal is behind", "%(n)d goals are behind", behind) % {"n": behind}
        return Row("amber", text, _("Look at it"), home)
    text = ngettext("%(n)d goal, on track", "%(n)d goals, on track", len(found)) % {"n": len(found)}
    return Row("green", text, _("See the goals"), home)


def today(person: Person) -> Iterator[Todo]:
    """Reviews that are due, for the owner; missed ones for everybody who may change goals."""
    for goal in queries.reviews_due(timezone.localdate()):
        if goal.owner_id == person.pk or person.may("goal.edit"):
            due = timezone.make_aware(datetime.combine(goal.next_review_on, time(9)))
            yield Todo(
                _("Review: %(goal)s") % {"goal": goal}, reverse("strategy:goal", args=[goal.pk]), 1, due, "target"
            )


def find(person: Person, words: str) -> Iterator[Hit]:
    for goal in queries.goals(person, {"state": "all", "q": words})[:10]:
        yield Hit(str(goal), reverse("strategy:goal", args=[goal.pk]), goal.why[:200])


def on_channel(channel_id: int) -> str:
    """What hangs on a channel, for the page that disconnects it."""
    count = queries.open_goals().filter(channel_id=channel_id, measure=Goal.Measure.FOLLOWERS).count()
    text = ngettext(
        "%(n)d goal that counts its followers: it gets no more readings",
        "%(n)d goals that count its followers: they get no more readings",
        count,
    )
    return text % {"n": count} if count else ""


register_row("D1", row)
register_dependants(on_channel)
register_today(today)
register_search(gettext_lazy("Goals"), find)
register_entries("D1", [Entry(gettext_lazy("Goals"), "strategy:goals", "target", "goal.view")])
