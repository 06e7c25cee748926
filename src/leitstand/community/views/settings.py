"""Saved replies and response targets."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from leitstand.community.forms import SavedReplyForm, TargetForm
from leitstand.community.models import Conversation, ResponseTarget, SavedReply
from leitstand.community.response import target_minutes
from leitstand.core.pages import PersonRequest, needs, page, see_other


@needs("conversation.answer")
@require_http_methods(["GET", "POST"])
def replies(request: PersonRequest) -> HttpResponseBase:
    """The list with a form for a new one, and the response targets."""
    form = SavedReplyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return see_other(request, reverse("community:replies"))
    targets = [(value, label, target_minutes(value)) for value, label in Conversation.Kind.choices]
    shown: dict[str, Any] = {"form": form, "replies": SavedReply.objects.all(), "targets": targets}
    return page(request, "community/replies.html", status=422 if form.errors else 200, **shown)


@needs("conversation.answer")
@require_http_methods(["GET", "POST"])
def reply(request: PersonRequest, reply_id: int) -> HttpResponseBase:
    found = _reply(reply_id)
    form = SavedReplyForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        form.save()
        return see_other(request, reverse("community:replies"))
    return page(request, "community/reply.html", form=form, reply=found, status=422 if form.errors else 200)


@needs("conversation.answer")
@require_POST
def remove_reply(request: PersonRequest, reply_id: int) -> HttpResponseBase:
    _reply(reply_id).delete()
    messages.success(request, _("Removed."))
    return see_other(request, reverse("community:replies"))


@needs("company.edit")
@require_POST
def target(request: PersonRequest, kind: str) -> HttpResponseBase:
    """Minutes of service time for one kind."""
    if kind not in Conversation.Kind.values:
        raise Http404
    found = ResponseTarget.objects.filter(kind=kind).first() or ResponseTarget(kind=kind)
    form = TargetForm(request.POST, instance=found)
    if form.is_valid() and form.cleaned_data["minutes"] > 0:
        form.save()
        messages.success(request, _("Saved."))
    else:
        messages.error(request, _("Enter a number of minutes above zero."))
    return see_other(request, reverse("community:replies"))


def _reply(reply_id: int) -> SavedReply:
    found = SavedReply.objects.filter(pk=reply_id).first()
    if found is None:
        raise Http404
    return found
