"""How listening shows the reasons of a score."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext

from leitstand.listening.discover import Reason

register = template.Library()


@register.simple_tag
def reason(one: Reason) -> str:
    """The reason in the language of whoever reads."""
    return gettext(one.say).format_map(one.places)
