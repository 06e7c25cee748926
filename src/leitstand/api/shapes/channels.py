"""Channels."""

from __future__ import annotations

from typing import Literal

from ninja import Schema


class ChannelOut(Schema):
    id: int
    network: str
    handle: str
    name: str
    state: Literal["ready", "reconnect", "paused", "gone"]
    may_publish: bool
    may_read_replies: bool
    followers: int | None
