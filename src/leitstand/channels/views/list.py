"""All channels, and one of them."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from leitstand.channels import disconnect as ending
from leitstand.channels import queries
from leitstand.channels.check import check
from leitstand.channels.models import Channel
from leitstand.core.pages import PersonRequest, needs, page, see_other


@needs("channel.view")
def channels(request: PersonRequest) -> HttpResponseBase:
    """Cards with the health of each."""
    lines = [(channel, queries.network_of(channel)) for channel in queries.channels(request.user)]
    return page(request, "channels/channels.html", "cards", lines=lines, now=timezone.now())


@needs("channel.view")
def channel(request: PersonRequest, channel_id: int) -> HttpResponseBase:
    """One channel: health, history, what can be done."""
    found = queries.channel_for(request.user, channel_id)
    checks = list(found.checks.all()[:50])
    shown = {"channel": found, "network": queries.network_of(found), "checks": checks, "chart": _chart(found)}
    return page(request, "channels/channel.html", dependants=queries.dependants(found), **shown)


def _chart(found: Channel) -> dict[str, object]:
    """Followers, the last reading of each day."""
    days: dict[str, int] = {}
    for at, followers in found.checks.exclude(followers=None).order_by("at").values_list("at", "followers"):
        days[at.date().isoformat()] = followers
    return {"labels": list(days), "series": [{"name": _("Followers"), "values": list(days.values())}]}


@needs("channel.connect")
@require_POST
def check_now(request: PersonRequest, channel_id: int) -> HttpResponseBase:
    found = queries.channel_for(request.user, channel_id)
    check(channel_id=found.pk)
    messages.success(request, _("Checked."))
    return _back(request, found)


@needs("channel.connect")
@require_POST
def imprint(request: PersonRequest, channel_id: int) -> HttpResponseBase:
    """The imprint shown in the profile of this channel."""
    found = queries.channel_for(request.user, channel_id)
    Channel.objects.filter(pk=found.pk).update(imprint_url=request.POST.get("imprint_url", "")[:200])
    messages.success(request, _("Saved."))
    return _back(request, found)


@needs("channel.connect")
@require_POST
def pausing(request: PersonRequest, channel_id: int) -> HttpResponseBase:
    found = queries.channel_for(request.user, channel_id)
    ending.pause(found, request.user)
    return _back(request, found)


@needs("channel.connect")
@require_POST
def resuming(request: PersonRequest, channel_id: int) -> HttpResponseBase:
    found = queries.channel_for(request.user, channel_id)
    ending.resume(found, request.user)
    return _back(request, found)


@needs("channel.connect")
@require_POST
def disconnecting(request: PersonRequest, channel_id: int) -> HttpResponseBase:
    found = queries.channel_for(request.user, channel_id)
    ending.disconnect(found, request.POST.get("typed", ""), request.user)
    messages.success(request, _("Disconnected. The access was deleted here."))
    return see_other(request, reverse("channels:channels"))


def _back(request: PersonRequest, found: Channel) -> HttpResponseBase:
    return see_other(request, reverse("channels:channel", args=[found.pk]))
