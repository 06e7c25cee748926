"""What can be done with a channel: look now, pause, resume, name its imprint, disconnect."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from leitstand.channels import pause, queries
from leitstand.channels.cards import card_of
from leitstand.channels.check import check
from leitstand.channels.disconnect import disconnect
from leitstand.channels.events import ImprintChanged
from leitstand.channels.forms import DisconnectForm, ImprintForm
from leitstand.channels.light import light_of
from leitstand.channels.models import Channel
from leitstand.channels.views.list import channel_page
from leitstand.core.errors import Declined
from leitstand.core.events import record
from leitstand.core.pages import PersonRequest, needs, page, see_other


@needs("channel.connect")
@require_POST
def check_now(request: PersonRequest, channel_id: int) -> HttpResponseBase:
    """Looks at once and says what was found."""
    found = queries.channel_for(request.user, channel_id)
    check(channel_id=found.pk)
    light = light_of(queries.channel_for(request.user, channel_id))
    tell = messages.success if light.tone == "green" else messages.warning
    tell(request, _("Checked: %(word)s. %(text)s") % {"word": light.word, "text": light.text})
    return _back(request, found)


@needs("channel.connect")
@require_POST
def imprint(request: PersonRequest, channel_id: int) -> HttpResponseBase:
    """The imprint shown in the profile of this channel."""
    found = queries.channel_for(request.user, channel_id)
    form = ImprintForm(request.POST)
    if not form.is_valid():
        return channel_page(request, found, form, status=422)
    with transaction.atomic():
        Channel.objects.filter(pk=found.pk).update(imprint_url=form.cleaned_data["imprint_url"])
        record(ImprintChanged(found.pk, form.cleaned_data["imprint_url"]), request.user)
    messages.success(request, _("Saved."))
    return _back(request, found)


@needs("channel.connect")
@require_POST
def pausing(request: PersonRequest, channel_id: int) -> HttpResponseBase:
    found = queries.channel_for(request.user, channel_id)
    if pause.pause(found, request.user):
        undo = reverse("channels:resume", args=[found.pk])
        messages.success(request, _("Paused. What is planned waits."), extra_tags=f"undo:{undo}")
    return _back(request, found)


@needs("channel.connect")
@require_POST
def resuming(request: PersonRequest, channel_id: int) -> HttpResponseBase:
    found = queries.channel_for(request.user, channel_id)
    if pause.resume(found, request.user):
        messages.success(request, _("Resumed. What is due goes out now."))
    return _back(request, found)


@needs("channel.connect")
@require_http_methods(["GET", "POST"])
def disconnecting(request: PersonRequest, channel_id: int) -> HttpResponseBase:
    """Says what it means; the typed name ends it."""
    found = queries.channel_for(request.user, channel_id)
    form = DisconnectForm(found, request.POST or None)
    if found.is_gone:
        return _back(request, found)
    if request.method == "POST" and form.is_valid():
        try:
            disconnect(found, form.cleaned_data["typed"], request.user)
        except Declined as declined:
            form.add_error("typed", str(declined.say))
        else:
            messages.success(request, _("Disconnected. The access was deleted here."))
            return see_other(request, reverse("channels:channels"))
    facts = {"card": card_of(found), "channel": found, "form": form, "dependants": queries.dependants(found)}
    return page(request, "channels/disconnect.html", "", 422 if form.is_bound else 200, **facts)


def _back(request: PersonRequest, found: Channel) -> HttpResponseBase:
    return see_other(request, reverse("channels:channel", args=[found.pk]))
