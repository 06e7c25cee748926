"""Everything a connector may say is known to the translators, and said in German."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import translation

from leitstand import connectors
from leitstand.channels import spoken
from leitstand.channels.words import in_words, nameless, say
from leitstand.connectors import registry
from leitstand.connectors.protocol import Network

LISTED = {*spoken.OUTCOMES, *spoken.FIELDS, *spoken.GUIDES, *spoken.CLOSED, *spoken.OWN, *spoken.NAMES}
ERRORS = {"Refused", "NotAllowed", "TooFast", "Unreachable", "Unsure"}
NETWORKS = [*registry.networks(), *registry.RETIRED]


def _facts(network: Network) -> Iterator[str]:
    for field in network.fields:
        yield from (field.label, field.help)
    yield from (*network.guide, network.retired)


def _errors() -> Iterator[str]:
    """Texts given to errors in the connectors, written there or as a constant."""
    folder = Path(connectors.__file__).parent
    trees = [ast.parse(path.read_text()) for path in folder.rglob("*.py") if "tests" not in path.parts]
    nodes = [node for tree in trees for node in ast.walk(tree)]
    for node in nodes:
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant):
            names = [target.id for target in node.targets if isinstance(target, ast.Name)]
            if any(name.startswith("SAY_") for name in names):
                yield str(node.value.value)
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ERRORS:
            yield from (str(word.value) for word in node.args[:1] if isinstance(word, ast.Constant))


@pytest.mark.parametrize("network", NETWORKS, ids=lambda network: network.slug)
def test_the_facts_of_a_network_are_listed(network: Network) -> None:
    assert not {nameless(network, text) for text in _facts(network) if text} - LISTED


def test_the_errors_are_listed() -> None:
    known = LISTED | {_named(text) for text in LISTED}
    assert not {text for text in _errors()} - known


def _named(text: str) -> str:
    names = {network.name for network in NETWORKS}
    return next((text.replace("{network}", name) for name in names if text.replace("{network}", name) in _ALL), text)


_ALL = set(_errors())


@pytest.mark.parametrize("text", sorted(LISTED))
def test_it_is_said_in_german(text: str) -> None:
    with translation.override("de"):
        assert translation.gettext(text) != text or text in {"Handle", "Server"}


def test_places_are_filled_and_missing_ones_left_out() -> None:
    assert say("The network refused this: {reason}", {"reason": "{too} long"}) == "The network refused this: {too} long"
    assert say("The network refused this: {reason}") == "The network refused this:"
    assert say("") == ""


def test_the_name_of_the_network_is_put_back() -> None:
    network = registry.network("mastodon")
    with translation.override("de"):
        assert in_words(network, network.fields[0].help).endswith("mastodon.social.")
