"""What the German-speaking part of the audience says. `{company}` stands for the account's name."""

from __future__ import annotations

GERMAN: dict[str, dict[str, tuple[str, ...]]] = {
    "any": {
        "glad": ("Wie schön! Weiter so 👏", "Genau deshalb folge ich euch.", "Große Klasse, danke fürs Teilen!"),
        "asks": ("Gibt es das auch in eurem Laden?", "Ab wann gilt das denn?", "Wo kann ich mehr darüber lesen?"),
        "joker": (
            "Und ich dachte, montags passiert nichts Gutes 😄",
            "Das erzähle ich meinem Chef als Ausrede.",
            "Screenshot gemacht, für schlechte Tage 😂",
        ),
        "complains": (
            "Schön und gut, aber meine Bestellung ist seit neun Tagen nicht da. Niemand antwortet!",
            "Eure Hotline ist ein Witz. 40 Minuten Warteschleife und dann aufgelegt.",
            "Erst mal auf meine Mail antworten, dann posten!",
        ),
        "critic": ("Habt ihr dafür auch Belege?", "Klingt nach Werbung. Was ist der Haken?"),
        "press": ("Wir würden gern darüber berichten. Wen können wir ansprechen?",),
        "partner": ("Toll, da machen wir gern mit!", "Glückwunsch aus der Nachbarschaft!"),
        "supplier": ("Schön, daran mitgewirkt zu haben!", "Wir liefern gern weiter 📦"),
        "price": ("Was kostet das denn?", "Und wird dafür wieder alles teurer?"),
    },
    "coffee": {
        "glad": ("Der riecht sogar durch den Bildschirm ☕", "Mein Lieblingskaffee, seit Jahren!"),
        "asks": (
            "Eignet sich die Röstung auch für die French Press?",
            "Ist der auch entkoffeiniert zu haben?",
            "Wie fein muss ich den mahlen?",
        ),
        "joker": ("Ohne den bin ich nur Dekoration ☕😴", "Kaffee ist eine Mahlzeit. Ich verhandle nicht."),
        "complains": (
            "Die letzte Packung war schon beim Öffnen muffig. Sehr enttäuschend.",
            "Früher war der besser. Jetzt schmeckt er verbrannt.",
        ),
        "critic": ("Fair gehandelt oder nur hübsch verpackt? Was bekommt der Bauer je Kilo?",),
        "price": ("Was kostet das Kilo?",),
        "press": ("Dürfen wir euch für unsere Seite über Röstereien besuchen?",),
    },
    "delivery": {
        "asks": ("Liefert ihr auch nach Österreich?", "Wie lange dauert der Versand zurzeit?"),
        "complains": (
            "Versand? Mein Paket hängt seit einer Woche im Verteilzentrum und ihr schweigt.",
            "Zum zweiten Mal das falsche Produkt geliefert. Ich will mein Geld zurück!",
        ),
        "critic": ("Wie viel Plastik steckt diesmal im Karton?",),
        "supplier": ("Die Kartons dafür kommen von uns 📦",),
        "price": ("Ab welchem Betrag ist der Versand frei?",),
    },
    "price": {
        "price": ("Gilt das auch im Onlineshop?", "25 % klingt gut – worauf genau?"),
        "asks": ("Bis wann gilt das Angebot?", "Kann man den Gutschein auch verschenken?"),
        "complains": ("Erst die Preise hoch, dann Rabatt. Für wie dumm haltet ihr uns?",),
        "critic": ("Wo steht der niedrigste Preis der letzten 30 Tage?",),
    },
    "hours": {
        "asks": ("Habt ihr am Feiertag auch offen?", "Gilt das für alle Filialen?"),
        "complains": ("Ich stand um zehn vor verschlossener Tür. Im Netz stand geöffnet!",),
        "joker": ("Gut zu wissen, dann stelle ich meinen Wecker auf … später 😴",),
    },
    "job": {
        "asks": ("Kann man sich auch als Quereinsteiger bewerben?", "Geht das auch in Teilzeit?"),
        "glad": ("Ein tolles Team, ich habe da mal ein Praktikum gemacht!",),
        "critic": ("Und was zahlt ihr? Ohne Gehalt bewirbt sich doch keiner.",),
        "joker": ("Zählt Kaffeetrinken als Berufserfahrung?",),
    },
    "event": {
        "asks": ("Muss man sich anmelden?", "Sind Kinder willkommen?"),
        "glad": ("Bin dabei!", "Schon im Kalender 🎉"),
        "press": ("Wir kommen mit Kamera vorbei, wenn das recht ist.",),
        "partner": ("Wir bringen Kuchen mit!",),
    },
    "bug": {
        "asks": ("Bei mir lädt die Seite nicht. Liegt das an mir?",),
        "complains": (
            "Der Bezahlvorgang bricht seit gestern ab. Zweimal abgebucht, keine Bestellung!",
            "Eure App stürzt ständig ab. Testet das eigentlich niemand?",
        ),
        "joker": ("Habt ihr es schon mit Aus- und Einschalten versucht? 😄",),
        "critic": ("Sind bei der Störung Kundendaten abgeflossen?",),
    },
    "thanks": {
        "all": ("Danke für die schnelle Antwort!", "Super, das hilft mir weiter.", "Alles klar, vielen Dank!"),
        "complains": ("Na gut, danke, dass sich endlich jemand meldet.", "Danke. Ich melde mich, wenn es da ist."),
        "critic": ("Danke für die offene Antwort.",),
        "press": ("Vielen Dank, wir melden uns per Mail.",),
    },
    "follow": {
        "all": (
            "Danke! Und gilt das auch für Bestellungen von letzter Woche?",
            "Ah, gut. Wo finde ich das auf der Seite?",
        ),
        "complains": ("Danke, und bis wann kann ich damit rechnen?",),
        "critic": ("Gut. Steht das auch irgendwo schwarz auf weiß?",),
    },
    "angry": {
        "complains": (
            "Das habe ich schon dreimal gehört. Wann passiert endlich etwas?",
            "Kein Wort der Entschuldigung?",
        ),
        "critic": ("Das beantwortet meine Frage nicht.", "Ausweichen kann jeder. Ja oder nein?"),
    },
    "mention": {
        "all": (
            "Heute zum ersten Mal bei {company} gewesen: sehr zu empfehlen!",
            "Weiß jemand, ob {company} auch nach Österreich liefert?",
            "Kleine Entdeckung am Wochenende: {company}. Danke für den Tipp!",
        ),
        "complains": (
            "Drei Wochen Wartezeit bei {company}. So verliert man Kunden.",
            "Hat noch jemand Ärger mit {company}? Bei mir geht niemand ans Telefon.",
        ),
        "critic": ("Was haltet ihr von {company}? Viel Lob, wenig Belege.",),
        "press": ("Für unsere Serie über Betriebe aus der Region waren wir bei {company}.",),
        "joker": ("Mein Konto und {company} müssen dringend reden 😄",),
        "price": ("Hat jemand einen Gutschein für {company}?",),
        "supplier": ("Schöne Zusammenarbeit mit {company} in dieser Woche!",),
    },
}
