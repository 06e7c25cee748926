"""Boxes and badges: each a small include in `templates/components/`."""

from __future__ import annotations

from typing import Any

from django import template
from django.contrib.messages.storage.base import Message
from django.template.loader import render_to_string
from django.utils.formats import localize
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from leitstand.core.errors import Text
from leitstand.core.templatetags.house_text import initials

WORDS: dict[str, Text] = {
    "green": _("in order"),
    "amber": _("needs attention"),
    "red": _("act now"),
    "grey": _("idle"),
    "blue": _("running"),
    "vacant": _("vacant"),
}
ALERT_ICONS = {"green": "circle-check", "amber": "alert-triangle", "red": "alert-octagon", "blue": "info-circle"}
AVATAR_TONES = 6


def join(register: template.Library) -> None:
    for tag in (icon, state, counter, avatar, undo_url):
        register.simple_tag(tag)
    for box, name in ((empty, "empty"), (progress, "progress"), (copy, "copy")):
        register.inclusion_tag(f"components/{name}.html", name=name)(box)
    register.simple_block_tag(card)
    register.simple_block_tag(alert)
    register.simple_block_tag(capture)


def icon(name: str, label: Text = "") -> SafeString:
    """A Tabler icon (https://tabler.io/icons); without a label it is decoration."""
    if label:
        return format_html('<i class="ti ti-{}" role="img" aria-label="{}"></i>', name, label)
    return format_html('<i class="ti ti-{}" aria-hidden="true"></i>', name)


def state(name: str, word: Text = "") -> SafeString:
    """A lamp with a word: green, amber, red, grey, blue or vacant."""
    return format_html('<span class="state state-{}">{}</span>', name, word or WORDS.get(name, name))


def counter(number: int | None, label: Text = "", tone: str = "grey") -> SafeString | str:
    """The number in a badge, read out with its label; nothing when zero."""
    if not number:
        return ""
    spoken = format_html('<span class="visually-hidden"> {}</span>', label) if label else ""
    return format_html('<span class="counter counter-{}">{}{}</span>', tone, localize(number), spoken)


def avatar(person: Any, size: str = "") -> SafeString:
    """Initials in a circle; the colour follows from the name. Sizes: "", "sm"."""
    name = str(person or "?")
    tone = sum(name.encode()) % AVATAR_TONES
    return format_html(
        '<span class="avatar-house avatar-tone-{} {}" title="{}" role="img" aria-label="{}">{}</span>',
        *(tone, f"avatar-{size}" if size else "", name, name, initials(name)),
    )


def empty(icon: str, title: Text, text: Text = "", url: str = "", label: Text = "") -> dict[str, Any]:
    """What to show where nothing is yet: why, and the one thing to do."""
    return {"icon": icon, "title": title, "text": text, "url": url, "label": label}


def progress(value: float, maximum: float = 100, label: Text = "", state: str = "blue") -> dict[str, Any]:
    """A native <progress> with its figures beside it."""
    share = round(100 * value / maximum) if maximum else 0
    return {"value": value, "maximum": maximum or 1, "label": label, "state": state, "share": share}


def copy(text: str, label: Text = "") -> dict[str, Any]:
    """A button that copies the text; without JavaScript the text itself stays selectable beside it."""
    return {"text": text, "label": label}


def card(content: str, title: Text = "", **facts: Any) -> SafeString:
    """A box with a heading; `level` is the heading's level, 2 unless told."""
    return render_to_string("components/card.html", {"content": content, "title": title, "level": 2, **facts})


def alert(content: str, tone: str = "blue", title: Text = "") -> SafeString:
    """A notice in the page; red ones are read out at once."""
    facts = {"content": content, "tone": tone, "title": title, "icon": ALERT_ICONS.get(tone, "info-circle")}
    return render_to_string("components/alert.html", facts)


def undo_url(message: Message) -> str:
    """Where to POST to take the step of this message back; empty when it cannot be taken back."""
    found = [word for word in (message.extra_tags or "").split() if word.startswith("undo:")]
    return found[0].removeprefix("undo:") if found else ""


def capture(content: str) -> str:
    """With `as name`: the rendered content without outer white space, to be used more than once."""
    return SafeString(content.strip())
