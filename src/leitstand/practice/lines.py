"""What the audience says: lines by language, subject and mood. `{company}` is the account's name."""

from __future__ import annotations

SUBJECTS = {
    "coffee": ("kaffee", "röst", "bohne", "espresso", "coffee", "roast", "bean", "brew"),
    "price": ("preis", "euro", "€", "rabatt", "price", "discount", "sale", "offer"),
    "hours": ("öffn", "geschlossen", "uhr", "open", "closed", "hours"),
    "job": ("stelle", "job", "team", "ausbildung", "hiring", "apprentice"),
    "event": ("fest", "kurs", "workshop", "event", "tasting", "verkostung", "tag der"),
}

GERMAN: dict[str, dict[str, tuple[str, ...]]] = {
    "any": {
        "glad": ("Wie schön! Weiter so 👏", "Genau deshalb folge ich euch.", "Große Klasse, danke fürs Teilen!"),
        "asks": ("Gibt es das auch in eurem Laden?", "Ab wann gilt das denn?", "Wo kann ich mehr darüber lesen?"),
        "joker": ("Und ich dachte, montags passiert nichts Gutes 😄", "Das erzähle ich meinem Chef als Ausrede."),
        "complains": (
            "Schön und gut, aber meine Bestellung ist seit neun Tagen nicht da. Niemand antwortet!",
            "Eure Hotline ist ein Witz. 40 Minuten Warteschleife und dann aufgelegt.",
        ),
        "press": ("Wir würden gern darüber berichten. Wen können wir ansprechen?",),
        "partner": ("Toll, da machen wir gern mit!", "Glückwunsch aus der Nachbarschaft!"),
        "price": ("Was kostet das denn?", "Und wird dafür wieder alles teurer?"),
    },
    "coffee": {
        "glad": ("Der riecht sogar durch den Bildschirm ☕", "Mein Lieblingskaffee, seit Jahren!"),
        "asks": ("Eignet sich die Röstung auch für die French Press?", "Ist der auch entkoffeiniert zu haben?"),
        "complains": (
            "Die letzte Packung war schon beim Öffnen muffig. Sehr enttäuschend.",
            "Früher war der besser. Jetzt schmeckt er verbrannt.",
        ),
    },
    "price": {"price": ("Gilt das auch im Onlineshop?", "25 % klingt gut – worauf genau?")},
    "hours": {"asks": ("Habt ihr am Feiertag auch offen?", "Gilt das für alle Filialen?")},
    "job": {"asks": ("Kann man sich auch als Quereinsteiger bewerben?",), "glad": ("Ein tolles Team, ich war dort!",)},
    "event": {"asks": ("Muss man sich anmelden?", "Sind Kinder willkommen?"), "glad": ("Bin dabei!",)},
    "thanks": {
        "any": ("Danke für die schnelle Antwort!", "Super, das hilft mir weiter.", "Ok, danke. Dann warte ich noch."),
        "complains": ("Na gut, danke, dass sich endlich jemand meldet.", "Das habe ich schon dreimal gehört."),
    },
    "mention": {
        "any": (
            "Heute zum ersten Mal bei {company} gewesen: sehr zu empfehlen!",
            "Weiß jemand, ob {company} auch nach Österreich liefert?",
            "Drei Wochen Wartezeit bei {company}. So verliert man Kunden.",
            "Kleine Entdeckung am Wochenende: {company}. Danke für den Tipp!",
        )
    },
}

ENGLISH: dict[str, dict[str, tuple[str, ...]]] = {
    "any": {
        "glad": ("Love this! Keep it up 👏", "This is why I follow you.", "Brilliant, thanks for sharing!"),
        "asks": ("Is this available in the shop as well?", "When does it start?", "Where can I read more about it?"),
        "joker": ("And I thought nothing good happens on Mondays 😄", "My boss will hear about this."),
        "complains": (
            "Nice, but my order is nine days late and nobody answers!",
            "Your hotline is a joke. Forty minutes on hold and then cut off.",
        ),
        "press": ("We would like to write about this. Whom can we talk to?",),
        "partner": ("Great, count us in!",),
        "price": ("How much is it?", "So prices go up again?"),
    },
    "coffee": {
        "glad": ("I can smell it through the screen ☕", "My favourite roast for years!"),
        "asks": ("Does this roast work in a French press?", "Is there a decaf version?"),
        "complains": (
            "My last bag was stale when I opened it. Very disappointing.",
            "It used to be better. Now it tastes burnt.",
        ),
    },
    "price": {"price": ("Does this apply online as well?", "25% off what exactly?")},
    "hours": {"asks": ("Are you open on the holiday?",)},
    "job": {"asks": ("Do you take career changers?",)},
    "event": {"asks": ("Do I need to register?",), "glad": ("I'll be there!",)},
    "thanks": {
        "any": ("Thanks for the quick answer!", "Great, that helps.", "OK, I'll wait then."),
        "complains": ("Fine, at least somebody answers now.", "I have heard that three times already."),
    },
    "mention": {
        "any": (
            "First time at {company} today: highly recommended!",
            "Does anybody know whether {company} ships to Austria?",
            "Three weeks of waiting at {company}. That is how you lose customers.",
        )
    },
}
LINES = {"de": GERMAN, "en": ENGLISH}


def subject_of(text: str) -> str:
    """The subject a post speaks about; "any" when none is known."""
    folded = text.lower()
    return next((name for name, words in SUBJECTS.items() if any(word in folded for word in words)), "any")


def lines_for(language: str, subject: str, mood: str) -> tuple[str, ...]:
    """What somebody in that mood may say; falls back to the general lines."""
    book = LINES.get(language, ENGLISH)
    chosen = book.get(subject, {})
    return chosen.get(mood) or chosen.get("any") or book["any"].get(mood) or book["any"]["glad"]
