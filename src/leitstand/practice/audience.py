"""Plans how the audience reacts: pure and seeded, so the same post always gets the same reactions."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Literal

from leitstand.practice.lines import lines_for, subject_of
from leitstand.practice.people import AUDIENCE, Fan

Kind = Literal["like", "share", "comment", "mention"]
FIRST_SECONDS, LAST_SECONDS = 3.0, 6 * 3600.0
MENTIONS = 10
MENTION_DAYS = 14


@dataclass(frozen=True, slots=True)
class Planned:
    """One reaction, so many seconds after the post."""

    kind: Kind
    after: float
    fan: Fan
    text: str = ""


def reactions(seed: str, text: str, language: str) -> list[Planned]:
    """Likes, shares and comments on a post, in the order they come. Early ones come within seconds."""
    dice = random.Random(f"{seed}|{text}")
    planned: list[Planned] = []
    for fan in AUDIENCE:
        if fan.language == language or dice.random() < 0.15:
            planned += _by(fan, dice, text)
    planned.sort(key=lambda one: one.after)
    return _with_early_comment(planned, dice, text, language)


def _by(fan: Fan, dice: random.Random, text: str) -> list[Planned]:
    found: list[Planned] = []
    if dice.randrange(100) < fan.likes:
        found.append(Planned("like", _delay(dice), fan))
    if dice.randrange(100) < fan.shares:
        found.append(Planned("share", _delay(dice), fan))
    if dice.randrange(100) < fan.talks:
        found.append(Planned("comment", _delay(dice) + 5, fan, _line(fan, dice, subject_of(text))))
    return found


def _with_early_comment(planned: list[Planned], dice: random.Random, text: str, language: str) -> list[Planned]:
    """Somebody always asks something soon, so that a newcomer sees life."""
    askers = [fan for fan in AUDIENCE if fan.mood == "asks" and fan.language == language] or list(AUDIENCE[:1])
    asker = dice.choice(askers)
    others = [one for one in planned if not (one.kind == "comment" and one.fan == asker)]
    return [Planned("comment", 4.0, asker, _line(asker, dice, subject_of(text))), *others]


def thanks(seed: str, fan: Fan) -> Planned | None:
    """What somebody says after being answered; most do, half a minute later."""
    dice = random.Random(f"thanks|{seed}|{fan.handle}")
    if dice.random() > 0.7:
        return None
    return Planned("comment", dice.uniform(15, 90), fan, _line(fan, dice, "thanks"))


def mentions(seed: str, company: str) -> list[Planned]:
    """What people say about an account by themselves, spread over two weeks."""
    dice = random.Random(f"mentions|{seed}")
    fans = dice.choices(AUDIENCE, k=MENTIONS)
    planned = [_mention(fan, dice, company) for fan in fans]
    return sorted(planned, key=lambda one: one.after)


def _mention(fan: Fan, dice: random.Random, company: str) -> Planned:
    text = dice.choice(lines_for(fan.language, "mention", "any")).format(company=company)
    return Planned("mention", dice.uniform(60, MENTION_DAYS * 86_400), fan, text)


def _line(fan: Fan, dice: random.Random, subject: str) -> str:
    return dice.choice(lines_for(fan.language, subject, fan.mood))


def _delay(dice: random.Random) -> float:
    """Seconds, log-uniform: most reactions come early, some hours later."""
    return float(FIRST_SECONDS * (LAST_SECONDS / FIRST_SECONDS) ** dice.random())
