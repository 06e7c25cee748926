"""How listening shows the reasons of a score."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.translation import gettext

from leitstand.listening.discover import Reason

register = template.Library()


@register.simple_tag
def reason(one: Reason | dict[str, Any]) -> str:
    """The reason, fresh or stored, in the language of whoever reads."""
    known = Reason(**one) if isinstance(one, dict) else one
    return gettext(known.say).format_map(known.places)
