"""A publication dragged in the calendar to another time, and dragged back: the answer holds what undo needs."""

from __future__ import annotations

import json

from django.http import JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from leitstand.core.clock import LocalTime, local
from leitstand.core.errors import Declined
from leitstand.core.pages import PersonRequest, needs
from leitstand.publishing import queries, schedule
from leitstand.publishing.times import moment_of


@needs("post.schedule")
@require_POST
def drag(request: PersonRequest, publication_id: int) -> JsonResponse:
    """Moves it. `before` is the exact moment it stood at, `shown` the same on the company's clock; else `error`."""
    found = queries.publication_for(request.user, publication_id)
    try:
        meant = _moment(request)
        before = schedule.drag(found, meant.utc, request.user)
    except Declined as declined:
        hints = " ".join(str(hint) for hint in declined.hints)
        return JsonResponse({"error": f"{declined.say} {hints}".strip()}, status=declined.status)
    shown = local(before).replace(tzinfo=None).isoformat()
    return JsonResponse({"before": before.isoformat(), "shown": shown, "note": _note(meant.kind)})


def _moment(request: PersonRequest) -> LocalTime:
    try:
        return moment_of(json.loads(request.body)["start"])
    except (KeyError, ValueError, TypeError, OverflowError, RecursionError) as error:
        raise Declined(_("Choose a day and a time."), str(error), status=400) from error


def _note(kind: str) -> str:
    notes = {
        "skipped": _("This hour does not exist that day (the clocks go forward); the post goes out an hour later."),
        "twice": _("This hour comes twice that night (the clocks go back); the post goes out in the first."),
    }
    return notes.get(kind, "")
