"""Labels of advertising: which ones stand, and what sounds like advertising without one."""

from __future__ import annotations

import pytest

from leitstand.rules import judge
from leitstand.rules.tests.drafts import draft, found, marked

LABELS = [
    ("Werbung | Unser neuer Kaffee", True),
    ("Anzeige: Unser neuer Kaffee", True),
    ("#Werbung Unser neuer Kaffee", True),
    ("Advertisement: our new roast", True),
    ("Entgeltliche Einschaltung. Unser Kaffee", True),
    ("Bezahlte Werbung: unser Kaffee", True),
    ("Paid advertisement: our roast", True),
    ("🎄 Werbung 🎄 Unser Kaffee", True),
    ("[Anzeige]\nunser Kaffee", True),
    ("WERBUNG/ANZEIGE: unser Kaffee", True),
    ("Werbung wegen Markennennung: unser Kaffee", True),
    ("Werbung, da eingeladen. Unser Kaffee", True),
    ("Anzeige in Kooperation mit der Mühle", True),
    ("Werbung nervt? Uns auch", False),
    ("Anzeige ist raus: Fahrrad weg", False),
    ("Unser neuer Kaffee. Werbung", False),
    ("Werbung für Kaffee ist nicht leicht", False),
    ("Werbung in eigener Sache machen wir selten", False),
    ("Anzeigentext gesucht", False),
    ("Unser neuer Kaffee #ad", False),
    ("Kooperation mit der Rösterei", False),
    ("Our new roast #sponsored", False),
    ("Werbung\nheute zeigen wir euch", True),
    ("#Werbung\n\nunser neuer Kaffee", True),
    ("Anzeige\n\nendlich ist er da", True),
    ("Anzeige\nhttps://x.de", True),
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


@pytest.mark.parametrize(
    "text",
    [
        "Unser Mixer #ad",
        "Unser Mixer\n#gifted",
        "In Kooperation mit der Mühle",
        "Mit Affiliate-Link",
        "A #collab",
        "Unser Mixer #pr_sample",
        "Wir durften die neue Maschine von Rocket testen, kostenlos zur Verfügung gestellt. Danke!",
        "Gesponsert von der Sparkasse: der Stadtlauf.",
        "Mit freundlicher Unterstützung von Hornbach: unser Workshop.",
        "Enthält Werbung: unser Test der neuen Bohrmaschine.",
        "Our barista class, sponsored by the dairy",
        "The grinder was provided free of charge",
    ],
)
def test_what_sounds_like_advertising_is_asked_about(text: str) -> None:
    assert found(draft(text=text)) == ["unclear-advertising"]
    assert "unclear-advertising" not in found(draft(text=f"Werbung: {text}"))
    assert "unclear-advertising" not in found(draft(text=text, consideration="paid"))


@pytest.mark.parametrize(
    "text",
    [
        "#adventskalender",
        "#partnerschule",
        "Unsere Kooperationsküche",
        "We collaborate",
        "Unsere Kundin gab ab",
        "Trinkwasser wird kostenlos zur Verfügung gestellt",
        "Wir unterstützen den Verein",
    ],
)
def test_like_words_are_left_alone(text: str) -> None:
    assert marked("unclear-advertising", text) == ""
