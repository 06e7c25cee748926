"""A network as one server of it runs: its own limits in place of the software's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from leitstand.connectors.protocol import Network

OF_TEXT, OF_MEDIA = {"limit", "url_length"}, {"images", "image_bytes", "alt_limit"}


def limited(network: Network, limits: Mapping[str, int]) -> Network:
    """The network with these limits, named as in TextRules and MediaRules; none told, the network as it is."""
    if not limits:
        return network
    text, media = _of(limits, OF_TEXT), _of(limits, OF_MEDIA)
    return replace(network, text=replace(network.text, **text), media=replace(network.media, **media))


def _of(limits: Mapping[str, int], names: set[str]) -> dict[str, Any]:
    return {name: limits[name] for name in names & limits.keys()}
