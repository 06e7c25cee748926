"""Claims about climate and environment, and the words beside them that claim nothing."""

from __future__ import annotations

from datetime import date

import pytest

from leitstand.rules.tests.drafts import draft, found, marked

CLIMATE = [
    "Unser klimaneutraler Versand",
    "CO2-neutral geröstet",
    "CO₂ neutral seit 2020",
    "Our carbon neutral roast",
    "We are climate-neutral",
    "CO²-neutral verpackt",
    "Klima‑neutral geliefert",
    "Klimaneutralität seit 2021",
    "Net-zero shipping",
    "Climate positive beans",
    "Versand: klimakompensiert 🌍",
    "#klimaneutral",
    "Treibhausgasneutral geröstet",
    "Carbon-compensated delivery",
    "klima-neutral",
    "Wir heizen CO₂-neutral mit Pellets.",
    "Gültig bis Ende 2026: klimaneutraler Versand",
    "Schon gewusst, wie klimaneutral unser Kaffee ist?",
    "Our roast is climate neutral. Ask us how!",
]
NO_CLIMATE = [
    "Wir sparen 30 Tonnen CO2",
    "The climate in Kenya is mild",
    "Das Klima im Hochland ist mild",
    "Die Farbe ist neutral",
    "Net weight: 250 g, zero sugar",
    # aims of those who sell nothing, and what is asked and talked about
    "Die Stadt will bis 2040 klimaneutral sein.",
    "Unser Ziel: Die Stadtverwaltung soll bis 2035 klimaneutral werden.",
    "The city wants to be climate neutral by 2040.",
    "Vortrag: Wie wird Deutschland klimaneutral? Eintritt frei",
    "Vortrag über klimaneutrales Bauen im Rathaus",
    "Podium „Klimaneutral wohnen“ am Dienstag",
    "Wie wird ein Altbau klimaneutral?",
]
GREEN = [
    "Ein nachhaltiger Becher",
    "Umweltfreundliche Tüten",
    "A sustainable cup",
    "Eco-friendly bags",
    "Environmentally-friendly and eco friendly",
    "CO2-freier Versand",
    "Ressourcenschonend verpackt",
    "Greener packaging, good for the planet",
    "Grüne Verpackung, gut für die Umwelt",
    "Gruene Verpackung, gut fuer die Umwelt",
    "Gut fürs Klima",
    "Oekologisch verpackt",
    "Ökologische Becher",
    "Naturfreundlich gereinigt",
    "#nachhaltig #kaffee",
    "Earth-friendly cups ♻️",
    "Plastic-free packaging",
    "Plastikfreie Verpackung",
    "Unsere neuen Tüten sind kompostierbar und zu 100 % recycelbar.",
    "Our new bags are fully compostable and plastic-free.",
    "Energieeffiziente Fenster für Ihr Zuhause",
    "Our energy-efficient roaster",
    "Biobasierte Becher ab heute bei uns.",
    "Carbon-friendly coffee",
    "Umweltneutral geröstet",
    "Unsere grüne Rösterei",
    "Grüner Strom, grüne Rösterei.",
    "CO2-reduzierter Versand",
    "Nachhaltig gehandelter Kaffee aus Peru",
    "Workshop bei uns: Wie wir nachhaltig rösten",
    # an aim of one's own needs a plan
    "Wir wollen bis 2030 klimaneutral sein.",
    "Unsere Rösterei soll bis zum Jahr 2032 CO2-neutral werden",
    "We aim to be carbon neutral by 2030.",
]
NOT_GREEN = [
    "Grüner Tee aus Japan",
    "Unser Nachhaltigkeitsbericht ist da",
    "Our sustainability report",
    "Das hat uns nachhaltig beeindruckt",
    "Wir setzen auf nachhaltiges Wachstum",
    "Kaffee aus ökologischem Landbau",
    "Der Becher besteht aus 80 % Altpapier",
    "The cup is made of paper",
    "Green coffee beans from Ethiopia",
    "Unsere Umwelt-AG trifft sich am Montag",
    "Rohkaffee heißt auch grüner Kaffee.",
    "Die Grünen haben im Stadtrat beantragt ...",
    "Förderprogramm für nachhaltige Mobilität: jetzt Antrag stellen",
    "Nachhaltige Stadtentwicklung: Bürgerdialog am Montag",
    "Nachhaltigkeit ist uns wichtig, deshalb laden wir zum Vortrag am Dienstag.",
    "Nachhaltige Schmerzlinderung durch Physiotherapie",
    "Für eine nachhaltige Genesung ist Bewegung wichtig.",
    "Die Wunde heilte nachhaltig.",
    "Wie kann man nachhaltig reisen?",
]


@pytest.mark.parametrize(
    ("rule", "text"), [("climate-claims", one) for one in CLIMATE] + [("environmental-claims", one) for one in GREEN]
)
def test_a_claim_is_noticed(rule: str, text: str) -> None:
    assert marked(rule, text)


@pytest.mark.parametrize("text", [*NO_CLIMATE, *NOT_GREEN])
def test_what_claims_nothing_is_left_alone(text: str) -> None:
    assert marked("climate-claims", text) == marked("environmental-claims", text) == ""


def test_evidence_helps_a_general_claim_and_no_climate_claim() -> None:
    assert found(draft(text="nachhaltig", evidence="Ordner 7")) == []
    assert found(draft(text="nachhaltig", evidence=" ")) == ["environmental-claims"]
    assert found(draft(text="klimaneutral", evidence="Ordner 7")) == ["climate-claims"]
    assert found(draft(text="Wir wollen bis 2030 klimaneutral sein.", evidence="Ordner 7")) == []


def test_the_law_came_into_force_on_a_day() -> None:
    assert found(draft(text="klimaneutral", publish_on=date(2026, 9, 26))) == []
    assert found(draft(text="klimaneutral", publish_on=date(2026, 9, 27))) == ["climate-claims"]
