"""Whole posts as a roastery, a shop, a town, a clinic, a craftsman and a club write them, and what the rules say."""

from __future__ import annotations

import pytest

from leitstand.rules.tests.drafts import draft, found

PRICE, CLIMATE, GREEN = "price-claims", "climate-claims", "environmental-claims"
PRIZE, ADVERTISING, PERSONAL = "prize-draw", "unclear-advertising", "personal-data"
POSTS = [
    # roastery
    ("Frisch aus der Trommel: Guatemala Huehuetenango, 250 g für 9,80 € (39,20 €/kg). Karamell, Orange, Nougat.", []),
    ("Sommerpause! Bis Sonntag gehen alle Cold-Brew-Kannen für 24 € statt 32 € über den Tresen.", [PRICE]),
    ("Vom 1. bis 24. Dezember: jeden Tag eine Sorte 15 % günstiger. Heute: Sidamo ☕", [PRICE]),
    ("Unser Röstmeister war in Peru. Fazit: Die Ernte fiel um 20 % kleiner aus, die Preise steigen weltweit.", []),
    ("Weniger Gas, gleicher Geschmack: Der neue Röster braucht 30 % weniger Energie als der alte.", []),
    ("Our decaf is back. Bright, sweet, never boring. €11 a bag, in the shop and online.", []),
    ("From farm to cup, sustainably sourced and packed in biodegradable bags.", [GREEN]),
    # shop
    ("Schlussverkauf: Winterjacken ab 49 € (zuvor 89 €), solange der Vorrat reicht.", [PRICE]),
    ("Zum Geburtstag schenken wir euch 10 % Rabatt auf alles. Code: FEIER10", [PRICE]),
    ("Neue Öffnungszeiten: dienstags bis freitags von 9.30 bis 18.30 Uhr statt bisher bis 18.00 Uhr.", []),
    ("Kommt vorbei, probiert an, trinkt einen Kaffee mit uns. Die neue Kollektion ist da, Jeans ab 59 €.", []),
    ("End of season: sneakers were €90, now €60. Extra €5 off with your card.", [PRICE]),
    ("Adventsaktion: Verrate uns deinen Lieblingsduft und gewinne einen Gutschein über 50 €!", [PRIZE]),
    # town
    ("Der Stadtrat hat den Haushalt 2027 beschlossen: Die Grundsteuer sinkt, die Hundesteuer bleibt bei 90 Euro.", []),
    ("Parken in der Innenstadt kostet ab Januar 2,50 Euro statt 2 Euro je Stunde.", []),
    ("Bis 2035 will unsere Stadt klimaneutral werden. Was das für Sie heißt: Bürgerdialog am 3. März im Rathaus.", []),
    ("Ferienpass: regulär 25 Euro, für Kinder mit Familienkarte 15 Euro.", []),
    ("Die Zahl der Unfälle an der Kreuzung ist um 40 % gesunken, seit Tempo 30 gilt.", []),
    ("Dank Ihrer Hilfe haben wir die Stromkosten der Schulen um 18 % gesenkt.", []),
    # clinic
    ("Schon 30 Minuten Bewegung am Tag senken das Risiko für Diabetes um bis zu 30 %.", []),
    ("Gewinnen Sie einen Überblick über unsere Geburtshilfe: Kreißsaalführung jeden ersten Dienstag.", []),
    ("Nachhaltige Heilung braucht Zeit: Unsere Wundsprechstunde ist jetzt auch am Samstag offen.", []),
    ("Kaffee reduziert das Risiko für Gicht, sagt eine neue Studie. Unsere Ärztin ordnet das ein.", []),
    # craftsman
    ("Dreifach verglast: Mit neuen Fenstern sparen Sie bis zu 20 % Heizenergie, wir beraten Sie gern.", []),
    ("Frühjahrsaktion: Wer bis Ostern bestellt, spart 250 € auf die neue Haustür.", [PRICE]),
    ("Umweltfreundliche Farben, sauber gestrichen. Rufen Sie an!", [GREEN]),
    ("Geselle gesucht (m/w/d), 80 bis 100 %, 20 € die Stunde, 30 Tage Urlaub.", []),
    ("Our heat pumps are climate neutral and cut your bills.", [CLIMATE]),
    # club
    ("Heimspiel am Samstag! Eintritt 8 €, ermäßigt 5 €, Mitglieder frei.", []),
    ("Tombola, Torwandschießen, Kuchenbuffet: Sommerfest am 12. Juli. Wir gewinnen auch bei Regen ☔", []),
    ("Danke! Beim Spendenlauf kamen 4.200 € statt der erhofften 3.000 € zusammen.", []),
    ("Unsere U15 gewinnt das Turnier in Bern und einen Pokal, der größer ist als der Trainer.", []),
    ("Neue Trikots, mit freundlicher Unterstützung der Bäckerei Lindner.", [ADVERTISING]),
    ("Fundsache nach dem Konzert: Wer vermisst diese Jacke? Meldet euch bei kim.berger@gmx.de", [PERSONAL]),
]


@pytest.mark.parametrize(("text", "rules"), POSTS)
def test_what_the_rules_say_of_a_whole_post(text: str, rules: list[str]) -> None:
    assert found(draft(text=text)) == rules
