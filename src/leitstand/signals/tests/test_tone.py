"""How a text sounds: measured on real-looking comments, and the words that say so."""

from __future__ import annotations

import pytest

from leitstand.signals.tests.comments import COMMENTS, HELD_BACK_COMMENTS, Comment
from leitstand.signals.tone import judge

LEAST_RIGHT, LEAST_RIGHT_HELD_BACK, MOST_TURNED_ROUND = 0.80, 0.75, 0.04
OPPOSITE = {"positive": "negative", "negative": "positive"}


def right(comments: list[Comment]) -> float:
    return sum(judge(one.text, one.language).tone == one.tone for one in comments) / len(comments)


def test_most_comments_sound_as_a_person_hears_them() -> None:
    found, held_back = right(COMMENTS), right(HELD_BACK_COMMENTS)
    print(
        f"tone: {found:.1%} of {len(COMMENTS)} comments right, {held_back:.1%} of {len(HELD_BACK_COMMENTS)} held back"
    )
    assert found >= LEAST_RIGHT
    assert held_back >= LEAST_RIGHT_HELD_BACK


def test_praise_is_hardly_ever_taken_for_blame_nor_blame_for_praise() -> None:
    turned = [one.text for one in COMMENTS if judge(one.text, one.language).tone == OPPOSITE.get(one.tone)]
    assert len(turned) / len(COMMENTS) <= MOST_TURNED_ROUND
    assert [one.text for one in COMMENTS if one.text in turned and one.tone == "positive"] == []


def test_the_table_is_large_and_holds_both_languages_and_all_tones() -> None:
    for language in ("de", "en"):
        mine = [one for one in COMMENTS if one.language == language]
        assert len(mine) >= 60
        assert {one.tone for one in mine} == {"positive", "negative", "neutral", "unsure"}
    assert len({one.text for one in COMMENTS}) == len(COMMENTS)


PAIRS = [
    ("de", "Der Kaffee ist gut.", "Der Kaffee ist nicht gut."),
    ("de", "Ich bin zufrieden.", "Ich bin nie zufrieden."),
    ("de", "Sehr empfehlenswert.", "Kaum empfehlenswert."),
    ("de", "Ich empfehle diesen Laden.", "Ich empfehle diesen Laden nicht."),
    ("de", "Diesen Laden empfehle ich weiter.", "Diesen Laden empfehle ich nicht weiter."),
    ("de", "Das lohnt sich.", "Das lohnt sich nicht."),
    ("de", "Zufrieden bin ich.", "Zufrieden bin ich überhaupt nicht."),
    ("de", "Glücklich bin ich damit.", "Glücklich bin ich damit nicht."),
    ("de", "Freundlich war das Personal.", "Freundlich war das Personal nie."),
    ("en", "I recommend it.", "I don't recommend it."),
    ("en", "I recommend it.", "I don’t recommend it."),
    ("en", "It is worth it.", "It was hardly worth it."),
    ("en", "We are happy.", "We haven't been happy."),
]


@pytest.mark.parametrize(("language", "plain", "negated"), PAIRS)
def test_a_negation_turns_praise_into_blame(language: str, plain: str, negated: str) -> None:
    assert judge(plain, language).score > 0 > judge(negated, language).score


def test_a_negation_ends_with_its_part_of_the_sentence() -> None:
    assert judge("Nein, das stimmt nicht. Gut gemacht!", "de").tone == "positive"
    assert judge("Not today, thanks.", "en").tone == "positive"


@pytest.mark.parametrize(
    "text",
    [
        "Gut gemacht, das konnten andere nicht.",
        "Gut und nicht teuer.",
        "Super Laden, und das nicht nur am Sonntag.",
        "Ein toller Laden nicht nur für Kaffee.",
        "Toll dass ihr nicht aufgebt!",
        "Beschweren kann ich mich nicht.",
        "Enttäuscht wurde ich hier noch nie.",
        "Ärger gab es keinen.",
    ],
)
def test_a_negation_behind_turns_only_what_it_belongs_to(text: str) -> None:
    assert judge(text, "de").score > 0


@pytest.mark.parametrize(
    "text", ["Die kaputte Tasse wurde nicht ersetzt.", "Reklamation wird nicht bearbeitet.", "Meldet sich nicht."]
)
def test_nor_does_it_make_praise_of_a_complaint(text: str) -> None:
    assert judge(text, "de").is_complaint


