"""Small resources, one change of state each."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta

from django.contrib import messages
from django.http import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from leitstand.community import answer as answering
from leitstand.community import assign, queries, settle
from leitstand.community.models import Conversation
from leitstand.community.views import way_back
from leitstand.community.views.inbox import context
from leitstand.core.company.service_hours import company_hours, deadline
from leitstand.core.errors import Declined
from leitstand.core.pages import PersonRequest, needs, page, see_other
from leitstand.core.text.numbers import number_in

SNOOZES = {"hour": 60, "day": 8 * 60, "week": 5 * 8 * 60}


@needs("conversation.answer")
@require_POST
def answer(request: PersonRequest, conversation_id: int) -> HttpResponseBase:
    """Sends an answer; what was typed survives every refusal."""
    found = queries.conversation_for(request.user, conversation_id)
    text, seen, looked = request.POST.get("text", ""), number_in(request.POST.get("seen", "")), "looked" in request.POST
    try:
        message = answering.answer(found, text, request.user, seen or 0, looked)
    except Declined as declined:
        verdict = answering.judge(found, text) if text.strip() else None
        shown = context(request, found, declined=declined, typed=text, verdict=verdict)
        return page(request, "community/conversation.html", status=declined.status, **shown)
    if request.POST.get("then") == "close":
        with suppress(Declined):  # what came in behind the answer keeps it open
            settle.close(found, request.user, message.pk)
    return _back(found, request)


@needs("conversation.answer")
@require_POST
def note(request: PersonRequest, conversation_id: int) -> HttpResponseBase:
    found = queries.conversation_for(request.user, conversation_id)
    answering.note(found, request.POST.get("text", ""), request.user)
    return _back(found, request)


@needs("conversation.answer")
@require_POST
def assignment(request: PersonRequest, conversation_id: int) -> HttpResponseBase:
    found = queries.conversation_for(request.user, conversation_id)
    wanted = request.POST.get("person", "")
    person = next((one for one in queries.agents() if str(one.pk) == wanted), None)
    if wanted and person is None:
        raise Declined(_("This person does not answer here. Choose somebody else."))
    assign.assign(found, person, request.user)
    return _back(found, request)


@needs("conversation.answer")
@require_POST
def kind(request: PersonRequest, conversation_id: int) -> HttpResponseBase:
    found = queries.conversation_for(request.user, conversation_id)
    settle.change_kind(found, request.POST.get("kind", ""))
    return _back(found, request)


@needs("conversation.answer")
@require_POST
def closing(request: PersonRequest, conversation_id: int) -> HttpResponseBase:
    """What came in after the page was read is shown first."""
    found = queries.conversation_for(request.user, conversation_id)
    try:
        settle.close(found, request.user, number_in(request.POST.get("seen", "")))
    except Declined as declined:
        shown = context(request, found, declined=declined)
        return page(request, "community/conversation.html", status=declined.status, **shown)
    undo = reverse("community:reopen", args=[found.pk])
    messages.success(request, _("Closed."), extra_tags=f"undo:{undo}")
    return see_other(request, way_back.to_inbox(request))


@needs("conversation.answer")
@require_POST
def reopening(request: PersonRequest, conversation_id: int) -> HttpResponseBase:
    found = queries.conversation_for(request.user, conversation_id)
    settle.reopen(found, request.user)
    return _back(found, request)


@needs("conversation.answer")
@require_POST
def snooze(request: PersonRequest, conversation_id: int) -> HttpResponseBase:
    """For an hour, a working day or a working week of service time."""
    found = queries.conversation_for(request.user, conversation_id)
    minutes = SNOOZES.get(request.POST.get("for", ""), 60)
    now = timezone.now()
    until = now + timedelta(minutes=60) if minutes == 60 else deadline(now, minutes, company_hours())
    settle.snooze(found, until, request.user)
    return see_other(request, way_back.to_inbox(request))


@needs("conversation.answer")
@require_POST
def decision(request: PersonRequest, message_id: int) -> HttpResponseBase:
    """A person's word about an answer that may not have arrived."""
    message = queries.message_for(request.user, message_id)
    seen = number_in(request.POST.get("seen", "")) or 0
    answering.decide(message, request.POST.get("arrived") == "yes", request.user, seen)
    return _back(message.conversation, request)


@needs("conversation.answer")
@require_POST
def withdrawal(request: PersonRequest, message_id: int) -> HttpResponseBase:
    """An answer that still waits is not to be sent."""
    message = queries.message_for(request.user, message_id)
    answering.take_back(message, request.user)
    return _back(message.conversation, request)


def _back(found: Conversation, request: PersonRequest) -> HttpResponseBase:
    return see_other(request, way_back.to_conversation(request, found.pk))
