"""The audience of the practice network: fictional people, each with a character and a language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Mood = Literal["glad", "asks", "joker", "complains", "price", "press", "partner", "supplier", "critic"]


@dataclass(frozen=True, slots=True)
class Fan:
    """One of the audience. `likes`, `talks`, `shares`: on how many of 100 posts. `mood`: what they say."""

    handle: str
    name: str
    language: str
    mood: Mood
    likes: int
    talks: int
    shares: int
    followers: int
    about: str


AUDIENCE = (
    Fan("lena_k", "Lena Krüger", "de", "glad", 85, 30, 20, 340, "Immer zuerst da. Kaffee, Katzen, Kiel."),
    Fan("opa_heinz", "Heinz Baumann", "de", "asks", 40, 30, 5, 61, "Rentner. Ich frage lieber einmal mehr."),
    Fan("mira.dev", "Mira Yıldız", "de", "joker", 55, 22, 15, 1_240, "Entwicklerin. Witze auf Abruf."),
    Fan("jonas_radelt", "Jonas Vogt", "de", "asks", 60, 25, 10, 510, "Mit dem Rad zur Arbeit und zum Bäcker."),
    Fan("frau_schmitt", "Sabine Schmitt", "de", "complains", 6, 24, 5, 120, "Kundin ist Königin."),
    Fan("kritischer_kunde", "Dirk Pohl", "de", "critic", 5, 20, 12, 890, "Ich lese das Kleingedruckte."),
    Fan("tagblatt_lokal", "Tagblatt Lokales", "de", "press", 15, 7, 12, 15_300, "Nachrichten aus der Stadt."),
    Fan("anni.liest", "Annika Wolf", "de", "glad", 75, 18, 25, 2_050, "Bücher, Berge, gutes Handwerk."),
    Fan("backstube_meyer", "Backstube Meyer", "de", "partner", 50, 14, 30, 760, "Brot seit 1951, gleich nebenan."),
    Fan("theo_fragt", "Theo Lang", "de", "asks", 35, 22, 3, 44, "Neugierig."),
    Fan("sparfuchs81", "Karin Fuchs", "de", "price", 25, 22, 6, 205, "Kein Angebot entgeht mir."),
    Fan("kisten_und_co", "Kisten & Co.", "de", "supplier", 35, 9, 14, 430, "Verpackungen für den Mittelstand."),
    Fan("emily_brews", "Emily Carter", "en", "glad", 80, 28, 22, 3_100, "Home barista. Will travel for coffee."),
    Fan("tom_in_berlin", "Tom Hughes", "en", "asks", 50, 28, 8, 415, "New in town, full of questions."),
    Fan("grumpy_gus", "Gus Miller", "en", "complains", 6, 24, 6, 150, "I want to speak to somebody."),
    Fan("priya_writes", "Priya Nair", "en", "glad", 65, 18, 28, 5_400, "Writer. Kind words are free."),
    Fan("deal.hunter", "Casey Brown", "en", "price", 30, 20, 9, 980, "If it is on sale, I know."),
    Fan("the_daily_cup", "The Daily Cup", "en", "press", 25, 8, 20, 22_000, "The magazine for what you drink."),
    Fan("sam_jokes", "Sam Okafor", "en", "joker", 60, 22, 14, 720, "Professional procrastinator."),
    Fan("nora_checks", "Nora Lindqvist", "en", "critic", 12, 18, 16, 1_870, "Sources, please."),
    Fan("northern_freight", "Northern Freight", "en", "supplier", 30, 8, 12, 640, "Pallets on time since 1988."),
)
BY_HANDLE = {fan.handle: fan for fan in AUDIENCE}
