"""The last step: close, reopen, snooze; and the job that wakes what was snoozed and warns of deadlines."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from leitstand.community import response
from leitstand.community.events import ConversationClosed, ConversationReopened, ConversationSnoozed
from leitstand.community.models import Conversation, Message
from leitstand.core import jobs
from leitstand.core.errors import Declined
from leitstand.core.events import record
from leitstand.core.models import Person
from leitstand.core.notify import filled, notify

WARN_BEFORE = timedelta(minutes=15)


@transaction.atomic
def close(conversation: Conversation, by: Person, seen: int | None = None) -> None:
    """Done. A second click changes nothing; new words from them open it again.

    Declined (409) when they wrote something after the message numbered `seen`. None: whatever they wrote.
    """
    locked = Conversation.objects.select_for_update(of=("self",)).get(pk=conversation.pk)
    if locked.state == Conversation.State.CLOSED:
        return
    if seen is not None and locked.messages.filter(direction=Message.Direction.IN, pk__gt=seen).exists():
        raise Declined(_("Something new was written meanwhile. Read it before you close the conversation."), status=409)
    Conversation.objects.filter(pk=locked.pk).update(
        state=Conversation.State.CLOSED, closed_at=timezone.now(), closed_by=by, due_at=None, snoozed_until=None
    )
    record(ConversationClosed(locked.pk), by)


@transaction.atomic
def reopen(conversation: Conversation, by: Person | None) -> None:
    """Open again, with the clock it had. What never had one waits from now on, if theirs is the last word."""
    locked = Conversation.objects.select_for_update(of=("self",)).get(pk=conversation.pk)
    if locked.state == Conversation.State.OPEN:
        return
    since = locked.waiting_since or (timezone.now() if _is_unanswered(locked) else None)
    Conversation.objects.filter(pk=locked.pk).update(
        state=Conversation.State.OPEN,
        waiting_since=since,
        due_at=locked.due_at or (response.due(locked.kind, since) if since else None),
        closed_at=None,
        snoozed_until=None,
    )
    record(ConversationReopened(locked.pk), by)


def _is_unanswered(conversation: Conversation) -> bool:
    last = conversation.messages.exclude(direction=Message.Direction.NOTE).order_by("pk").last()
    return last is not None and last.direction == Message.Direction.IN


@transaction.atomic
def snooze(conversation: Conversation, until: datetime, by: Person) -> None:
    """Out of sight until then. The deadline goes on running, and is shown. Declined for a closed one: it has none."""
    if until <= timezone.now():
        raise Declined(_("Choose a time in the future."))
    locked = Conversation.objects.select_for_update(of=("self",)).get(pk=conversation.pk)
    if locked.state == Conversation.State.CLOSED:
        raise Declined(_("This conversation is closed. Open it again first."), status=409)
    Conversation.objects.filter(pk=locked.pk).update(state=Conversation.State.SNOOZED, snoozed_until=until)
    record(ConversationSnoozed(locked.pk, until.isoformat()), by)


@transaction.atomic
def change_kind(conversation: Conversation, kind: str) -> None:
    """Another kind means another deadline, counted from the same message. No later message changes it."""
    if kind not in Conversation.Kind.values:
        raise Declined(_("This kind is not known."))
    since = None if conversation.state == Conversation.State.CLOSED else conversation.waiting_since
    due = response.due(kind, since) if since else None
    Conversation.objects.filter(pk=conversation.pk).update(kind=kind, kind_by_hand=True, due_at=due)


@jobs.every("* * * * *")
@jobs.job("community.wake", queue_name="house")
def wake() -> None:
    """Each minute: snoozed ones whose time has come, and warnings before a deadline."""
    now = timezone.now()
    Conversation.objects.filter(state=Conversation.State.SNOOZED, snoozed_until__lte=now).update(
        state=Conversation.State.OPEN, snoozed_until=None
    )
    for conversation in (
        Conversation.objects.waiting().filter(due_at__lt=now + WARN_BEFORE).select_related("assigned_to")
    ):
        _warn(conversation, now)


@transaction.atomic
def _warn(conversation: Conversation, now: datetime) -> None:
    """Once when the deadline comes near, and once when it has passed."""
    if conversation.due_at is None:
        return
    late = conversation.due_at < now
    since = conversation.due_at if late else conversation.due_at - WARN_BEFORE
    if conversation.warned_at and conversation.warned_at >= since:
        return
    Conversation.objects.filter(pk=conversation.pk).update(warned_at=now)
    title = _("Answer overdue: %(who)s") if late else _("Answer due soon: %(who)s")
    people = (
        [conversation.assigned_to]
        if conversation.assigned_to and not late
        else Person.objects.holding("conversation.answer")
    )
    url = reverse("community:conversation", args=[conversation.pk])
    key = f"due-{conversation.pk}-{conversation.due_at.isoformat()}-{'late' if late else 'soon'}"
    notify(people, filled(title, {"who": conversation}), url=url, level="warning", key=key)
