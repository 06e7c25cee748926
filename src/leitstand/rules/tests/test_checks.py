"""Each rule with facts it must notice; how grave it is, and where it holds. Words are tried in a file per check."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from leitstand.rules import judge
from leitstand.rules.checks import ALL
from leitstand.rules.tests.drafts import IMAGE, PLAIN, draft, found
from leitstand.rules.verdict import Severity


def test_a_plain_post_is_let_through() -> None:
    assert judge(PLAIN).findings == ()
    assert judge(draft(images=(IMAGE,))).findings == ()


FACTS = [
    ("ai-label", {"ai": "generated"}, True),
    ("climate-claims", {"text": "klimaneutral"}, True),
    ("environmental-claims", {"text": "nachhaltig"}, True),
    ("personal-data", {"text": "Bestellnummer: 4711"}, True),
    ("price-claims", {"text": "20 % Rabatt"}, True),
    ("prize-draw", {"text": "Gewinnspiel"}, True),
    ("advertising-label", {"consideration": "paid"}, True),
    ("unclear-advertising", {"text": "Unser Mixer #sponsored"}, True),
    ("licence-record", {"images": (replace(IMAGE, licence=""),)}, True),
    ("licence-record", {"images": (replace(IMAGE, source=""),)}, True),
    ("licence-record", {"images": (replace(IMAGE, ends_on=date(2026, 11, 22)),)}, True),
    ("licence-record", {"images": (replace(IMAGE, ends_on=date(2026, 11, 23)),)}, False),
    ("people-in-images", {"images": (replace(IMAGE, shows_people=True),)}, True),
    ("people-in-images", {"images": (replace(IMAGE, shows_people=True, release="Ordner 3"),)}, False),
    ("alt-text", {"images": (replace(IMAGE, alt=" "),)}, True),
    ("alt-text", {"images": (replace(IMAGE, alt="tasse.jpg"),)}, True),
    ("alt-too-long", {"images": (replace(IMAGE, alt="a" * 1_501),), "alt_limit": 1_500}, True),
    ("alt-too-long", {"images": (replace(IMAGE, alt="a" * 1_500),), "alt_limit": 1_500}, False),
    ("alt-too-long", {"images": (replace(IMAGE, alt="a" * 9_999),)}, False),
    ("credit-line", {"images": (replace(IMAGE, licence="free"),)}, True),
    ("credit-line", {"images": (replace(IMAGE, credit="Foto: Kim"),)}, True),
    ("credit-line", {"images": (replace(IMAGE, credit="Foto: Kim"),), "text": "Kaffee. Foto: Kim"}, False),
    ("no-text", {"text": " \n"}, True),
    ("no-text", {"text": "☕"}, False),
    ("no-title", {"needs_title": True}, True),
    ("no-title", {"needs_title": True, "title": "Winterkaffee"}, False),
    ("no-image", {"needs_image": True}, True),
    ("no-image", {"needs_image": True, "images": (IMAGE,)}, False),
    ("no-image", {}, False),
    ("too-long", {"used": 501, "limit": 500}, True),
    ("too-long", {"used": 500, "limit": 500}, False),
    ("too-long", {"used": 9_999, "limit": 0}, False),
    ("imprint", {"channel_imprint_url": ""}, True),
    ("imprint", {}, False),
    ("unknown-law", {"countries": ("FR",)}, True),
    ("unknown-law", {"countries": ("FR", "CH")}, False),
]


@pytest.mark.parametrize(("rule", "facts", "hit"), FACTS)
def test_facts(rule: str, facts: dict[str, Any], hit: bool) -> None:
    assert (rule in found(draft(**facts))) is hit


ALT = "Klimaneutral! 20 % Rabatt, 9 € statt 12 €, Gewinnspiel #ad, plastikfrei, Tel. 0171 2345678"


def test_an_alt_text_is_read_like_the_text() -> None:
    judged = judge(draft(images=(replace(IMAGE, alt=ALT),)))
    assert {one.rule: one.place.field for one in judged.findings} == dict.fromkeys(
        [
            "price-claims",
            "climate-claims",
            "environmental-claims",
            "prize-draw",
            "personal-data",
            "unclear-advertising",
        ],
        "alt",
    )
    assert all(ALT[one.place.start : one.place.end] == one.words for one in judged.findings)


SEVERITY: dict[str, Severity] = {
    "licence-record": "block",
    "people-in-images": "block",
    "ai-label": "block",
    "alt-text": "hint",
    "alt-too-long": "hint",
    "credit-line": "hint",
    "advertising-label": "block",
    "unclear-advertising": "hint",
    "unknown-law": "hint",
    "price-claims": "block",
    "climate-claims": "block",
    "environmental-claims": "block",
    "personal-data": "approval",
    "prize-draw": "block",
    "no-text": "block",
    "no-title": "block",
    "no-image": "block",
    "too-long": "block",
    "imprint": "hint",
}


def test_how_grave_each_rule_is() -> None:
    assert {rule.slug: rule.severity for rule in ALL} == SEVERITY


def test_every_rule_is_tried_with_a_hit() -> None:
    assert {rule for rule, _facts, hit in FACTS if hit} == set(SEVERITY)


@pytest.mark.parametrize(("country", "norm"), [("DE", "§ 11 PAngV"), ("AT", "§ 9a PrAG"), ("CH", "Art. 16 PBV")])
def test_the_norm_is_the_one_of_the_country(country: str, norm: str) -> None:
    finding = judge(draft(text="20 % Rabatt", countries=(country,))).blocks[0]
    assert finding.reference.startswith(norm)


def test_the_law_of_another_country_is_not_asked() -> None:
    assert found(draft(text="20 % Rabatt", countries=("US",))) == ["unknown-law"]
    assert found(draft(text="20 % Rabatt", countries=("US", "AT"))) == ["price-claims"]


def test_answers_are_asked_only_what_concerns_answers() -> None:
    text = "Zum Gewinnspiel: Ihre Bestellnummer: 4711"
    assert found(draft(text=text, is_answer=True, channel_imprint_url="")) == ["personal-data"]


CLAIMS = ["Unser Kaffee ist klimaneutral.", "Unsere Becher sind nachhaltig.", "Heute statt 14,99 € nur 9,99 €!"]


@pytest.mark.parametrize("text", CLAIMS)
def test_a_claim_in_an_answer_is_looked_at_twice(text: str) -> None:
    assert [one.severity for one in judge(draft(text=text)).findings] == ["block"]
    assert [one.severity for one in judge(draft(text=text, is_answer=True)).findings] == ["approval"]
    switched = judge(draft(text=text, is_answer=True), {judge(draft(text=text)).findings[0].rule: "hint"})
    assert [one.severity for one in switched.findings] == ["hint"]
