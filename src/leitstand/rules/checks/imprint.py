"""The profile a post appears on names who is responsible."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from leitstand.rules.draft import Draft
from leitstand.rules.rule import Hit, Rule
from leitstand.rules.verdict import Place


def check(draft: Draft) -> Iterator[Hit]:
    if not draft.channel_imprint_url:
        yield Place("channel"), ""


IMPRINT = Rule(
    "imprint",
    _("Imprint of the channel"),
    _("A business profile needs an imprint that is reached with two clicks."),
    _("No imprint is recorded for this channel."),
    _("Enter the address of the imprint in the company profile or with the channel."),
    "hint",
    {"DE": "§ 5 DDG, § 18 MStV; BGH I ZR 228/03", "AT": "§ 5 ECG, §§ 24, 25 MedienG", "CH": "Art. 3 Abs. 1 lit. s UWG"},
    check,
)
