"""Each rule with words it must notice and words it must leave alone, in German and English."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from leitstand.rules import judge
from leitstand.rules.checks import ALL
from leitstand.rules.draft import Draft, DraftImage
from leitstand.rules.verdict import Severity

PLAIN = Draft(
    text="Unser Winterkaffee ist da.",
    channel_imprint_url="https://example.org/impressum",
    publish_on=date(2026, 11, 23),
)
IMAGE = DraftImage("tasse.jpg", "Eine Tasse Kaffee", "own", "Anna aus der Rösterei")


def found(draft: Draft) -> list[str]:
    return list(dict.fromkeys(finding.rule for finding in judge(draft).findings))


def draft(**facts: Any) -> Draft:
    return replace(PLAIN, **facts)


def test_a_plain_post_is_let_through() -> None:
    assert judge(PLAIN).findings == ()
    assert judge(draft(images=(IMAGE,))).findings == ()


WORDS = [
    # climate claims
    ("climate-claims", "Unser klimaneutraler Versand", True),
    ("climate-claims", "CO2-neutral geröstet", True),
    ("climate-claims", "CO₂ neutral seit 2020", True),
    ("climate-claims", "Our carbon neutral roast", True),
    ("climate-claims", "We are climate-neutral", True),
    ("climate-claims", "Wir sparen 30 Tonnen CO2", False),
    ("climate-claims", "The climate in Kenya is mild", False),
    # environmental claims
    ("environmental-claims", "Ein nachhaltiger Becher", True),
    ("environmental-claims", "Umweltfreundliche Tüten", True),
    ("environmental-claims", "A sustainable cup", True),
    ("environmental-claims", "Eco-friendly bags", True),
    ("environmental-claims", "Der Becher besteht aus 80 % Altpapier", False),
    ("environmental-claims", "The cup is made of paper", False),
    # prices
    ("price-claims", "Heute 20 % Rabatt", True),
    ("price-claims", "20 Prozent günstiger", True),
    ("price-claims", "Jetzt -30%", True),
    ("price-claims", "9,90 € statt 12,90 €", True),
    ("price-claims", "Nur heute, statt € 15", True),
    ("price-claims", "20% off today", True),
    ("price-claims", "Now €9, was €12.50", True),
    ("price-claims", "9 euros instead of 12 euros", True),
    ("price-claims", "UVP 19,99 €", True),
    ("price-claims", "Die Tasse kostet 9,90 €", False),
    ("price-claims", "It was 2019 when we began", False),
    ("price-claims", "Was 3 Röster raten", False),
    ("price-claims", "10-20 % Wasser gehen verloren", False),
    ("price-claims", "Wir sind zu 100 % dabei", False),
    ("price-claims", "Tee statt Kaffee", False),
    # prize draws
    ("prize-draw", "Unser Gewinnspiel beginnt!", True),
    ("prize-draw", "Wir verlosen drei Mühlen", True),
    ("prize-draw", "Es gibt drei Mühlen zu gewinnen!", True),
    ("prize-draw", "Big giveaway today", True),
    ("prize-draw", "Enter to win a grinder", True),
    ("prize-draw", "Es ist schwer, Fachkräfte zu gewinnen", False),
    ("prize-draw", "Der Gewinn ist gestiegen", False),
    ("prize-draw", "We hope to win your trust", False),
    # personal data
    ("personal-data", "Schreiben Sie an anna.maier@example.org", True),
    ("personal-data", "Ruf an: +49 30 1234567", True),
    ("personal-data", "Tel. 030/12345678", True),
    ("personal-data", "IBAN DE89 3704 0044 0532 0130 00", True),
    ("personal-data", "Transfer to GB82WEST12345698765432", True),
    ("personal-data", "Bestellnummer: 4711-22", True),
    ("personal-data", "Your order no. 12345", True),
    ("personal-data", "Der Wagen mit B-AB 1234 steht im Weg", True),
    ("personal-data", "IBAN DE89 3704 0044 0532 0130 01", False),
    ("personal-data", "Danke @anna@mastodon.social!", False),
    ("personal-data", "Geöffnet von 08:00 bis 18:00, seit 01.01.2020", False),
    ("personal-data", "Wir haben 12.500 Tassen verkauft", False),
]


@pytest.mark.parametrize(("rule", "text", "hit"), WORDS)
def test_words(rule: str, text: str, hit: bool) -> None:
    assert (rule in found(draft(text=text))) is hit


@pytest.mark.parametrize(("rule", "text", "hit"), [line for line in WORDS if line[2]])
def test_a_title_is_read_like_the_text(rule: str, text: str, hit: bool) -> None:
    finding = next(one for one in judge(draft(title=text)).findings if one.rule == rule)
    assert finding.place.field == "title"
    assert text[finding.place.start : finding.place.end] == finding.words


LABELS = [
    ("Werbung | Unser neuer Kaffee", True),
    ("Anzeige: Unser neuer Kaffee", True),
    ("#Werbung Unser neuer Kaffee", True),
    ("Advertisement: our new roast", True),
    ("Entgeltliche Einschaltung. Unser Kaffee", True),
    ("Unser neuer Kaffee. Werbung", False),
    ("Werbung für Kaffee ist nicht leicht", False),
    ("Unser neuer Kaffee #ad", False),
    ("Kooperation mit der Rösterei", False),
    ("Our new roast #sponsored", False),
]


@pytest.mark.parametrize("consideration", ["paid", "gift", "affiliate", "discount"])
@pytest.mark.parametrize(("text", "labelled"), LABELS)
def test_the_label_of_advertising_stands_first(text: str, labelled: bool, consideration: str) -> None:
    assert ("advertising-label" in found(draft(text=text, consideration=consideration))) is not labelled


@pytest.mark.parametrize(("text", "_labelled"), LABELS)
def test_what_is_no_advertising_needs_no_label(text: str, _labelled: bool) -> None:
    assert "advertising-label" not in found(draft(text=text))


def test_a_weak_label_is_pointed_at() -> None:
    text = "Unser neuer Kaffee #ad"
    finding = judge(draft(text=text, consideration="paid")).blocks[0]
    assert text[finding.place.start : finding.place.end] == finding.words == "#ad"


FACTS = [
    ("ai-label", {"ai": "generated"}, True),
    ("ai-label", {"ai": "assisted"}, False),
    ("ai-label", {"ai": "generated", "text": "Das Bild ist KI-generiert."}, False),
    ("ai-label", {"ai": "generated", "text": "This picture is AI generated."}, False),
    ("ai-label", {"ai": "generated", "images": (replace(IMAGE, alt="Hafen, KI-generiert"),)}, False),
    ("ai-label", {"ai": "generated", "publish_on": date(2026, 8, 1)}, False),
    ("climate-claims", {"text": "klimaneutral", "publish_on": date(2026, 9, 26)}, False),
    ("climate-claims", {"text": "klimaneutral", "evidence": "Ordner 7"}, True),
    ("environmental-claims", {"text": "nachhaltig", "evidence": "Ordner 7"}, False),
    ("environmental-claims", {"text": "nachhaltig", "evidence": " "}, True),
    ("price-claims", {"text": "20 % Rabatt", "lowest_price": Decimal("12.90")}, False),
    ("prize-draw", {"text": "Gewinnspiel", "prize_terms_url": "https://example.org/bedingungen"}, False),
    ("licence-record", {"images": (replace(IMAGE, licence=""),)}, True),
    ("licence-record", {"images": (replace(IMAGE, source=""),)}, True),
    ("licence-record", {"images": (replace(IMAGE, ends_on=date(2026, 11, 22)),)}, True),
    ("licence-record", {"images": (replace(IMAGE, ends_on=date(2026, 11, 23)),)}, False),
    ("people-in-images", {"images": (replace(IMAGE, shows_people=True),)}, True),
    ("people-in-images", {"images": (replace(IMAGE, shows_people=True, release="Ordner 3"),)}, False),
    ("alt-text", {"images": (replace(IMAGE, alt=" "),)}, True),
    ("alt-text", {"images": (replace(IMAGE, alt="tasse.jpg"),)}, True),
    ("credit-line", {"images": (replace(IMAGE, licence="free"),)}, True),
    ("credit-line", {"images": (replace(IMAGE, credit="Foto: Kim"),)}, True),
    ("credit-line", {"images": (replace(IMAGE, credit="Foto: Kim"),), "text": "Kaffee. Foto: Kim"}, False),
    ("no-text", {"text": " \n"}, True),
    ("no-title", {"needs_title": True}, True),
    ("no-title", {"needs_title": True, "title": "Winterkaffee"}, False),
    ("no-image", {"needs_image": True}, True),
    ("no-image", {"needs_image": True, "images": (IMAGE,)}, False),
    ("no-image", {}, False),
    ("too-long", {"used": 501, "limit": 500}, True),
    ("too-long", {"used": 500, "limit": 500}, False),
    ("too-long", {"used": 9_999, "limit": 0}, False),
    ("imprint", {"channel_imprint_url": ""}, True),
]


@pytest.mark.parametrize(("rule", "facts", "hit"), FACTS)
def test_facts(rule: str, facts: dict[str, Any], hit: bool) -> None:
    assert (rule in found(draft(**facts))) is hit


SEVERITY: dict[str, Severity] = {
    "licence-record": "block",
    "people-in-images": "block",
    "ai-label": "block",
    "alt-text": "hint",
    "credit-line": "hint",
    "advertising-label": "block",
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
    hits = {rule for rule, _what, hit in [*WORDS, *FACTS] if hit} | {"advertising-label"}
    assert hits == set(SEVERITY)


@pytest.mark.parametrize(("country", "norm"), [("DE", "§ 11 PAngV"), ("AT", "§ 9a PrAG"), ("CH", "Art. 16 PBV")])
def test_the_norm_is_the_one_of_the_country(country: str, norm: str) -> None:
    finding = judge(draft(text="20 % Rabatt", countries=(country,))).blocks[0]
    assert finding.reference.startswith(norm)


def test_the_law_of_another_country_is_not_asked() -> None:
    assert found(draft(text="20 % Rabatt", countries=("US",))) == []
    assert found(draft(text="20 % Rabatt", countries=("US", "AT"))) == ["price-claims"]


def test_answers_are_asked_only_what_concerns_answers() -> None:
    text = "20 % Rabatt für Sie, Ihre Bestellnummer: 4711"
    assert found(draft(text=text, is_answer=True, channel_imprint_url="")) == ["personal-data"]
