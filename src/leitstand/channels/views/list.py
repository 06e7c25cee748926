"""All channels, and one of them."""

from __future__ import annotations

from django.http import HttpResponseBase

from leitstand.channels import queries
from leitstand.channels.cards import card_of, cards_of, checks_chart, followers_chart
from leitstand.channels.forms import ImprintForm
from leitstand.channels.models import Channel
from leitstand.core.pages import PersonRequest, needs, page

SHOWN_CHECKS = 12


@needs("channel.view")
def channels(request: PersonRequest) -> HttpResponseBase:
    """Cards with the health of each."""
    return page(request, "channels/channels.html", "cards", cards=cards_of(queries.channels(request.user)))


@needs("channel.view")
def channel(request: PersonRequest, channel_id: int) -> HttpResponseBase:
    """One channel: health, history, what can be done."""
    found = queries.channel_for(request.user, channel_id)
    return channel_page(request, found, ImprintForm(initial={"imprint_url": found.imprint_url}))


def channel_page(request: PersonRequest, found: Channel, form: ImprintForm, status: int = 200) -> HttpResponseBase:
    """The page of one channel, also shown again when its small form holds a mistake."""
    return page(
        request,
        "channels/channel.html",
        "health",
        status=status,
        card=card_of(found),
        channel=found,
        checks=list(found.checks.all()[:SHOWN_CHECKS]),
        followers=followers_chart(found),
        history=checks_chart(found),
        form=form,
    )
