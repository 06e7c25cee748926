"""Which language a text is in: measured on real-looking comments, and honest when it cannot be told."""

from __future__ import annotations

import pytest

from leitstand.signals.language import detect
from leitstand.signals.tests.comments import COMMENTS

LEAST_RIGHT = 0.85


def test_most_comments_are_told_and_none_wrongly() -> None:
    found = [(detect(comment.text).code, comment) for comment in COMMENTS]
    right = sum(code == comment.language for code, comment in found) / len(found)
    print(f"language: {right:.1%} of {len(found)} comments told, the others left open")
    assert right >= LEAST_RIGHT
    assert [comment.text for code, comment in found if code not in ("", comment.language)] == []


def test_the_network_s_word_fills_the_gaps() -> None:
    assert [
        comment.text for comment in COMMENTS if detect(comment.text, comment.language).code != comment.language
    ] == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Strasse, Grösse und Gruss schreibt man in der Schweiz mit zwei s.", "de"),
        ("Schoene Gruesse aus Muenchen, wir freuen uns auf das naechste Mal.", "de"),
        ("DAS IST NICHT EUER ERNST, ODER? ICH WARTE SEIT DREI WOCHEN!", "de"),
        ("colour, flavour and the neighbourhood are spelled like this over here", "en"),
        ("Le café est vraiment délicieux, merci beaucoup pour votre accueil chaleureux.", "fr"),
        ("El café está muy rico, pero el envío ha tardado demasiado tiempo.", "es"),
        ("Il caffè è davvero buono, ma la spedizione è arrivata in ritardo.", "it"),
        ("Kawa była bardzo dobra, ale przesyłka przyszła za późno.", "pl"),
        ("Кофе очень вкусный, но доставка заняла слишком много времени.", "ru"),
        ("Kahve çok güzeldi ama kargo çok geç geldi, teşekkür ederim.", "tr"),
        ("القهوة لذيذة جدا ولكن التوصيل كان متأخرا للغاية", "ar"),
        ("https://the.example/is/not/with/you @der_und_die #dasist Ich habe heute eine Frage an euch.", "de"),
    ],
)
def test_languages_are_told_apart(text: str, code: str) -> None:
    assert detect(text).code == code


@pytest.mark.parametrize(
    "text", ["", " ", "ok", "👍👍👍", "!!!", "12345678901234567890", "https://x.example/der/die/das"]
)
def test_a_text_without_words_is_not_judged(text: str) -> None:
    assert detect(text) == detect("")
    assert (detect(text).code, detect(text).confidence) == ("", 0.0)
    assert (detect(text, "en-GB").code, detect(text, "DE").code) == ("en", "de")


def test_the_network_s_word_does_not_overrule_a_clear_text() -> None:
    assert detect("Ich habe das nicht bestellt und warte auf eine Antwort.", "en").code == "de"


def test_confidence_stays_between_nothing_and_certain() -> None:
    assert all(0.0 <= detect(comment.text).confidence <= 1.0 for comment in COMMENTS)
    assert detect("der die das und ist nicht ich ein eine mit für auf von den es sie " * 9).confidence < 1.0
