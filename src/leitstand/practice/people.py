"""The audience of the practice network: fictional people, each with a character and a language."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fan:
    """One of the audience. `likes`, `talks`, `shares`: how often of 100 posts. `mood`: what kind of comment."""

    handle: str
    name: str
    language: str
    mood: str
    likes: int
    talks: int
    shares: int
    followers: int


AUDIENCE = (
    Fan("lena_k", "Lena Krüger", "de", "glad", 85, 45, 20, 340),
    Fan("opa_heinz", "Heinz Baumann", "de", "asks", 40, 40, 5, 61),
    Fan("mira.dev", "Mira Yıldız", "de", "joker", 55, 30, 15, 1_240),
    Fan("jonas_radelt", "Jonas Vogt", "de", "asks", 60, 35, 10, 510),
    Fan("frau_schmitt", "Sabine Schmitt", "de", "complains", 10, 45, 5, 120),
    Fan("kritischer_kunde", "Dirk Pohl", "de", "complains", 5, 30, 12, 890),
    Fan("tagblatt_lokal", "Tagblatt Lokales", "de", "press", 15, 8, 12, 15_300),
    Fan("anni.liest", "Annika Wolf", "de", "glad", 75, 25, 25, 2_050),
    Fan("backstube_meyer", "Backstube Meyer", "de", "partner", 50, 20, 30, 760),
    Fan("theo_fragt", "Theo Lang", "de", "asks", 35, 30, 3, 44),
    Fan("sparfuchs81", "Karin Fuchs", "de", "price", 25, 30, 6, 205),
    Fan("emily_brews", "Emily Carter", "en", "glad", 80, 40, 22, 3_100),
    Fan("tom_in_berlin", "Tom Hughes", "en", "asks", 50, 40, 8, 415),
    Fan("grumpy_gus", "Gus Miller", "en", "complains", 8, 35, 6, 150),
    Fan("priya_writes", "Priya Nair", "en", "glad", 65, 25, 28, 5_400),
    Fan("deal.hunter", "Casey Brown", "en", "price", 30, 28, 9, 980),
    Fan("the_daily_cup", "The Daily Cup", "en", "press", 25, 10, 20, 22_000),
    Fan("sam_jokes", "Sam Okafor", "en", "joker", 60, 30, 14, 720),
)
BY_HANDLE = {fan.handle: fan for fan in AUDIENCE}
