"""The audience as a pure plan: repeatable, in two languages, awake by day, calmed by an apology."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leitstand.practice.audience import FIRST_COMMENT, HOME, LAST_SECONDS, Planned, answered, mentions, plan
from leitstand.practice.people import AUDIENCE, BY_HANDLE
from leitstand.signals.language import detect

NOON = datetime(2026, 11, 23, 11, tzinfo=UTC)
COFFEE = "Unser Winterkaffee ist da, mit einer Note von Orange."
TEXTS = st.sampled_from(
    [COFFEE, "Liefertermin verschoben", "We are hiring!", "10 % Rabatt", "Die App hat einen Fehler"]
)
TELL = f"""
from datetime import datetime, UTC
from leitstand.practice.audience import plan
noon = datetime(2026, 11, 23, 11, tzinfo=UTC)
print([(one.kind, one.fan.handle, one.after, one.text) for one in plan("seed", {COFFEE!r}, "de", noon)])
"""


def told_by_another_process(hash_seed: str) -> str:
    run = [sys.executable, "-c", TELL]
    return subprocess.run(
        run, env={"PYTHONHASHSEED": hash_seed, "PYTHONIOENCODING": "utf-8"}, capture_output=True, check=True, text=True
    ).stdout


def test_the_same_seed_gives_the_same_reactions_in_every_process() -> None:
    here = [(one.kind, one.fan.handle, one.after, one.text) for one in plan("seed", COFFEE, "de", NOON)]
    assert told_by_another_process("1") == told_by_another_process("2") == f"{here}\n"


def test_another_seed_or_text_gives_other_reactions() -> None:
    found = {str(plan(seed, text, "de", NOON)) for seed in ("a", "b", "c") for text in (COFFEE, COFFEE + "!")}
    assert len(found) == 6


@given(st.text(max_size=20), TEXTS, st.sampled_from(["de", "en", "fr", ""]), st.integers(0, 23))
def test_what_every_plan_keeps(seed: str, text: str, language: str, hour: int) -> None:
    at = NOON.replace(hour=hour)
    found = plan(seed, text, language, at)
    said = [one for one in found if one.kind == "comment"]
    assert [one.after for one in found] == sorted(one.after for one in found)
    first = next(one for one in said if one.after == FIRST_COMMENT)
    assert (first.fan.mood, first.fan.language) == ("asks", "de" if language == "de" else "en")
    assert len({(one.kind, one.fan.handle) for one in found}) == len(found)
    assert len({one.text for one in said}) == len(said)
    assert all(one.text and "{" not in one.text for one in said)
    assert all(not one.text for one in found if one.kind != "comment")
    for one in found:
        assert 3 <= one.after <= LAST_SECONDS + 6 * 3600
        assert one.after < 900 or (at + timedelta(seconds=one.after)).astimezone(HOME).hour >= 6


def of_language(found: list[Planned], language: str) -> int:
    return sum(one.fan.language == language for one in found)


def test_who_reads_the_language_reacts_most() -> None:
    german = [one for number in range(50) for one in plan(str(number), COFFEE, "de", NOON)]
    english = [one for number in range(50) for one in plan(str(number), "Our winter coffee", "en", NOON)]
    assert of_language(german, "de") > 4 * of_language(german, "en") > 0
    assert of_language(english, "en") > 4 * of_language(english, "de") > 0


def test_an_audience_of_all_moods_likes_shares_and_complains() -> None:
    found = [one for number in range(50) for one in plan(str(number), COFFEE, "de", NOON)]
    counts = {kind: sum(one.kind == kind for one in found) for kind in ("like", "comment", "share")}
    assert counts["like"] > counts["comment"] > 0
    assert counts["like"] > counts["share"] > 0
    moods = {one.fan.mood for one in found if one.kind == "comment"}
    assert moods == {fan.mood for fan in AUDIENCE}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Wir haben eine Stelle frei", ("bewerb", "Teilzeit", "Quereinsteiger")),
        ("Neue Öffnungszeiten", ("Feiertag", "Filialen", "Netz stand")),
        ("Unser Workshop im Mai", ("anmelden", "Kinder", "dabei")),
    ],
)
def test_comments_answer_to_the_point(text: str, words: tuple[str, ...]) -> None:
    said = " ".join(one.text for number in range(20) for one in plan(str(number), text, "de", NOON))
    assert [word for word in words if word not in said] == []


def answers(handle: str, words: str) -> list[str]:
    found = [answered(BY_HANDLE[handle], str(number), words) for number in range(200)]
    return [one.text for one in found if one]


@pytest.mark.parametrize(
    ("handle", "cold", "sorry", "angry"),
    [
        ("frau_schmitt", "Das liegt an der Post.", "Das tut uns leid!", "Kein Wort der Entschuldigung?"),
        ("grumpy_gus", "That is the courier's fault.", "We are so sorry.", "Not even an apology?"),
    ],
)
def test_an_apology_calms_who_complained(handle: str, cold: str, sorry: str, angry: str) -> None:
    assert angry in answers(handle, cold)
    assert angry not in answers(handle, sorry)
    assert not {line for line in answers(handle, cold) if "ank" in line}
    assert 100 < len(answers(handle, sorry)) < 200


def test_who_asked_kindly_is_not_made_angry() -> None:
    said = set(answers("theo_fragt", "Um acht."))
    assert "Danke für die schnelle Antwort!" in said
    assert all("dreimal gehört" not in line for line in said)


def test_people_speak_of_an_account_by_themselves() -> None:
    found = mentions("morgenrot", "Rösterei {company}")
    assert found == mentions("morgenrot", "Rösterei {company}") != mentions("abendrot", "Rösterei {company}")
    assert len({one.fan for one in found}) == len(found) == 12
    assert 45 <= found[0].after <= 120
    assert found[-1].after <= 14 * 86_400
    assert all("Rösterei {company}" in one.text for one in found)


def test_everybody_speaks_their_own_language() -> None:
    found = [one for n in range(40) for text in ("Neue App", "New beans") for one in plan(str(n), text, "de", NOON)]
    found += [one for n in range(20) for one in mentions(str(n), "Morgenrot")]
    said = {(one.fan.language, one.text) for one in found if one.text}
    assert {language for language, _text in said} == {"de", "en"}
    assert [(language, text) for language, text in said if detect(text).code not in ("", language)] == []
