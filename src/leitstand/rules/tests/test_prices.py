"""Reduced prices, as shops in Germany, Austria and Switzerland tell them; and the per cent that are none."""

from __future__ import annotations

from decimal import Decimal

import pytest

from leitstand.rules.tests.drafts import draft, found, marked

REDUCED = [
    "Heute 20 % Rabatt",
    "20 Prozent günstiger",
    "Jetzt -30%",
    "9,90 € statt 12,90 €",
    "Nur heute, statt € 15",
    "20% off today",
    "Now €9, was €12.50",
    "9 euros instead of 12 euros",
    "20 % auf alles, nur heute",
    "20% on everything",
    "Bis zu 50 % sparen",
    "Rabatt von 20 % auf Mühlen",
    "5 € Rabatt auf den Siebträger",
    "Vorher 12,90 €, jetzt 9,90 €",
    "15-prozentiger Nachlass für Stammgäste",
    "25%-Rabattaktion im Advent",
    "Save 20% this weekend",
    "Save up to €5 on every bag",
    "Half price on all mugs",
    "Alle Tassen zum halben Preis",
    "~12,90 €~ 9,90 €",
    # Swiss and plain spelling
    "20% Ermässigung auf Espresso",
    "20 % Ermaessigung für Schüler",
    "20%ige Ermässigung",
    "Ermässigung von 20 %",
    "Fr. 12.- statt Fr. 18.-",
    "CHF 9.90 statt 12.90",
    "Mühle für 149.– statt 199.–",
    "Alle Bohnen 10 % guenstiger",
    "Dreissig Prozent Rabatt auf Tassen",
    # minus, by, saved
    "minus 25%",
    "Minus 20 Prozent auf alle Bohnen",
    "Espresso: - 20 %",
    "Nur heute –15% 🎉",
    "Für kurze Zeit -20%",
    "Winter sales: -20%",
    "Alle Mühlen um 20 % gesenkt",
    "Um 20 % reduzierte Mühlen",
    "Preis um 2 € gesenkt",
    "Wir senken die Preise für Filterkaffee!",
    "Prices slashed by a third",
    "20 % gespart mit der Kundenkarte",
    "Du sparst 20 % beim Abo",
    "Sparen Sie 4 Euro beim Doppelpack",
    "Kaffee um 5 Euro reduziert",
    "Wer zwei Beutel nimmt, zahlt 20 % weniger",
    "Zum Abschied 20 % weniger zahlen",
    # halves, vouchers, goods
    "Halber Preis auf alles",
    "Alle Tassen um ein Drittel günstiger",
    "Today only: half off all filters",
    "25%-Gutschein für Neukunden",
    "Unsere 10%-Aktion läuft",
    "10 % Frühbucherrabatt auf den Kurs",
    "15 % auf Espresso",
    "10 % auf Ihre erste Bestellung",
    "#blackfriday 🖤\n20 %\nauf alles",
    # without a currency
    "statt 12,90 nur 9,90",
    "nur noch 9,90 statt 12,90",
    "Kilopreis 19,90 statt 24,90",
    # two sums, the former one higher
    "Regulär 12,90 €, heute 9,90 €.",
    "Normalpreis 12,90 €, Aktionspreis 9,90 €.",
    "Alter Preis 12,90 €, neuer Preis 9,90 €.",
    "Alter Preis: 12,90 €\nNeuer Preis: 9,90 €",
    "Neuer Preis: 9,90 €\nAlter Preis: 12,90 €",
    "Die Handmühle: 89 € (vorher 109 €)",
    "Anstatt 12,90 € zahlt ihr nur 9,90 €.",
    "Das Kilo Crema kostet diese Woche 19,90 Euro (vorher 24,90).",
    "Aktionspreis: 250 g Yirgacheffe für 8,50 € – sonst 10,90 €.",
    "Yirgacheffe 8,50 € (34 €/kg) statt 10,90 € (43,60 €/kg)",
    "Crema 19,90 €/kg statt 24,90 €/kg",
    "Kopie 1 €. Handmühle bisher 109 €, jetzt 89 €",
    "Espresso vorher 37 €, jetzt 29 €; Crema vorher 14,90 €, jetzt 11,90 €",
    "Die Mühle: von 109 € auf 89 € gesenkt",
    "Reduced from £20 to £15 this week.",
    "Down from $20 to $15!",
    "Regular price €20, today €15.",
    "Was £24, now £18 – our house espresso.",
    "Our espresso, £18 (was £24)",
    # sums and words
    "Jetzt 10€ sparen",
    "20 Prozent sparen mit unserem Abo",
    "Buy now and save up to 40 %!",
    "Alle Mühlen herabgesetzt!",
    "Alle Wanderschuhe bis Samstag um 30 % reduziert",
    "Stark reduziert: unsere Siebträger.",
    "Reduzierte Ware im Hof",
    "Half-price cappuccino on Mondays",
    "Preissenkung! Crema jetzt 10,90 €",
    "20 % auf das gesamte Sortiment",
    "Das gesamte Sortiment um 20 % reduziert",
    "-30 % Black Week auf alles im Regal",
    "Save 20% Today only",
]
NOT_REDUCED = [
    "UVP 19,99 €",
    "Barista (m/w/d) – 80 % in Zürich",
    "Barista (m/w/d) - 80 % in Bern",
    "Unsere Mischung:\n- 80 % Arabica\n- 20 % Robusta",
    "Röstverlust – 15 % des Gewichts",
    "Inflation: -2 % im November",
    "Der Umsatz: -12 % im ersten Halbjahr",
    "It was €3 well spent",
    "Wir spenden 5 € statt 2 € je Packung",
    "Spare parts: 20 in stock",
    "Die Tasse kostet 9,90 €",
    "It was 2019 when we began",
    "Was 3 Röster raten",
    "10-20 % Wasser gehen verloren",
    "Wir sind zu 100 % dabei",
    "Tee statt Kaffee",
    "Wir sparen 30 % Strom",
    "Der neue Röster spart 30 % Energie",
    "Mit der neuen Anlage sparen wir 20 % Verpackung",
    "We save 20% energy with the new roaster",
    "Wir haben unseren Stromverbrauch um 20 % gesenkt",
    "Unsere CO2-Emissionen sind um 12,5 % gesunken, um 20 % reduziert gegenüber 2020",
    "Trotz steigender Preise haben wir den Verbrauch gesenkt",
    "We are on track: 80 % of our goal",
    "Wir sind zu 80 % auf Kurs",
    "Die Exporte stiegen um 20 % auf Rekordhöhe",
    "Die Aktionäre halten 25 %, 5 % Aktionärsbank",
    "20 % mehr Besucher als im Vorjahr",
    "Wir öffnen um 9.30 statt 10.00 Uhr",
    "Heute statt 12.30 nur 13.30 Uhr",
    "1,25 statt 2,50 Liter Wasser",
    "Wir verlosen einen 50-€-Gutschein",
    "Save the date: 20 May",
    "Mehrwertsteuer von 19 % auf 7 % gesenkt",
    "Wir haben 20 % weniger Plastik verbraucht",
    "Preise verliehen: Unser Röster reduziert Säure",
    # what rises, or what others pay
    "Ab 1. Januar kostet der Personalausweis 46 Euro statt 37 Euro.",
    "Die Kopie kostet 1 €. Der Reisepass bisher 60 Euro, künftig 70 Euro",
    "Espresso vorher 29 €, jetzt 37 €; Crema vorher 11,90 €, jetzt 14,90 €",
    "Filterkaffee from €5 to €15",
    "Eintritt: regulär 12 €, ermäßigt 8 €",
    "Mitglieder zahlen 5 €, sonst 10 €",
    "Tickets: regular €12, concessions €8",
    "Statt Blumen: 300 Euro für das Tierheim",
    "Wir bedanken uns: 500 € statt Weihnachtsgeschenken gehen an die Tafel.",
    "Unser neues Röntgengerät: 0,35 mSv statt 0,95 mSv pro Aufnahme.",
    # what falls without being a price
    "Grundsteuer: Der Stadtrat hat den Hebesatz um 5 % gesenkt.",
    "Die Hundesteuer wurde von 120 Euro auf 100 Euro gesenkt",
    "Der Stadtrat hat beschlossen: Elternbeiträge für die Kita werden zum 1.8. um 10 % gesenkt.",
    "Der Wasserpreis wird zum 1.1. um 3 % gesenkt.",
    "Blutdruck um 10 % gesenkt dank Sport",
    "Blutdruck: -10 % nach acht Wochen",
    "Das Risiko für einen Herzinfarkt wird um 30 % gesenkt.",
    "Kaffee reduziert das Risiko für Diabetes",
    "Wir haben den Krankenstand um 20 % gesenkt.",
    "Mit der neuen Mühle haben wir den Stromverbrauch um 20 % gesenkt",
    "Mit der neuen Dämmung sparen Sie bis zu 30 % Heizkosten.",
    "Mit der Wärmepumpe sparen Sie 400 € im Jahr",
    "Heizkosten senken: bis zu 30 % sparen",
    "Sparen Sie beim Heizen: 20 % weniger Gas",
    "So können Sie 20 % beim Heizen sparen",
    "Unser neuer Sirup: -30 % Zucker",
    "Save 20% of your time with online check-in",
    "Die Stadt spart 20 % ihrer Ausgaben",
    "Salz um 20 % reduziert, Geschmack gleich: unser neues Brot",
    "Wartezeiten um 20 % reduziert: unser neues Terminsystem",
    "Mehr Bewegung: Rückenschmerzen um die Hälfte reduziert",
    "Der Erlös: 1.200 €, letztes Jahr waren es 1.500 €",
    "Höchstgeschwindigkeit auf 30 herabgesetzt",
    "Reduziertes Angebot der Busse in den Ferien",
    "Erneut 20 % weniger Unfälle im Stadtgebiet",
    # Offers of several pieces, and the maker's recommended price, are no reductions of one's own price.
    "UVP 29,95 € – bei uns nur 19,95 €.",
    "Zwei zum Preis von einem: Kauft zwei Tüten, zahlt nur eine!",
    "3 für 2 auf alle Filterkaffees.",
    "Buy one, get one free on all filter coffees this weekend!",
]


