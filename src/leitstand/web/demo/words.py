"""What the demo company says, and what is said about it. Everything is invented."""

from __future__ import annotations

COMPANY = "Rösterei Nordlicht"
# days ago, hour, language, serves the first goal, text
PAST: tuple[tuple[int, int, str, bool, str], ...] = (
    (
        28,
        9,
        "de",
        True,
        "Frisch aus der Trommel: unser Herbstespresso. Nuss, Kakao, ein Hauch Orange. Ab heute in allen drei Läden. ☕",
    ),
    (
        26,
        17,
        "de",
        False,
        "Wie lange hält Kaffee? Ganze Bohnen schmecken nach der Röstung etwa drei Monate am besten. "
        "Kühl, dunkel, dicht.",
    ),
    (
        24,
        10,
        "en",
        True,
        "Meet Amara, who buys our beans in Sidama. This week she tasted 64 lots. Four made it into our coffee.",
    ),
    (21, 9, "de", False, "Am Feiertag haben wir geschlossen. Der Onlineshop röstet weiter."),
    (
        19,
        12,
        "de",
        True,
        "Verkostung am Freitag, 18 Uhr, Laden Hafenstraße: fünf Kaffees, ein Gespräch. Plätze gibt es im Laden.",
    ),
    (16, 8, "en", False, "New in the team: Ben starts his apprenticeship as a roaster. Welcome!"),
    (
        13,
        16,
        "de",
        True,
        "Warum kostet unser Kaffee mehr? Wir zahlen den Farmen einen festen Preis, auch wenn die Börse fällt.",
    ),
    (10, 9, "de", False, "Unser Entkoffeinierter ist wieder da. Mit Quellkohlensäure entkoffeiniert, mild geröstet."),
    (7, 11, "en", True, "Three ways to brew our Sidama: filter, French press, cold. Which one is yours?"),
    (4, 9, "de", True, "Ein Blick hinter die Theke: So stellen wir jeden Morgen die Mühlen ein."),
    (1, 10, "de", True, "Der Festkaffee ist im Röster. Wer möchte im Laden probieren?"),
)
# days from now, hour, language, serves the first goal, text
PLANNED: tuple[tuple[int, int, str, bool, str], ...] = (
    (1, 9, "de", True, "Heute riecht der ganze Laden nach Zimt: Unser Festkaffee ist da."),
    (3, 16, "en", True, "Our house blend is ready. Dark, round, made for long evenings."),
    (5, 9, "de", False, "Kindertag bei uns: Nächste Woche gibt es für jedes Kind einen Kakao."),
    (8, 12, "de", True, "Geschenke ohne Suchen: Probierpakete mit drei Kaffees, auf Wunsch mit Gruß."),
    (12, 9, "de", True, "Noch eine Verkostung in diesem Monat. Freitag, 18 Uhr, Laden Hafenstraße."),
    (16, 10, "en", False, "Last day for parcels before the holidays is next Friday."),
)
WAITING = "Neu im Shop: die Handmühle aus der Eifel. Mahlt gleichmäßig, hält ein Leben lang."
DRAFT = "Rückblick: 12 Monate, 9 Farmen, 1 neuer Röster …"
# hours ago, source, author, language, title, text
ARTICLES: tuple[tuple[int, str, str, str, str, str], ...] = (
    (
        20,
        "Tagblatt Lokales",
        "Redaktion",
        "de",
        "Kaffee aus der Hafenstraße",
        "Die Rösterei Nordlicht bildet wieder aus. Der Betrieb gilt als Vorbild für faire Preise.",
    ),
    (
        44,
        "Kaffeeblog",
        "M. Sommer",
        "de",
        "Fünf Röstereien im Vergleich",
        "Der Espresso der Rösterei Nordlicht ist hervorragend, die Lieferung war aber leider zu spät.",
    ),
    (
        70,
        "The Daily Cup",
        "J. Reed",
        "en",
        "Small roasters to watch",
        "Nordlicht from the north of Germany makes a wonderful house blend. Highly recommended.",
    ),
    (
        5,
        "Verbraucherforum",
        "kaffeetante",
        "de",
        "Rösterei Nordlicht antwortet nicht?",
        "Meine Bestellung bei der Rösterei Nordlicht fehlt seit zwei Wochen. Niemand antwortet auf meine Mail!",
    ),
    (
        130,
        "Kaffeeblog",
        "M. Sommer",
        "de",
        "Was Kaffee kosten darf",
        "Über den Preis von Kaffee wird gestritten. Kleine Röstereien rechnen anders.",
    ),
    (
        200,
        "Tagblatt Lokales",
        "Redaktion",
        "de",
        "Wochenmarkt zieht um",
        "Der Wochenmarkt findet ab nächstem Monat auf dem Rathausplatz statt.",
    ),
)
# days ago, minutes to the answer, author, language, text, answer
ANSWERED: tuple[tuple[int, int, str, str, str, str], ...] = (
    (9, 25, "Karin Fuchs", "de", "Was kostet der Herbstespresso?", "250 g kosten 9,80 Euro, das Kilo also 39,20 Euro."),
    (
        6,
        48,
        "Gus Miller",
        "en",
        "My last bag was stale when I opened it.",
        "We are sorry. Please send us the number on the bag; you get a fresh one.",
    ),
    (3, 15, "Lena Krüger", "de", "Mein Lieblingskaffee, seit Jahren!", "Danke, Lena! Das hängen wir neben den Röster."),
)
SAVED = (
    ("Öffnungszeiten", "de", "Hallo {name}, unsere Läden sind Montag bis Samstag von 8 bis 18 Uhr geöffnet."),
    (
        "Lieferung verspätet",
        "de",
        "Hallo {name}, das tut uns leid. Bitte schicken Sie uns Ihre Bestellnummer als Nachricht, "
        "wir sehen sofort nach.",
    ),
    ("Opening hours", "en", "Hello {name}, our shops are open Monday to Saturday, 8 am to 6 pm."),
)
