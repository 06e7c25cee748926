"""Words: Markdown, marks in a text, initials."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

import nh3
from django import template
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

from leitstand.core.company.languages import SPOKEN
from leitstand.core.errors import Text

Span = tuple[int, int] | tuple[int, int, str]

BLOCKS = {"blockquote", "br", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p", "pre", "ul"}
TAGS = BLOCKS | {"a", "abbr", "code", "del", "em", "s", "strong", "table", "tbody", "td", "th", "thead", "tr"}
ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}, "abbr": {"title"}}
SCHEMES = {"http", "https", "mailto", "tel"}
LINK_REL = "noopener noreferrer nofollow"


def join(register: template.Library) -> None:
    for function in (markdown, highlight, language):
        register.filter(function.__name__, function)


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False, "breaks": True}).enable(["table", "strikethrough"])


def markdown(text: str | None) -> SafeString:
    """Markdown as HTML. Raw HTML is shown as text, scripts and images never pass, links open without referrer.

    Headings go one level down: the first level belongs to the page.
    """
    tokens = _parser().parse(text or "")
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(int(token.tag[1]) + 1, 6)}"
    html = _parser().renderer.render(tokens, _parser().options, {})
    return mark_safe(nh3.clean(html, tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel=LINK_REL))


def language(code: str) -> Text:
    """What this language is called by whoever reads; the bare code where nobody here knows it."""
    return SPOKEN.get(code, code)


def highlight(text: str | None, spans: Iterable[Span] | None) -> SafeString:
    """The escaped text with <mark> around the spans (character offsets); overlaps are cut, not nested."""
    return mark_safe("".join(_pieces(text or "", sorted(spans or [], key=lambda span: span[:2]))))


def _pieces(text: str, spans: list[Span]) -> Iterator[str]:
    done = 0
    for start, end, *tone in spans:
        start, end = max(start, done), min(end, len(text))
        if start >= end:
            continue
        yield escape(text[done:start])
        yield format_html('<mark class="mark mark-{}">{}</mark>', tone[0] if tone else "amber", text[start:end])
        done = end
    yield escape(text[done:])


def initials(person: Any) -> str:
    """First letters of the first and the last word: "Ada King Lovelace" gives "AL"."""
    words = re.findall(r"\w+", str(person or "").split("@")[0])
    letters = [words[0], words[-1]] if len(words) > 1 else words[:1]
    return "".join(word[0] for word in letters).upper() or "?"
