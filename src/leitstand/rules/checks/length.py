"""What a network would refuse anyway: too long, empty, no title, no image."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from leitstand.rules.draft import Draft
from leitstand.rules.rule import Hit, Rule
from leitstand.rules.verdict import Place


def too_long(draft: Draft) -> Iterator[Hit]:
    if draft.limit and draft.used > draft.limit:
        yield Place("text", 0, 0), f"{draft.used} / {draft.limit} {draft.unit}".strip()


def empty(draft: Draft) -> Iterator[Hit]:
    if not draft.text.strip():
        yield Place("text", 0, 0), ""


def untitled(draft: Draft) -> Iterator[Hit]:
    if draft.needs_title and not draft.title.strip():
        yield Place("title", 0, 0), ""


def imageless(draft: Draft) -> Iterator[Hit]:
    if draft.needs_image and not draft.images:
        yield Place("images"), ""


LENGTH = Rule(
    "too-long",
    _("Length"),
    _("Each network has a limit, and counts in its own way."),
    _("The text is too long for this network."),
    _("Shorten it, give this channel its own words, or split it into a thread."),
    "block",
    {},
    too_long,
    in_answers="block",
)
NOTHING = Rule(
    "no-text",
    _("Empty text"),
    _("A post without words cannot be published."),
    _("There is no text yet."),
    _("Write something."),
    "block",
    {},
    empty,
    in_answers="block",
)
TITLE = Rule(
    "no-title",
    _("Title of a blog post"),
    _("A blog post is found by its title."),
    _("This channel needs a title."),
    _("Write a title."),
    "block",
    {},
    untitled,
)
IMAGE = Rule(
    "no-image",
    _("Image of a photo post"),
    _("Some networks take no post without an image."),
    _("This channel needs an image."),
    _("Add an image, or leave this channel out."),
    "block",
    {},
    imageless,
)
