"""Texts that want to do harm: a longer one takes longer in proportion, whatever it is made of."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.effort import grows_in_proportion

from leitstand.signals.language import detect
from leitstand.signals.tone import judge

SHORT = 40_000
PIECES = {
    "nothing": "",
    "spaces": " ",
    "lines": "\n",
    "mixed blanks": " \n\t",
    "one word": "a",
    "one word of umlauts": "Ä",
    "syllables": "a-",
    "apostrophes": "a'",
    "points": "a.",
    "signs": "@",
    "marks": "!?",
    "questions": "wie ",
    "lines of questions": "wie\n",
    "nots": "nicht ",
    "praise": "gut nicht gut ",
    "shouts": "SCHREI ",
    "nul": "\x00",
    "control characters": "\x01\x02\x1b\x7f",
    "right to left": "\u202e",
    "marks upon marks": "e\u0301\u0301\u0301",
    "joiners": "👩\u200d👧\u200d👦",
    "lone surrogates": "\ud83d",
    "private letters": "\ue000\U0010ffff",
    "addresses": "https://",
    "arabic": "قهوة ",
}


def made_of(piece: str, length: int) -> str:
    return piece * (length // max(1, len(piece)))


@pytest.mark.parametrize("name", PIECES)
def test_the_effort_grows_no_faster_than_the_text(name: str) -> None:
    def work(length: int) -> None:
        text = made_of(PIECES[name], length)
        detect(text), judge(text)

    assert grows_in_proportion(work, SHORT)


@pytest.mark.parametrize("name", PIECES)
def test_whatever_it_is_made_of_the_figures_stay_in_their_bounds(name: str) -> None:
    text = made_of(PIECES[name], SHORT)
    language, tone = detect(text), judge(text)
    assert 0.0 <= language.confidence <= 1.0
    assert -1.0 <= tone.score <= 1.0
    assert 0.0 <= tone.hostility <= 1.0
    assert 0.0 <= tone.urgency <= 1.0


def test_no_text_is_neutral_and_in_no_language() -> None:
    found = judge("")
    assert (found.tone, found.score, found.hostility, found.is_question, found.reasons) == ("neutral", 0, 0, False, ())
    assert detect("").code == ""


@pytest.mark.parametrize(
    "text",
    [
        "\u202eDas ist schlecht.\u202c",
        "\x00Das\x07 ist schlecht.\x1b[31m",
        "\ufeffDas\u00a0ist\u2028schlecht.",
        "Das ist 'schlecht'",
    ],
)
def test_hidden_characters_do_not_hide_the_tone(text: str) -> None:
    assert judge(text, "de").tone == "negative"


@given(st.text(max_size=300), st.sampled_from(["", "de", "en", "fr", "\x00", "deutsch"]))
def test_no_text_breaks_the_judgement(text: str, language: str) -> None:
    assert judge(text, language).tone in ("negative", "neutral", "positive", "unsure")
    assert len(detect(text, language).code) <= 3
