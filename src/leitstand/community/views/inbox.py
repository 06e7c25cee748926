"""The inbox, and one conversation."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponseBase, QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from leitstand.channels import queries as channels
from leitstand.community import answer, assign, queries
from leitstand.community.models import Conversation
from leitstand.community.views import way_back
from leitstand.connectors.protocol import can
from leitstand.core.pages import PersonRequest, needs, page

STATES = [("open", _("Open")), ("snoozed", _("Snoozed")), ("closed", _("Closed")), ("all", _("All"))]
WHO = [("", _("Everybody")), ("mine", _("Mine")), ("nobody", _("Nobody's"))]


@needs("conversation.view")
def inbox(request: PersonRequest) -> HttpResponseBase:
    """All that waits, the most urgent first; filters in the address."""
    found = queries.conversations(request.user, request.GET.dict())
    return page(
        request,
        "community/inbox.html",
        "rows",
        rows=Paginator(found, 30).get_page(request.GET.get("page")),
        states=STATES,
        who=WHO,
        kinds=Conversation.Kind.choices,
        channels=channels.channels(request.user),
        counts=queries.counts(timezone.now()),
        now=timezone.now(),
    )


@needs("conversation.view")
def conversation(request: PersonRequest, conversation_id: int) -> HttpResponseBase:
    """One conversation with everything needed to answer it."""
    found = queries.conversation_for(request.user, conversation_id)
    return page(request, "community/conversation.html", "messages", **context(request, found))


@needs("conversation.answer")
@require_POST
def check(request: PersonRequest, conversation_id: int) -> HttpResponseBase:
    """While an agent types: the gate's findings, and who else is typing."""
    found = queries.conversation_for(request.user, conversation_id)
    other = assign.note_typing(found, request.user)
    text = request.POST.get("text", "")
    verdict = answer.judge(found, text) if text.strip() else None
    return page(request, "community/_check.html", conversation=found, verdict=verdict, other=other)


def context(request: PersonRequest, found: Conversation, **more: Any) -> dict[str, Any]:
    """All that the page of a conversation shows."""
    messages, inbox = list(found.messages.select_related("person")), way_back.filters(request)
    sends = found.channel is not None and can(channels.connector_of(found.channel), "reply")
    return {
        "conversation": found,
        "thread": messages,
        "seen": max((message.pk for message in messages), default=0),
        "agents": queries.agents(),
        "saved": queries.saved_replies(found.language),
        "kinds": Conversation.Kind.choices,
        "sends": sends,
        "other": assign.typing_now(found, request.user),
        "may_answer": request.user.may("conversation.answer"),
        "now": timezone.now(),
        "inbox": inbox,
        "following": queries.next_waiting(request.user, found, QueryDict(inbox).dict()),
        **more,
    }
