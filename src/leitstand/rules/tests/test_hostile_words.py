"""Texts that want to do harm: a longer one takes longer in proportion, whatever it is made of."""

from __future__ import annotations

import pytest
from tests.effort import grows_in_proportion

from leitstand.rules import judge
from leitstand.rules.tests.drafts import draft

SHORT = 2_500
PIECES = [
    "a",
    "ä-",
    "Aa ",
    "1",
    "1'000",
    "12,90 ",
    "- ",
    "€",
    "a@",
    "\n",
    "statt 9,90 ",
    "nur 9,90 ",
    "statt 9 € ",
    "sonst 9 € ",
    "Alle Mühlen ",
    "Preise für alle ",
    "spart bis zu ",
    "spende 1 statt 1 €",
    "20 % sparen ",
    "Verbrauch ",
    "Preis ",
    "Rabatt",
    "gewinnspiel",
    "Gewinnspiel ist die ",
    "gibt ",
    "kommentier ",
    "verlost ",
    "win! ",
    "giving away ",
    "comment ",
    "Wettbewerb ",
    "wer ",
    "kostenlos ",
    "Straße 1/1/1, ",
    "Am Am 1 ",
    "DE89 ",
    "nachhaltige ",
    "klimaneutral ",
    "nachhaltig. Wie? ",
    "Vortrag: ",
    "nicht mit KI ",
    "Werbung ",
]


@pytest.mark.parametrize("piece", PIECES)
def test_the_effort_grows_no_faster_than_the_text(piece: str) -> None:
    def work(length: int) -> None:
        text = piece * (length // len(piece))
        for facts in ({}, {"ai": "generated", "consideration": "paid"}):
            judge(draft(text=text, title=text, own_contacts=(text,), **facts))

    assert grows_in_proportion(work, SHORT)
