"""Connecting, guided: choose a network, fill in what it needs, see who we are there."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from leitstand.channels import connect as connecting
from leitstand.channels import queries
from leitstand.channels.cards import card_of, offer_of, offers
from leitstand.channels.forms import ConnectForm, ImprintForm
from leitstand.channels.models import Channel
from leitstand.channels.reconnect import reconnect as renew_access
from leitstand.connectors import registry
from leitstand.connectors.protocol import Network
from leitstand.core.errors import Declined
from leitstand.core.pages import PersonRequest, needs, page, see_other


@needs("channel.connect")
def choose(request: PersonRequest) -> HttpResponseBase:
    """All networks; closed ones say why they are not offered."""
    return page(request, "channels/choose.html", offers=offers())


@needs("channel.connect")
@require_http_methods(["GET", "POST"])
def connect(request: PersonRequest, slug: str) -> HttpResponseBase:
    """The form of one network; what was typed is checked there before anything is saved."""
    network = _network(slug)
    form = ConnectForm(network, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = connecting.connect(slug, form.answers(), request.user, form.cleaned_data["ticket"])
        except Declined as declined:
            _show(form, declined)
        else:
            return see_other(request, reverse("channels:connected", args=[made.pk]))
    return _form_page(request, network, form)


@needs("channel.connect")
def connected(request: PersonRequest, channel_id: int) -> HttpResponseBase:
    """Who we are there, what we may do, and what to do next."""
    found = queries.channel_for(request.user, channel_id)
    return page(
        request,
        "channels/connected.html",
        card=card_of(found),
        channel=found,
        form=ImprintForm(initial={"imprint_url": found.imprint_url}),
    )


@needs("channel.connect")
@require_http_methods(["GET", "POST"])
def reconnect(request: PersonRequest, channel_id: int) -> HttpResponseBase:
    """New access for a channel that lost it; nothing else changes."""
    found = queries.channel_for(request.user, channel_id)
    network = queries.network_of(found)
    form = ConnectForm(network, request.POST or None, initial=found.answers)
    if request.method == "POST" and form.is_valid():
        try:
            renew_access(found, form.answers(), request.user)
        except Declined as declined:
            _show(form, declined)
        else:
            messages.success(request, _("Reconnected. The queue goes on by itself."))
            return see_other(request, reverse("channels:channel", args=[found.pk]))
    return _form_page(request, network, form, found)


def _form_page(
    request: PersonRequest, network: Network, form: ConnectForm, found: Channel | None = None
) -> HttpResponseBase:
    facts = {"offer": offer_of(network), "network": network, "form": form, "channel": found}
    return page(request, "channels/connect.html", "", 422 if form.is_bound else 200, **facts)


def _show(form: ConnectForm, declined: Declined) -> None:
    for line in (declined.say, *declined.hints):
        form.add_error(None, str(line))


def _network(slug: str) -> Network:
    try:
        return registry.network(slug)
    except KeyError as error:
        raise Http404 from error
