"""Data of people, in the spellings of three countries; the company's own may stay."""

from __future__ import annotations

import pytest

from leitstand.rules.tests.drafts import draft, found, marked

PERSONAL = [
    "Schreiben Sie an anna.maier@example.org",
    "anna [at] example.org",
    "Ruf an: +49 30 1234567",
    "Tel. 030/12345678",
    "Mobil 0171.2345678",
    "Call +1 555 123 4567",
    "Natel 079 123 45 67",
    "Natel 079.123.45.67",
    "Handy: +43 660 1234567",
    "Ruf an: 0171\u00a01234567",
    "Ruf an: 040–1234567",
    "IBAN DE89 3704 0044 0532 0130 00",
    "Transfer to GB82WEST12345698765432",
    "Bitte auf AT61 1904 3002 3457 3201 BIC BKAUATWW",
    "Bestellnummer: 4711-22",
    "Bestell-Nr. 4711",
    "Kundennr. 4711",
    "Kunden-Nr.: K-4711",
    "Sendungsnummer 00340434161234567890",
    "Your order no. 12345",
    "Your invoice number 2026-12",
    "Ihre Bestellung 4711-0815 ist da",
    "Der Wagen mit B-AB 1234 steht im Weg",
    "AHV 756.1234.5678.97",
    "Kennzeichen KI-AB 123",
]
HOMES = [
    "Lindenstraße 12, 20099 Hamburg",
    "Berliner Straße 5, 10115 Berlin",
    "Berliner Str. 5, 10115 Berlin",
    "Alter Weg 3, 24103 Kiel",
    "Mariahilfer Straße 12, 1060 Wien",
    "Mariahilfer Straße 12/4/8, 1060 Wien",
    "Landstraßer Hauptstraße 12/Stiege 2/Top 4, A-1030 Wien",
    "Hauptplatz 1, 4020 Linz",
    "Bahnhofstrasse 1, CH-8001 Zürich",
    "Bahnhofstr. 1 in 8001 Zürich",
    "Rue du Lac 12, 1204 Genève",
    "Am Markt 3, 24103 Kiel",
    "Unter den Linden 5-7, D-10117 Berlin",
    "Straße des 17. Juni 135, 10623 Berlin",
    "Karl-Marx-Allee 12a, 10178 Berlin",
    "Lindenstraße 5, 3. Stock, 24103 Kiel",
    "Lindenstraße 5\n24103 Kiel",
    "LINDENSTRASSE 5, 24103 KIEL",
    "lindenstr. 5, 24103 Kiel",
    "Alte Bruecke 4 · 60594 Frankfurt",
]
NOT_PERSONAL = [
    "IBAN DE89 3704 0044 0532 0130 01",
    "Am 05/12/2026 rösten wir live",
    "Mo-Fr 08-12 14-18 Uhr",
    "Mo–Fr 08–12 14–18 Uhr",
    "ISBN 978-0-306-40615-7",
    "Vom DIN-A4-Blatt bis zu USB-C 3",
    "https://tickets.example/0123456789012",
    "Danke @anna@mastodon.social!",
    "Geöffnet von 08:00 bis 18:00, seit 01.01.2020",
    "Wir haben 12.500 Tassen verkauft",
    "Treffpunkt: Lindenstraße, Kiel",
    "Der Weg 5 ist gesperrt",
    "Wir sind auf Platz 3, 2025 Platz 5",
    "Auf der Hauptstraße stehen 5 Buden, 1500 Tassen sind bereit",
    "Im Advent 24 Türchen, 2026 Bohnen",
    "Am Samstag, 5. Dezember 2026 Hoffest",
    "Bio-Kontrollstelle DE-ÖKO-006",
    "Version 0.9.12 vom 01.02.2026",
    "Meet us at 10 Baker Street",
    "Im Mai 2026, 5000 Besucher kamen",
    "Am 12. Mai 2026, 10000 Läufer am Start",
    "In Halle 5, 1200 Plätze",
    "Auf dem Weg 2024 in 10000 Schritten",
    "Bewerbung unter TV-L 10",
    "KI-VO 2024",
]


@pytest.mark.parametrize("text", [*PERSONAL, *HOMES])
def test_data_of_people_are_noticed(text: str) -> None:
    assert marked("personal-data", text)


@pytest.mark.parametrize("home", HOMES)
def test_a_home_is_marked_as_a_whole_up_to_its_town(home: str) -> None:
    assert marked("personal-data", f"danke an Eva Maier, {home}!") == home


@pytest.mark.parametrize("text", NOT_PERSONAL)
def test_other_numbers_are_left_alone(text: str) -> None:
    assert marked("personal-data", text) == ""


OWN = ("+49 800 1234567", "hallo@example.org", "Hafenstraße 1 20457 Hamburg", "Neuer Weg 2 23795 Bad Segeberg")


@pytest.mark.parametrize(
    "text",
    [
        "Hotline 0800 1234567",
        "Hallo@example.org",
        "Hafenstraße 1, 20457 Hamburg",
        "Hafenstr. 1\n20457 Hamburg",
        "Rösterei Nordlicht Hafenstraße 1, 20457 Hamburg",
        "In der Hafenstraße 1, 20457 Hamburg",
        "Kommt in den Neuen Weg: Neuer Weg 2, 23795 Bad Segeberg",
    ],
)
def test_the_companys_own_contacts_may_be_public(text: str) -> None:
    assert found(draft(text=text)) == ["personal-data"]
    assert found(draft(text=text, own_contacts=OWN)) == []


@pytest.mark.parametrize(
    "text",
    [
        "0800 7654321",
        "anna.hallo@example.org",
        "Hafenstraße 11, 20457 Hamburg",
        "Weg 2, 23795 Bad Segeberg, also Alter Weg 2, 23795 Bad Segeberg",
    ],
)
def test_what_only_resembles_an_own_contact_may_not(text: str) -> None:
    assert found(draft(text=text, own_contacts=OWN)) == ["personal-data"]
