"""Goals: the list, one goal, its readings and reviews."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from leitstand.core.errors import Declined
from leitstand.core.pages import PersonRequest, needs, page, see_other
from leitstand.core.text.spreadsheets import csv_lines
from leitstand.strategy import queries, read
from leitstand.strategy.forms import GoalForm, ReadingForm, ReviewForm
from leitstand.strategy.models import Goal, Reading
from leitstand.strategy.review import review as reviewing
from leitstand.strategy.set_goal import change, set_goal


@needs("goal.view")
def goals(request: PersonRequest) -> HttpResponseBase:
    """All goals with how they stand."""
    lines = [(goal, queries.standing_of(goal)) for goal in queries.goals(request.user, request.GET.dict())]
    unserved = set(queries.unserved().values_list("pk", flat=True))
    states = [*Goal.State.choices, ("all", _("All"))]
    return page(request, "strategy/goals.html", "rows", lines=lines, unserved=unserved, states=states)


@needs("goal.edit")
@require_http_methods(["GET", "POST"])
def new(request: PersonRequest) -> HttpResponseBase:
    today = timezone.localdate()
    first = {"owner": request.user, "begins_on": today, "ends_on": today + timedelta(days=90), "start": 0}
    form = GoalForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        made = set_goal(form.save(commit=False), request.user)
        return see_other(request, reverse("strategy:goal", args=[made.pk]))
    return page(request, "strategy/form.html", form=form, status=422 if form.errors else 200)


@needs("goal.edit")
@require_http_methods(["GET", "POST"])
def edit(request: PersonRequest, goal_id: int) -> HttpResponseBase:
    found = queries.goal_for(request.user, goal_id)
    form = GoalForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        change(form.save(commit=False), request.user)
        return see_other(request, reverse("strategy:goal", args=[found.pk]))
    return page(request, "strategy/form.html", form=form, goal=found, status=422 if form.errors else 200)


@needs("goal.view")
def goal(request: PersonRequest, goal_id: int) -> HttpResponseBase:
    return page(request, "strategy/goal.html", **_context(queries.goal_for(request.user, goal_id)))


def _context(found: Goal, **more: Any) -> dict[str, Any]:
    standing = queries.standing_of(found)
    return {
        "goal": found,
        "standing": standing,
        "percent": max(0, min(100, round(100 * standing.share))),
        "chart": _chart(found, standing),
        "readings": found.readings.select_related("by").order_by("-at")[:30],
        "reviews": found.reviews.select_related("by"),
        "reading_form": ReadingForm(),
        "review_form": ReviewForm(auto_id="review_%s"),
        "is_served": not queries.unserved().filter(pk=found.pk).exists(),
        "is_over": found.ends_on < timezone.localdate(),
        "is_due": found.state == Goal.State.OPEN and found.next_review_on <= timezone.localdate(),
        **more,
    }


def _chart(found: Goal, standing: Any) -> dict[str, Any]:
    """Readings, the straight line from start to target, and the forecast, on the days that matter."""
    values = {timezone.localdate(point.at).isoformat(): point.value for point in queries.points_of(found)}
    days = sorted({found.begins_on.isoformat(), found.ends_on.isoformat(), *values})
    first, last = found.begins_on.toordinal(), found.ends_on.toordinal()
    ordinal = date.fromisoformat
    share = [max(0.0, min(1.0, (ordinal(day).toordinal() - first) / (last - first))) for day in days]
    line = [round(float(found.start) + part * float(found.target - found.start), 2) for part in share]
    series = [
        {"name": _("Readings"), "values": [values.get(day) for day in days]},
        {"name": _("Plan"), "values": line, "dashed": True},
    ]
    if standing.forecast:
        end = found.ends_on.isoformat()
        newest = [day for day in values if day < end][-1:]
        ahead = {day: values[day] for day in newest} | {end: round(standing.forecast.value, 2)}
        series.append({"name": _("Forecast"), "values": [ahead.get(day) for day in days], "dashed": True})
    return {"labels": days, "series": series, "unit": found.unit}


@needs("goal.edit")
@require_POST
def reading(request: PersonRequest, goal_id: int) -> HttpResponseBase:
    found = queries.goal_for(request.user, goal_id)
    form = ReadingForm(request.POST)
    if not form.is_valid():
        return page(request, "strategy/goal.html", status=422, **_context(found, reading_form=form))
    now = timezone.now().replace(second=0, microsecond=0)
    read.accept_reading(found, form.cleaned_data["value"], now, "hand", request.user, form.cleaned_data["note"])
    return _back(request, found, _("Noted."))


@needs("goal.edit")
@require_POST
def take_back(request: PersonRequest, reading_id: int) -> HttpResponseBase:
    row = _reading(reading_id)
    read.take_back(row, request.user)
    messages.success(request, _("Taken back."), extra_tags=f"undo:{reverse('strategy:put-back', args=[row.pk])}")
    return see_other(request, reverse("strategy:goal", args=[row.goal_id]))


@needs("goal.edit")
@require_POST
def put_back(request: PersonRequest, reading_id: int) -> HttpResponseBase:
    row = _reading(reading_id)
    read.put_back(row, request.user)
    return _back(request, row.goal, _("Put back."))


def _reading(reading_id: int) -> Reading:
    found = Reading.objects.select_related("goal").filter(pk=reading_id).first()
    if found is None:
        raise Http404
    return found


@needs("goal.edit")
@require_POST
def importing(request: PersonRequest, goal_id: int) -> HttpResponseBase:
    found = queries.goal_for(request.user, goal_id)
    upload = request.FILES.get("file")
    if upload is None or (upload.size or 0) > 1_000_000:
        raise Declined(_("Choose a CSV file of at most 1 MB."))
    count = read.import_csv(found, upload.read().decode("utf-8-sig", "replace"), request.user)
    return _back(request, found, _("Readings imported: %(n)d") % {"n": count})


@needs("goal.view")
def export(request: PersonRequest, goal_id: int) -> HttpResponseBase:
    found = queries.goal_for(request.user, goal_id)
    response = HttpResponse(csv_lines(_rows(found)), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="goal-{found.pk}.csv"'
    return response


def _rows(goal: Goal) -> Iterator[list[object]]:
    yield ["at", "value", "source", "note"]
    for row in goal.readings.filter(taken_back_at=None):
        yield [timezone.localtime(row.at).isoformat(" ", "minutes"), row.value, row.source, row.note]


@needs("goal.edit")
@require_POST
def review(request: PersonRequest, goal_id: int) -> HttpResponseBase:
    found = queries.goal_for(request.user, goal_id)
    try:
        reviewing(found, request.POST.get("decision", ""), request.POST.get("note", ""), request.user)
    except Declined as declined:
        shown = _context(found, declined=declined, review_form=ReviewForm(request.POST, auto_id="review_%s"))
        return page(request, "strategy/goal.html", status=declined.status, **shown)
    return _back(request, found, _("Reviewed."))


def _back(request: PersonRequest, found: Goal, done: str) -> HttpResponseBase:
    messages.success(request, done)
    return see_other(request, reverse("strategy:goal", args=[found.pk]))
