"""Images: the right to use them, the people in them, and those who cannot see them."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from leitstand.rules.draft import Draft
from leitstand.rules.rule import Hit, Rule
from leitstand.rules.verdict import Place


def licence_missing(draft: Draft) -> Iterator[Hit]:
    for image in draft.images:
        ended = image.ends_on is not None and image.ends_on < draft.publish_on
        if not image.licence or not image.source or ended:
            yield Place("images"), image.name


def release_missing(draft: Draft) -> Iterator[Hit]:
    for image in draft.images:
        if image.shows_people and not image.release:
            yield Place("images"), image.name


def alt_missing(draft: Draft) -> Iterator[Hit]:
    for image in draft.images:
        if not image.alt.strip() or image.alt.strip() == image.name:
            yield Place("images"), image.name


def alt_too_long(draft: Draft) -> Iterator[Hit]:
    """Counted in characters, as it is cut."""
    for image in draft.images:
        if draft.alt_limit and len(image.alt) > draft.alt_limit:
            yield Place("images"), f"{image.name}: {len(image.alt)} / {draft.alt_limit}"


def credit_missing(draft: Draft) -> Iterator[Hit]:
    for image in draft.images:
        unnamed = image.licence == "free" and not image.credit
        if unnamed or (image.credit and image.credit not in draft.text):
            yield Place("images"), image.credit or image.name


LICENCE = Rule(
    "licence-record",
    _("Licence record"),
    _("Each image needs a record of where it comes from and until when we may use it."),
    _("An image has no complete licence record, or its licence ends before the post goes out."),
    _("Enter source and licence in the image's record, or take another image."),
    "block",
    {"DE": "§§ 13, 19a, 31 UrhG", "AT": "§§ 18a, 20, 24 UrhG", "CH": "Art. 9, 10 URG"},
    licence_missing,
)
PEOPLE = Rule(
    "people-in-images",
    _("People in images"),
    _("People who can be recognised must have agreed."),
    _("People can be recognised in an image, and no consent is filed."),
    _("Enter in the image's record where the consent is filed."),
    "block",
    {"DE": "§§ 22, 23 KUG, Art. 6 DSGVO", "AT": "§ 78 UrhG", "CH": "Art. 28 ZGB"},
    release_missing,
)
ALT_TEXT = Rule(
    "alt-text",
    _("Alt text"),
    _("People who cannot see the image hear its alt text."),
    _("An image has no alt text."),
    _("Describe in one sentence what the image shows."),
    "hint",
    {"DE": "BFSG, § 12a BGG", "AT": "BaFG, WZG", "CH": "BehiG"},
    alt_missing,
)
ALT_LENGTH = Rule(
    "alt-too-long",
    _("Length of alt texts"),
    _("Networks take alt texts up to a limit, and what is longer is cut off."),
    _("An alt text is too long for this network: its end will be missing."),
    _("Shorten it; what people need to know belongs into the post."),
    "hint",
    {},
    alt_too_long,
)
CREDIT = Rule(
    "credit-line",
    _("Credit line"),
    _("Many licences ask for the author's name."),
    _("The credit line of an image does not stand in the text."),
    _("Add the credit line from the image's record."),
    "hint",
    {"DE": "§ 13 UrhG", "AT": "§ 20 UrhG", "CH": "Art. 9 URG"},
    credit_missing,
)
