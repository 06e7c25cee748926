"""Says when the law of the company's countries is not known here, so that silence is not taken for a yes."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from leitstand.rules.draft import Draft
from leitstand.rules.rule import Hit, Rule
from leitstand.rules.verdict import Place

KNOWN = frozenset({"DE", "AT", "CH"})


def check(draft: Draft) -> Iterator[Hit]:
    if KNOWN.isdisjoint(draft.countries):
        yield Place("channel"), ", ".join(draft.countries)


COUNTRY = Rule(
    "unknown-law",
    _("Law of other countries"),
    _("The rules know the law of Germany, Austria and Switzerland only."),
    _("The law of your countries is not known here: nothing of it was checked."),
    _("Have such posts looked at by somebody who knows it. Countries are chosen in the company profile."),
    "hint",
    {},
    check,
)
