"""Environmental claims need evidence; those based on compensation are forbidden."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import regex
from django.utils.translation import gettext_lazy as _

from leitstand.rules.draft import Draft
from leitstand.rules.rule import Hit, Rule
from leitstand.rules.words import beginnings, in_sentences

# A hyphen, one that does not break, or a space; the small two of CO₂ as people type it.
JOIN, CO2 = "[-‑ ]", "CO[2₂²]"
COMPENSATED = beginnings(
    [
        f"klima{JOIN}?(?:neutral|positiv|kompensiert)",
        f"{CO2}{JOIN}?(?:neutral|positiv|kompensiert)",
        f"(?:climate|carbon){JOIN}(?:neutral|positive|negative)",
        f"net{JOIN}zero",
        *("treibhausgasneutral", "emissionsneutral", f"(?:climate|carbon){JOIN}compensated"),
    ]
)
# "Sustainability" names a subject; "nachhaltig beeindruckt" and "nachhaltiges Wachstum" claim nothing of a product.
# So it is with what lasts (a relief, a recovery), and with what a town or a state does.
LASTING = (
    r"nachhaltig(?!keit)(?!(?:e[nrsm]?)? (?:beeindruckt|geprägt|gestärkt|verändert|verbessert|gestört"
    r"|Wachstum|Erfolg|Eindruck|Mobilität|Bildung|\p{L}*(?:entwicklung|linderung|heilung|besserung|wirkung|genesung"
    r"|erholung))\b)(?<!\b(?:heilen?|heilte?n?|geheilt|lindern|lindert) nachhaltig)"
)
# "Aus ökologischem Landbau" is a term of the law, for what is certified.
ORGANIC = r"(?:ö|oe)kologisch(?!\p{L}{0,2} (?:Landbau|Anbau|Landwirtschaft|Fußabdruck)\b)"
NATURE = "(?:umwelt|klima|natur|ressourcen)"
# What a company does or sells; a vegetable, a party and raw coffee are green, too.
GREEN_THINGS = (
    r"(?:Verpackung|Versand|Lieferung|Energie|Strom|Zukunft|Logistik|Produkt|Unternehmen|Betrieb|Bank|Alternative"
    r"|\p{L}*rösterei|\p{L}*roesterei|Brauerei|Bäckerei|Café|Gastronomie|Mode|Technik|Technologie|Wahl)"
)
GREEN = beginnings(
    [
        f"{NATURE}{JOIN}?(?:freundlich|schonend|bewusst|gerecht|verträglich|neutral)(?<!klima{JOIN}?neutral)",
        *(LASTING, ORGANIC, "(?:ö|oe)kofreundlich", "plastikfrei", "emissionsfrei", f"{CO2}{JOIN}?(?:frei|reduziert)"),
        *(
            f"biologisch{JOIN}abbaubar",
            "biodegradable",
            "kompostierbar",
            "compostable",
            "biobasiert",
            f"bio{JOIN}?based",
        ),
        *("energieeffizient", f"energy{JOIN}efficient", f"(?:plastic|emission|carbon){JOIN}free"),
        f"(?:eco|earth|planet|climate|nature|carbon){JOIN}friendly",
        *(f"environmentally{JOIN}friendly", "sustainabl(?:e|y)(?! (?:growth|success|business|recovery|development))"),
        *("gut f(?:ü|ue)r(?: d(?:ie|as)|s) (?:Umwelt|Klima)", "good for the (?:environment|planet)"),
        f"gr(?:ü|ue)ne[mnrs]? {GREEN_THINGS}",
        "green(?:er)? (?:packaging|delivery|shipping|energy|choice|planet|company|bank|roastery|product)",
    ]
)
# An aim names its year. Whoever sells needs a plan for it that others look after; a town or a state sells nothing.
YEAR = regex.compile(r"\b(?:bis|by)\s(?:\p{L}{1,12}\s){0,2}20\d\d\b", regex.IGNORECASE)
WANTED = regex.compile(
    r"\b(?:will|wollen|soll|sollen|möchten?|werden|wird|plan(?:en|t)|Ziel|aims?|wants?|plans?|goal|target|become|shall)\b",
    regex.IGNORECASE,
)
PUBLIC = regex.compile(
    r"\b(?:(?:die|unsere|der|eine|das|the|our) (?:Stadt|Gemeinde|Kommune|Region|Kanton|Land|Bund|Landkreis|Kreis|city"
    r"|town|council|county|country|state|government)|Stadtverwaltung|Bundesregierung|Bundesrat|Landesregierung"
    r"|Deutschland|Österreich|die Schweiz|Europa|die EU|Germany|Austria|Switzerland|Europe|the EU)\b",
    regex.IGNORECASE,
)
# What people meet to talk about is no claim, nor what is asked, unless it is about us: "Vortrag: Wie wird ...?"
MEETING = (
    r"(?:vortrag|podium|diskussion|dialog|werkstatt|seminar|webinar|workshop|tagung|konferenz|lesung|ausstellung|film"
    r"|thema|lecture|talk|panel|debate|conference)\b"
)
TOPIC = regex.compile(
    rf"{MEETING}(?:[^:„“\"»«]{{0,30}}[:„“\"»«]| (?:zu|zum|zur|über|on|about)\b)|:\s[^:]{{0,20}}{MEETING}",
    regex.IGNORECASE,
)
ASKING = regex.compile(r"\b(?:wie|ob|wann|warum|kann|können|how|when|why|can|could)\b", regex.IGNORECASE)
OURS = regex.compile(r"\b(?:wir|unse?re?[mnrs]?|we|our)\b", regex.IGNORECASE)
NORM = {
    "DE": "UWG in der Fassung der EmpCo-Richtlinie (EU) 2024/825",
    "AT": "UWG, RL (EU) 2024/825",
    "CH": "Art. 3 Abs. 1 lit. x UWG",
}


def compensated(draft: Draft) -> Iterator[Hit]:
    yield from in_sentences(COMPENSATED, draft, lambda sentence: _claims(sentence) and not _aims(sentence))


def green(draft: Draft) -> Iterator[Hit]:
    if not draft.evidence.strip():
        yield from in_sentences(GREEN, draft, _claims)
        yield from in_sentences(COMPENSATED, draft, lambda sentence: _aims(sentence) and not PUBLIC.search(sentence))


def _claims(sentence: str) -> bool:
    """Whether this may say of what the company does or sells that it is so."""
    is_question = sentence.rstrip().endswith("?") and bool(ASKING.search(sentence))
    return bool(OURS.search(sentence)) or not (is_question or TOPIC.search(sentence))


def _aims(sentence: str) -> bool:
    return bool(YEAR.search(sentence) and WANTED.search(sentence))


COMPENSATION = Rule(
    "climate-claims",
    _("Climate claims"),
    _("Saying that a product is climate neutral because emissions are compensated is always unfair."),
    _("A climate claim that cannot be used for products."),
    _("Leave it out, or say what you really do, with figures."),
    "block",
    NORM,
    compensated,
    in_answers="approval",
    valid_from=date(2026, 9, 27),
)
ENVIRONMENT = Rule(
    "environmental-claims",
    _("Environmental claims"),
    _("General words like “sustainable” need recognised evidence, and an aim like “climate neutral by 2030” a plan."),
    _("A general environmental claim without evidence."),
    _("Say exactly what is better, or enter where the evidence is filed."),
    "block",
    NORM,
    green,
    in_answers="approval",
    valid_from=date(2026, 9, 27),
)
