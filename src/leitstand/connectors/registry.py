"""Which networks there are. A new one is one more line here, its file, and its recorded answers.

Foreign wheels bring connectors through the entry point group `leitstand.connectors`. One that cannot be loaded,
or is none, is left out with the reason (`broken`); the house stands without it.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from functools import cache
from importlib import import_module
from importlib.metadata import EntryPoint, entry_points
from typing import Any

import httpx

from leitstand.connectors import feed
from leitstand.connectors.protocol import Connected, Connector, Connects, Network, TextRules, can

log = logging.getLogger(__name__)
GROUP = "leitstand.connectors"
BUILT_IN = (
    "leitstand.connectors.practice:Practice",
    "leitstand.connectors.practice:PracticeShort",
    "leitstand.connectors.practice:PracticePhoto",
    "leitstand.connectors.practice:PracticeBlog",
    "leitstand.connectors.mastodon:Mastodon",
    "leitstand.connectors.bluesky:Bluesky",
    "leitstand.connectors.wordpress:WordPress",
)
# What is read but is nobody's channel.
SOURCES = (feed.network,)
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
# What the code of somebody else may raise while it is imported.
FAULTS: tuple[type[Exception], ...] = (ImportError, SyntaxError, NameError, AttributeError, TypeError, ValueError)
FAULTS += (LookupError, OSError, RuntimeError, ArithmeticError, AssertionError)


@cache
def _known() -> tuple[dict[str, type[Connector]], dict[str, str]]:
    """Connectors by slug, and why others are not among them. Built-in ones are never replaced."""
    found: dict[str, type[Connector]] = {one.network.slug: one for one in map(_built_in, BUILT_IN)}
    faults: dict[str, str] = {}
    for point in entry_points(group=GROUP):
        loaded = _foreign(point, found)
        if isinstance(loaded, str):
            log.error("the connector %s is left out: %s", point.value, loaded)
            faults[point.value] = loaded
        else:
            found[loaded.network.slug] = loaded
    return found, faults


def _built_in(path: str) -> type[Connector]:
    module, name = path.split(":")
    found: type[Connector] = getattr(import_module(module), name)
    return found


def _foreign(point: EntryPoint, taken: Mapping[str, object]) -> type[Connector] | str:
    """The connector of a foreign wheel, or what is wrong with it."""
    try:
        found: Any = point.load()
    except FAULTS as error:
        return f"it cannot be loaded ({type(error).__name__}: {error})"
    facts = getattr(found, "network", None)
    if not isinstance(found, type) or not isinstance(facts, Network) or not can(found, "connect"):
        return "it is not a connector: a class with `network`, `connect` and `check` is expected"
    if facts.slug in taken:
        return f"there is already a connector for “{facts.slug}”"
    return found


def networks() -> list[Network]:
    """All networks that can be connected, in the order of the list."""
    return [connector.network for connector in _known()[0].values()]


def broken() -> Mapping[str, str]:
    """Foreign connectors that were left out, each with the reason."""
    return _known()[1]


def connector(slug: str) -> type[Connector]:
    """The connector class of a network. Raises KeyError for a network nobody speaks for."""
    return _known()[0][slug]


def network(slug: str) -> Network:
    """The facts of a network. Raises KeyError."""
    return connector(slug).network


def connect(slug: str, wire: httpx.Client, answers: Mapping[str, str]) -> Connected:
    """A checked connection from the guided form. Raises KeyError and ConnectorError."""
    kind = connector(slug)
    if not issubclass(kind, Connects):  # pragma: no cover  (every connector of the registry connects)
        raise KeyError(slug)
    return kind.connect(wire, answers)