COMPLAINTS = [
    ("de", "Mein Paket ist nicht angekommen"),
    ("de", "Meine Bestellung kam nie an"),
    ("de", "Ich habe meine Bestellung nicht erhalten"),
    ("de", "Falsche Ware geliefert"),
    ("de", "Der Kaffee schmeckt nicht"),
    ("de", "Der Service ist unterirdisch"),
    ("de", "Ich bin sauer"),
    ("de", "Nach fünf Tagen immer noch kein Paket"),
    ("en", "My order never arrived"),
    ("en", "My order hasn’t arrived"),
    ("en", "I have not received my order"),
    ("en", "They sent me the wrong item"),
    ("en", "Support ignores me"),
]


@pytest.mark.parametrize(("language", "text"), COMPLAINTS)
def test_the_commonest_complaints_are_heard(language: str, text: str) -> None:
    found = judge(text, language)
    assert (found.tone, found.is_complaint) == ("negative", True)


QUESTIONS = [
    ("Wann öffnet ihr am Sonntag", True),
    ("Könnt ihr das Rezept schicken", True),
    ("Kann ich bei euch reservieren", True),
    ("Where do you buy your beans", True),
    ("Toll! https://shop.example/?a=1", False),
    ("Toll! www.shop.example/?a=1", False),
    ("Wie die Rösterei Morgenrot ihren Kaffee röstet", False),
    ("Was Morgenrot anders macht", False),
    ("Kann Kaffee Klimaschutz", False),
    ("How Morgenrot roasts its coffee", False),
    ("Wie immer super", False),
    ("Ist echt top", False),
    ("Kann man nur empfehlen", False),
]


@pytest.mark.parametrize(("text", "asks"), QUESTIONS)
def test_without_a_mark_only_the_order_of_words_asks(text: str, asks: bool) -> None:
    assert judge(text).is_question is asks
    assert judge(text, is_article=True).is_question is False
    assert judge(f"{text} ?", is_article=True).is_question is True


@pytest.mark.parametrize(
    ("weak", "strong"),
    [
        ("Das ist schlecht.", "Das ist sehr schlecht."),
        ("Das ist schlecht.", "Das ist schlecht!!!"),
        ("Das ist eine Frechheit.", "DAS IST EINE FRECHHEIT"),
        ("Das ist schlecht.", "Das ist schlecht 😡"),
    ],
)
def test_some_things_make_it_louder(weak: str, strong: str) -> None:
    assert judge(strong, "de").score < judge(weak, "de").score < 0


@pytest.mark.parametrize(
    ("emoji", "tone"),
    [("👍", "positive"), ("👍🏽", "positive"), ("❤️", "positive"), ("😡", "negative"), ("☕", "neutral")],
)
def test_an_emoji_alone_says_enough(emoji: str, tone: str) -> None:
    assert judge(emoji).tone == tone


@pytest.mark.parametrize(
    ("one", "other"), [("Köstlich", "Koestlich"), ("Großartig", "Grossartig"), ("Ärger", "Aerger")]
)
def test_spelling_makes_no_difference(one: str, other: str) -> None:
    assert judge(one, "de").score == judge(other, "de").score != 0


@pytest.mark.parametrize(
    "text", ["Meine Freundin hat einen Gutschein.", "Das Krankenhaus ist nebenan.", "Ein Gutachten vom Freundeskreis."]
)
def test_words_that_only_begin_alike_do_not_count(text: str) -> None:
    assert (judge(text, "de").tone, judge(text, "de").reasons) == ("neutral", ())


@pytest.mark.parametrize(
    ("text", "language", "said"),
    [
        ("Ihr Lügner, pfui!", "de", "hostile"),
        ("You useless liars, shame on you!", "en", "hostile"),
        ("Bitte dringend melden", "de", "urgent"),
        ("Please answer asap", "en", "urgent"),
        ("Die Tasse war kaputt.", "de", "complaint"),
        ("The cup was broken", "en", "complaint"),
        ("Habt ihr am Montag offen", "de", "question"),
        ("do you ship to Kiel", "en", "question"),
    ],
)
def test_what_else_it_is(text: str, language: str, said: str) -> None:
    found = judge(text, language)
    known = {"hostile": found.hostility > 0.5, "urgent": found.urgency > 0.3}
    assert (known | {"complaint": found.is_complaint, "question": found.is_question})[said]
    calm = judge("Um acht Uhr im Laden.", language)
    assert (calm.hostility, calm.urgency, calm.is_complaint, calm.is_question) == (0, 0, False, False)


def test_the_reasons_lie_where_they_say() -> None:
    for comment in COMMENTS:
        for reason in judge(comment.text, comment.language).reasons:
            assert comment.text[reason.start : reason.end] == reason.words
            assert reason.value or reason.tags


def test_an_unknown_language_is_asked_in_both() -> None:
    assert judge("Das war toll").tone == judge("That was great").tone == "positive"
    assert judge("That was great", "de").tone == "neutral"