@pytest.mark.parametrize("text", REDUCED)
def test_a_reduction_is_noticed(text: str) -> None:
    assert marked("price-claims", text)


@pytest.mark.parametrize("text", NOT_REDUCED)
def test_other_figures_are_left_alone(text: str) -> None:
    assert marked("price-claims", text) == ""


@pytest.mark.parametrize(
    ("text", "lowest", "hit"),
    [
        ("20 % Rabatt", "12.90", False),
        ("9 € statt 18 €", "17.99", True),
        ("999 € statt 1.250,50 €", "1250.50", False),
        ("999 € statt 1.250,50 €", "1200", True),
        ("9 € statt 18,00 €", "18", False),
        ("statt 12,90 nur 9,90", "12.90", False),
        ("statt 12,90 nur 9,90", "11.90", True),
        ("149.– statt 199.–", "199", False),
        ("149.– statt 199.–", "189", True),
        ("nur 9,90 statt 12,90", "10", True),
        ("Regulär 12,90 €, heute 9,90 €", "11.90", True),
        ("Regulär 12,90 €, heute 9,90 €", "12.90", False),
        ("Reduced from £20 to £15", "18", True),
        ("46 Euro statt 37 Euro", "10", False),
    ],
)
def test_a_former_price_is_no_higher_than_the_lowest(text: str, lowest: str, hit: bool) -> None:
    assert ("price-claims" in found(draft(text=text, lowest_price=Decimal(lowest)))) is hit


def test_switzerland_knows_no_lowest_price() -> None:
    facts = {"text": "9 CHF statt 18 CHF", "lowest_price": Decimal("17")}
    assert found(draft(**facts, countries=("CH",))) == []
    assert found(draft(**facts, countries=("CH", "AT"))) == ["price-claims"]
