"""What connectors say, in the language of whoever reads.

Connectors are pure: they hold English source texts with `{name}` places. `say` fills and translates them.
The texts themselves stand in `spoken.py`, so that translators find them; a test keeps that list complete.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from django.utils.functional import lazy
from django.utils.translation import gettext

from leitstand.connectors.protocol import Network

PLACE = re.compile(r"\{(\w+)\}")


def say(text: str, places: Mapping[str, object] | None = None) -> str:
    """The text translated, its places filled; a place nobody filled is left out. Empty stays empty."""
    if not text:
        return ""
    return PLACE.sub(lambda found: str((places or {}).get(found[1], "")), gettext(text)).strip()


lazy_say = lazy(say, str)


def why(reason: str, places: Mapping[str, str]) -> str:
    """A reason translated, and with it what stands in its places (a rule's own words, for example)."""
    return say(reason, {name: gettext(place) if place else "" for name, place in places.items()})


lazy_why = lazy(why, str)


def in_words(network: Network, text: str, places: Mapping[str, object] | None = None) -> str:
    """What a network's connector says, translated. The network's own name is no part of what is translated."""
    return say(nameless(network, text), {"network": gettext(network.name), "slug": network.slug, **(places or {})})


lazy_in_words = lazy(in_words, str)


def nameless(network: Network, text: str) -> str:
    """The text as translators see it: `{network}` and `{slug}` where the name stands."""
    return text.replace(network.name, "{network}").replace(network.slug, "{slug}")
