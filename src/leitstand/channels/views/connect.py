"""Connecting, guided: choose a network, fill in what it needs, see who we are there."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from leitstand.channels import connect as connecting
from leitstand.channels import queries
from leitstand.channels.models import Channel
from leitstand.connectors import registry
from leitstand.connectors.protocol import Network
from leitstand.core.errors import Declined
from leitstand.core.pages import PersonRequest, needs, page, see_other


@needs("channel.connect")
def choose(request: PersonRequest) -> HttpResponseBase:
    """All networks; closed ones say why they are not offered."""
    return page(request, "channels/choose.html", networks=registry.networks(), retired=registry.RETIRED)


@needs("channel.connect")
@require_http_methods(["GET", "POST"])
def connect(request: PersonRequest, slug: str) -> HttpResponseBase:
    network = _network(slug)
    if request.method == "GET":
        return page(request, "channels/connect.html", network=network, typed={})
    try:
        made = connecting.connect(slug, _typed(request, network), request.user)
    except Declined as declined:
        shown = {"network": network, "typed": _harmless(request, network), "declined": declined}
        return page(request, "channels/connect.html", status=declined.status, **shown)
    messages.success(request, _told(made))
    return see_other(request, reverse("channels:channel", args=[made.pk]))


@needs("channel.connect")
@require_http_methods(["GET", "POST"])
def reconnect(request: PersonRequest, channel_id: int) -> HttpResponseBase:
    """New access for a channel that lost it; nothing else changes."""
    found = queries.channel_for(request.user, channel_id)
    network = queries.network_of(found)
    shown = {"network": network, "channel": found, "typed": {"server": found.address, "handle": found.handle}}
    if request.method == "GET":
        return page(request, "channels/connect.html", **shown)
    try:
        connecting.reconnect(found, _typed(request, network), request.user)
    except Declined as declined:
        shown |= {"typed": _harmless(request, network), "declined": declined}
        return page(request, "channels/connect.html", status=declined.status, **shown)
    messages.success(request, _("Reconnected. The queue goes on by itself."))
    return see_other(request, reverse("channels:channel", args=[found.pk]))


def _network(slug: str) -> Network:
    try:
        return registry.network(slug)
    except KeyError as error:
        raise Http404 from error


def _typed(request: HttpRequest, network: Network) -> dict[str, str]:
    return {field.name: request.POST.get(field.name, "") for field in network.fields}


def _harmless(request: HttpRequest, network: Network) -> dict[str, str]:
    """What may be shown again; secrets must be typed anew."""
    return {field.name: request.POST.get(field.name, "") for field in network.fields if not field.secret}


def _told(made: Channel) -> str:
    rights = [_("may publish") if made.may_publish else "", _("may read replies") if made.may_read_replies else ""]
    facts = {"who": made.name, "rights": ", ".join(filter(None, rights)) or _("may only look")}
    return _("Connected as %(who)s: %(rights)s.") % facts
