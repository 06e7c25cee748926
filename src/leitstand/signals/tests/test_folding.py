"""One word however it is spelled, and the place of each word in the original."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leitstand.signals.folding import fold, tokens


@pytest.mark.parametrize(
    "spellings",
    [
        ("Röstkaffee", "ROESTKAFFEE", "röstkaffee", "Ro\u0308stkaffee"),
        ("Straße", "Strasse", "STRASSE"),
        ("Grüße", "Gruesse", "GRÜSSE", "Grüsse"),
        ("Café", "cafe", "CAFE\u0301"),
        ("don’t", "don't", "DON’T"),
        ("Smørrebrød", "smoerrebroed"),
        ("Ä" * 200, "ae" * 200),
    ],
)
def test_spellings_of_one_word_are_one(spellings: tuple[str, ...]) -> None:
    assert {fold(word) for word in spellings} == {fold(spellings[0]).lower()}


def test_different_words_stay_different() -> None:
    assert len({fold(word) for word in ("Mass", "Mas", "schon", "schön", "Bar", "Bär")}) == 6


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Der Kaffee-Test!", ["der", "kaffee", "test"]),
        ("#Röstkaffee @morgenrot", ["#roestkaffee", "roestkaffee", "@morgenrot", "morgenrot"]),
        ("I don’t know", ["i", "don't", "know"]),
        ("3.5 kg für 20€", ["3.5", "kg", "fuer", "20"]),
        ("قهوة \u202eتسوق", ["قهوة", "تسوق"]),
        ("", []),
        ("!?… 👍", []),
    ],
)
def test_a_text_falls_into_its_words(text: str, words: list[str]) -> None:
    assert [token.word for token in tokens(text)] == words


@given(st.text())
def test_each_word_knows_its_place(text: str) -> None:
    for token in tokens(text):
        assert fold(text[token.start : token.end]).removeprefix("#") == token.word.removeprefix("#")
