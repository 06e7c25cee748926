"""What strategy shows on the board (D1), on Today, in the navigation and the search."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, time

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from leitstand.channels.queries import register_dependants
from leitstand.core.duties import Entry, Hit, Row, Todo, register_entries, register_row, register_search, register_today
from leitstand.core.models import Person
from leitstand.strategy import queries
from leitstand.strategy.forecast import Status
from leitstand.strategy.models import Goal


def row(person: Person) -> Row:
    """Red: a deadline missed. Amber: one reached late, not served, due for review, behind or uncounted; or none."""
    home, found = reverse("strategy:goals"), list(queries.open_goals())
    if not found:
        may = person.may("goal.edit")
        return Row("amber", _("No goal is set"), _("Set a goal") if may else "", reverse("strategy:new") if may else "")
    review = _("Review it") if person.may("goal.edit") else _("Look at it")
    standings = [queries.standing_of(goal).status for goal in found]
    if over := _over(standings, review, home):
        return over
    if unserved := queries.unserved().first():
        url = reverse("strategy:goal", args=[unserved.pk])
        step = _("Plan one") if person.may("post.write") else _("Look at it")
        return Row("amber", _("No planned post serves “%(goal)s” yet") % {"goal": unserved}, step, url)
    if due := queries.reviews_due(timezone.localdate()).count():
        text = ngettext("%(n)d review is due", "%(n)d reviews are due", due) % {"n": due}
        return Row("amber", text, review, home)
    if behind := standings.count("behind"):
        text = ngettext("%(n)d goal is behind", "%(n)d goals are behind", behind) % {"n": behind}
        return Row("amber", text, _("Look at it"), home)
    if uncounted := _uncounted(found, standings):
        text = ngettext("%(n)d goal has no recent reading", "%(n)d goals have no recent readings", uncounted)
        return Row("amber", text % {"n": uncounted}, _("Look at it"), home)
    text = ngettext("%(n)d goal, on track", "%(n)d goals, on track", len(found)) % {"n": len(found)}
    return Row("green", text, _("See the goals"), home)


def _over(standings: Sequence[Status], review: str, home: str) -> Row | None:
    """What missed its deadline; a target reached since makes it amber, and only a review ends it."""
    if missed := standings.count("overdue"):
        text = ngettext("%(n)d goal missed its deadline", "%(n)d goals missed their deadline", missed) % {"n": missed}
        return Row("red", text, review, home)
    if late := standings.count("late"):
        text = ngettext("%(n)d goal was reached late", "%(n)d goals were reached late", late) % {"n": late}
        return Row("amber", text, review, home)
    return None


def _uncounted(goals: Sequence[Goal], standings: Sequence[Status]) -> int:
    """Goals whose time runs, and of which no reading says how they stand now."""
    begun = [goal.begins_on <= timezone.localdate() for goal in goals]
    return sum(status in ("unknown", "stale") for status, runs in zip(standings, begun, strict=True) if runs)


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
