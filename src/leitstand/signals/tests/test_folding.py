"""One word however it is spelled, and the place of each word in the original."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leitstand.signals.folding import fold, tokens, visible


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


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("Ro\u0308st\u00adkaffee", "Röstkaffee"),
        ("\ufeffKaf\u200bfee\u2060", "Kaffee"),
        ("u\u00ad\u0308", "ü"),
        ("👩\u200d👧 می\u200cخواهم", "👩\u200d👧 می\u200cخواهم"),
    ],
)
def test_what_nobody_sees_goes(text: str, seen: str) -> None:
    assert visible(text) == seen


def test_different_words_stay_different() -> None:
    assert len({fold(word) for word in ("Mass", "Mas", "schon", "schön", "Bar", "Bär")}) == 6


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Der Kaffee-Test!", ["der", "kaffee", "test"]),
        ("#Röstkaffee @morgenrot", ["roestkaffee", "morgenrot"]),
        ("#morgenrot_kaffee www.morgenrot.de", ["morgenrot", "kaffee", "www", "morgenrot", "de"]),
        ("Frisch.Die", ["frisch", "die"]),
        ("I don’t know", ["i", "don't", "know"]),
        ("3.5 kg für 20€", ["3.5", "kg", "fuer", "20"]),
        ("قهوة \u202eتسوق", ["قهوة", "تسوق"]),
        ("", []),
        ("!?… 👍", []),
    ],
)
def test_a_text_falls_into_its_words(text: str, words: list[str]) -> None:
    assert [token.word for token in tokens(text)] == words


@pytest.mark.parametrize(
    ("text", "also"),
    [
        ("#Röstkaffee_Kiel", {"#roestkaffee_kiel"}),
        ("@eva.example.org", {"@eva.example.org", "@eva"}),
        ("Eva’s", {"eva", "s"}),
        ("Eva", set()),
    ],
)
def test_a_word_answers_to_its_other_names(text: str, also: set[str]) -> None:
    assert set(next(tokens(text)).also) == also


@given(st.text())
def test_each_word_knows_its_place(text: str) -> None:
    for token in tokens(text):
        assert fold(text[token.start : token.end]).removeprefix("#").removeprefix("@") == token.word
