"""Channels."""

from typing import Any

from django.http import HttpRequest
from ninja import Router
from ninja.pagination import paginate

from leitstand.api.entry import caller
from leitstand.api.paging import Pages
from leitstand.api.problems import DECLINED
from leitstand.api.shapes.channels import ChannelOut
from leitstand.channels import queries

router = Router(tags=["channels"])


@router.get("/channels", response={200: list[ChannelOut], **DECLINED})
@paginate(Pages)
def list_channels(request: HttpRequest) -> Any:
    """Our accounts on networks."""
    return queries.channels(caller(request, "read", "channel.view"))


@router.get("/channels/{channel_id}", response={200: ChannelOut, **DECLINED})
def read_channel(request: HttpRequest, channel_id: int) -> Any:
    return queries.channel_for(caller(request, "read", "channel.view"), channel_id)
