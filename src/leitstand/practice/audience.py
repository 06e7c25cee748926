"""Plans how the audience reacts: pure and seeded, so the same post always gets the same reactions."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from leitstand.practice.lines import lines_for
from leitstand.practice.people import AUDIENCE, Fan
from leitstand.practice.subjects import is_sorry, subject_of

Kind = Literal["like", "share", "comment", "mention"]
FIRST_SECONDS, LAST_SECONDS = 3.0, 6 * 3600.0
FIRST_COMMENT = 4.0
MENTIONS, MENTION_DAYS = 12, 14
FOREIGN = 0.15
HOME = ZoneInfo("Europe/Berlin")
AWAKE_FROM, STILL_UP = 6, 900.0


@dataclass(frozen=True, slots=True)
class Planned:
    """One reaction of one fan, so many seconds `after` the post."""

    kind: Kind
    after: float
    fan: Fan
    text: str = ""


def plan(seed: str, text: str, language: str, at: datetime) -> list[Planned]:
    """Likes, shares and comments on a post, in the order they come: some within seconds, the last after hours.

    Who writes in another language reacts less often. Between midnight and six people sleep.
    """
    dice = random.Random(f"{seed}|{text}")
    found: list[Planned] = []
    for fan in AUDIENCE:
        if fan.language == language or dice.random() < FOREIGN:
            found += _by(fan, dice, text)
    first = _first_comment(dice, text, language)
    rest = [one for one in found if not (one.kind == "comment" and one.fan == first.fan)]
    return sorted((_rested(one, at) for one in _unlike([first, *rest])), key=lambda one: one.after)


def _by(fan: Fan, dice: random.Random, text: str) -> list[Planned]:
    rolled: dict[Kind, int] = {"like": fan.likes, "share": fan.shares, "comment": fan.talks}
    kinds: list[Kind] = [kind for kind, chance in rolled.items() if dice.randrange(100) < chance]
    return [Planned(kind, _delay(dice), fan, _line(fan, dice, text) if kind == "comment" else "") for kind in kinds]


def _first_comment(dice: random.Random, text: str, language: str) -> Planned:
    """Somebody always asks something at once, so that a newcomer sees life."""
    spoken = language if language in {fan.language for fan in AUDIENCE} else "en"
    asker = dice.choice([fan for fan in AUDIENCE if fan.mood == "asks" and fan.language == spoken])
    return Planned("comment", FIRST_COMMENT, asker, _line(asker, dice, text))


def _unlike(planned: list[Planned]) -> list[Planned]:
    """Nobody says what somebody else has just said."""
    said: set[str] = set()
    # `add` returns nothing, which is what lets the first one through.
    return [one for one in planned if not one.text or not (one.text in said or said.add(one.text))]  # type: ignore[func-returns-value]


def _rested(planned: Planned, at: datetime) -> Planned:
    then = (at + timedelta(seconds=planned.after)).astimezone(HOME)
    if planned.after < STILL_UP or then.hour >= AWAKE_FROM:
        return planned
    return replace(planned, after=planned.after + AWAKE_FROM * 3600.0)


def answered(fan: Fan, said: str, answer: str) -> Planned | None:
    """What somebody says to an answer of ours: thanks, one more question, or nothing.

    Who complained is calmed by an apology, and complains again without one.
    """
    dice = random.Random(f"answer|{fan.handle}|{said}|{answer}")
    if dice.random() < 0.2:
        return None
    angry = fan.mood in ("complains", "critic") and not is_sorry(answer)
    subject = "angry" if angry else "follow" if dice.random() < 0.3 else "thanks"
    return Planned("comment", dice.uniform(12, 90), fan, dice.choice(lines_for(fan.language, subject, fan.mood)))


def mentions(seed: str, company: str) -> list[Planned]:
    """What people say about an account by themselves, spread over two weeks; the first within two minutes."""
    dice = random.Random(f"mentions|{seed}")
    fans = dice.sample(AUDIENCE, k=MENTIONS)
    times = [dice.uniform(45, 120), *(dice.uniform(600, MENTION_DAYS * 86_400) for _ in range(MENTIONS - 1))]
    return [_mention(fan, dice, company, after) for fan, after in zip(fans, sorted(times), strict=True)]


def _mention(fan: Fan, dice: random.Random, company: str, after: float) -> Planned:
    text = dice.choice(lines_for(fan.language, "mention", fan.mood))
    return Planned("mention", after, fan, text.replace("{company}", company))


def _line(fan: Fan, dice: random.Random, text: str) -> str:
    return dice.choice(lines_for(fan.language, subject_of(text), fan.mood))


def _delay(dice: random.Random) -> float:
    """Seconds, log-uniform: most reactions come early, some hours later."""
    return float(FIRST_SECONDS * (LAST_SECONDS / FIRST_SECONDS) ** dice.random())
