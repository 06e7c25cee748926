"""The list of networks, and foreign wheels that are not what they say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import Any

import pytest

from leitstand.connectors import registry
from leitstand.connectors.document import document
from leitstand.connectors.practice import Practice
from tests.wire import UnknownRequest, Wire

BUILT_IN = ["practice", "practice-short", "practice-photo", "practice-blog", "mastodon", "bluesky", "wordpress"]
PAGE = Path(__file__).parents[2] / "docs" / "connectors.md"


class Foreign(Practice):
    """As a wheel might bring it."""

    network = replace(Practice.network, slug="foreign", name="Foreign")


class Twin(Practice):
    """Wants the place of a built-in one."""


class Silent:
    """Has facts but cannot connect."""

    network = replace(Practice.network, slug="silent")


NOT_A_CLASS = 7


@pytest.fixture
def wheels(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """Puts entry points there as if wheels had been installed."""

    def install(*names: str) -> None:
        points = [EntryPoint(name, f"{__name__}:{name}" if ":" not in name else name, registry.GROUP) for name in names]
        monkeypatch.setattr(registry, "entry_points", lambda group: points if group == registry.GROUP else [])
        registry._known.cache_clear()

    yield install
    monkeypatch.undo()
    registry._known.cache_clear()


def test_what_is_built_in() -> None:
    assert [network.slug for network in registry.networks()] == BUILT_IN
    assert registry.connector("practice") is Practice
    assert registry.network("practice") is Practice.network
    assert registry.broken() == {}


def test_nobody_speaks_for_what_is_not_there() -> None:
    for slug in ("googleplus", "xing", "feed", "nothing"):
        with pytest.raises(KeyError):
            registry.connector(slug)


def test_retired_networks_say_why_and_sources_are_no_channels() -> None:
    assert all(network.retired and not network.fields for network in registry.RETIRED)
    slugs = {network.slug for network in (*registry.RETIRED, *registry.SOURCES)}
    assert not slugs & {network.slug for network in registry.networks()}


def test_a_foreign_wheel_joins(wheels: Any) -> None:
    wheels("Foreign")
    assert [network.slug for network in registry.networks()] == [*BUILT_IN, "foreign"]
    assert registry.connector("foreign") is Foreign


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("Missing", "cannot be loaded"),
        ("no_such_module_anywhere:X", "cannot be loaded"),
        ("Silent", "not a connector"),
        ("NOT_A_CLASS", "not a connector"),
        ("Twin", "already a connector"),
    ],
)
def test_a_bad_wheel_does_not_break_the_house(
    wheels: Any, name: str, reason: str, caplog: pytest.LogCaptureFixture
) -> None:
    wheels(name, "Foreign")
    assert [network.slug for network in registry.networks()] == [*BUILT_IN, "foreign"]
    assert registry.connector("practice") is Practice
    (said,) = registry.broken().values()
    assert reason in said and said in caplog.text


def test_the_page_of_networks_is_current() -> None:
    """Mend it with: python -m leitstand.connectors.document > docs/connectors.md"""
    assert PAGE.read_text(encoding="utf-8") == document() + "\n"


def test_the_wire_refuses_what_nobody_recorded() -> None:
    with pytest.raises(UnknownRequest):
        Wire("practice").client.get("https://elsewhere.example/")
