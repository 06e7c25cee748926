"""Which networks there are. A new one is one more line here, its file, and its recorded answers.

Foreign wheels bring connectors through the entry point group `leitstand.connectors`.
"""

from __future__ import annotations

import logging
from functools import cache
from importlib import import_module
from importlib.metadata import entry_points

from leitstand.connectors.protocol import Connector, Network, TextRules

log = logging.getLogger(__name__)
BUILT_IN = (
    "leitstand.connectors.practice:Practice",
    "leitstand.connectors.mastodon:Mastodon",
    "leitstand.connectors.bluesky:Bluesky",
    "leitstand.connectors.wordpress:WordPress",
)
# Networks people ask for that no software can publish on; shown with the reason, never offered.
RETIRED = (
    Network(
        "googleplus",
        "Google+",
        TextRules(0),
        icon="brand-google",
        retired="Google closed this network for consumers on 2 April 2019. There is nothing left to publish on.",
    ),
    Network(
        "xing",
        "XING",
        TextRules(0),
        icon="brand-xing",
        retired="XING closed its programming interface. Posts must be published there by hand.",
    ),
)


@cache
def _connectors() -> dict[str, type[Connector]]:
    found = [_load(path) for path in BUILT_IN]
    for point in entry_points(group="leitstand.connectors"):
        try:
            found.append(point.load())
        except (ImportError, AttributeError) as error:
            log.error("the connector %s cannot be loaded: %s", point.value, error)
    return {connector.network.slug: connector for connector in found}


def _load(path: str) -> type[Connector]:
    module, name = path.split(":")
    connector: type[Connector] = getattr(import_module(module), name)
    return connector


def networks() -> list[Network]:
    """All networks that can be connected, in the order of the list."""
    return [connector.network for connector in _connectors().values()]


def connector(slug: str) -> type[Connector]:
    """The connector class of a network. Raises KeyError for a network nobody speaks for."""
    return _connectors()[slug]


def network(slug: str) -> Network:
    """The facts of a network. Raises KeyError."""
    return _connectors()[slug].network
