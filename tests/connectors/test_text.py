"""Measuring as the networks do, and splitting without losing or cutting anything."""

from __future__ import annotations

import re

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from leitstand.connectors.protocol import TextRules
from leitstand.connectors.registry import network
from leitstand.connectors.text import URL, Measured, _atoms, _packed, measure, split, weigh

MASTODON, BLUESKY = network("mastodon").text, network("bluesky").text
WEIGHTED = TextRules(280, "weighted", url_length=23)
FAMILY = "👩‍👩‍👧‍👦"


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("", 0),
        ("Kaffee", 6),
        ("Ä", 1),
        ("A\u0308", 1),
        (FAMILY, 1),
        ("🇩🇪", 1),
        ("a\r\nb", 3),
        ("https://roesterei.example/ein/sehr/langer/weg?mit=frage#und-anker", 23),
        ("Neu: https://a.example.", 29),
        ("(https://a.example/b)", 25),
        ("https://de.wikipedia.org/wiki/Kaffee_(Begriff)", 23),
        ("„https://a.example“", 25),
        ("http://a.example http://b.example", 47),
        ("Hallo @otto@social.example!", 12),
        ("@otto@social.example.", 6),
        ("mail@social.example", 19),
        ("@otto", 5),
        ("https://social.example/@otto@other.example", 23),
    ],
)
def test_mastodon(text: str, units: int) -> None:
    assert measure(text, MASTODON).used == units


@pytest.mark.parametrize(
    ("text", "units"),
    [
        *(("Kaffee", 6), ("Ä", 1), ("A\u0308", 1), ("珈琲", 4), ("–", 1), ("„“", 2), ("…", 2), ("€", 2), ("©", 1)),
        *(("☕", 2), (FAMILY, 2), ("🇩🇪", 2), ("1️⃣", 2), ("👍🏽", 2)),
    ],
)
def test_weighted(text: str, units: int) -> None:
    """https://docs.x.com/fundamentals/counting-characters"""
    assert weigh(text) == units


def test_weighted_urls_count_23() -> None:
    assert measure("Neu: https://a.example/" + "x" * 100, WEIGHTED).used == 28


def test_bluesky_has_two_limits() -> None:
    assert measure("ä" * 300, BLUESKY).fits
    assert measure("ä" * 301, BLUESKY).over_at == 300
    heavy = measure(FAMILY * 150, BLUESKY)
    assert (heavy.used, heavy.limit, heavy.fits) == (150 * 25, 3000, False)
    assert heavy.over_at == 3000 // 25 * len(FAMILY)


def test_where_it_is_too_long() -> None:
    rules = TextRules(10, "graphemes", url_length=5)
    assert measure("123 https://a.example 890", rules).over_at == 22
    assert measure("1234567 https://a.example", rules).over_at == 8
    found = measure("12345678901", rules)
    assert (found.used, found.left, found.fits, found.over_at) == (11, -1, False, 10)
    assert measure("1234567890", rules).over_at is None


def test_no_limit() -> None:
    found = measure("x" * 10_000, TextRules(0))
    assert found.fits and found.used == 10_000 and found.over_at is None
    assert split("x " * 10_000, TextRules(0)) == [("x " * 10_000).strip()]


@pytest.mark.parametrize(("counting", "units"), [("characters", 2), ("bytes", 3), ("graphemes", 1)])
def test_units(counting: str, units: int) -> None:
    assert measure("A\u0308", TextRules(10, counting)).used == units  # type: ignore[arg-type]  # the case names it


def test_splits_at_sentences_in_german_and_english() -> None:
    text = (
        "Ab dem 3. Mai rösten wir, z. B. sonntags, bei Dr. Maier. Kommen Sie vorbei! "
        "We open e.g. on Mondays, at 9 a.m. sharp. Come and see us. „Wirklich?“ Ja."
    )
    assert split(text, TextRules(70)) == [
        "Ab dem 3. Mai rösten wir, z. B. sonntags, bei Dr. Maier. (1/3)",
        "Kommen Sie vorbei! We open e.g. on Mondays, at 9 a.m. sharp. (2/3)",
        "Come and see us. „Wirklich?“ Ja. (3/3)",
    ]


def test_one_part_stays_bare() -> None:
    assert split("  Kurz.  ", TextRules(10)) == ["Kurz."]
    assert split("Eins. Zwei.", TextRules(6), numbering=False) == ["Eins.", "Zwei."]


def test_a_url_is_never_cut() -> None:
    url = "https://roesterei.example/" + "x" * 30
    parts = split(f"Wörter davor ({url}) und danach noch mehr Wörter.", TextRules(70))
    assert sum(url in part for part in parts) == 1
    assert split(f"Wort {url}", TextRules(20))[-1].startswith(url)


def test_more_than_a_hundred_parts_still_fit() -> None:
    rules = TextRules(20)
    parts = split("wort " * 500, rules)
    assert len(parts) > 100 and parts[-1].endswith(f"({len(parts)}/{len(parts)})")
    assert all(measure(part, rules).fits for part in parts)


WORDS = st.text(st.sampled_from("aäß \n.!?👩‍🇩🇪é字\u0308(@-"), max_size=60)
LINKS = st.sampled_from(["https://a.example/b", "http://ä.example", "@otto@social.example", "https://x.example/(y)"])
TEXTS = st.lists(WORDS | LINKS, max_size=12).map(" ".join)
RULES = st.builds(
    TextRules,
    st.integers(45, 90),
    st.sampled_from(["graphemes", "characters", "weighted", "bytes"]),
    url_length=st.sampled_from([None, 23]),
    bytes_limit=st.sampled_from([None, 120]),
    short_mentions=st.booleans(),
)
NUMBER = re.compile(r" \(\d+/\d+\)$")


@given(TEXTS, RULES, st.booleans())
def test_pieces_fit_and_nothing_is_lost(text: str, rules: TextRules, numbering: bool) -> None:
    parts = split(text, rules, numbering)
    assert all(measure(part, rules).fits for part in parts)
    bare = [NUMBER.sub("", part) for part in parts] if numbering and len(parts) > 1 else parts
    assert "".join("".join(bare).split()) == "".join(text.split())


def packed_by_measuring_all_again(text: str, rules: TextRules) -> list[str]:
    parts, current = [], ""
    for atom in _atoms(text, rules):
        if current and not measure((current + atom).strip(), rules).fits:
            parts.append(current.strip())
            current = ""
        current += atom
    return [part for part in [*parts, current.strip()] if part]


CALM = st.text(st.sampled_from("aäß \n.!?👩‍🇩🇪é字\u0308\u0600(-"), max_size=60)
NARROW = st.builds(
    TextRules,
    st.integers(3, 60),
    st.sampled_from(["graphemes", "characters", "weighted", "bytes"]),
    url_length=st.sampled_from([None, 23]),
    bytes_limit=st.sampled_from([None, 40]),
    short_mentions=st.booleans(),
)


@given(st.lists(CALM | LINKS, max_size=12).map(" ".join), NARROW)
def test_what_is_carried_along_is_what_measuring_all_again_would_say(text: str, rules: TextRules) -> None:
    assert list(_packed(_atoms(text.strip(), rules), rules)) == packed_by_measuring_all_again(text.strip(), rules)


@pytest.mark.parametrize("text", ["a" * 20_000, "wort " * 4_000, "-@a" * 6_000, " \u0308" * 10_000])
def test_very_long_texts_come_to_an_end(text: str) -> None:
    parts = split(text, MASTODON)
    assert all(measure(part, MASTODON).fits for part in parts)
    assert "".join(NUMBER.sub("", part) for part in parts).replace(" ", "") == text.replace(" ", "")


def test_no_border_between_white_space_and_what_belongs_to_it() -> None:
    assert split("ab \u0308cd", TextRules(4), numbering=False) == ["ab \u0308", "cd"]


@given(TEXTS, RULES)
def test_no_border_inside_a_url_or_a_grapheme(text: str, rules: TextRules) -> None:
    parts = split(text, rules, numbering=False)
    assert sum(len(URL.findall(part)) for part in parts) == len(URL.findall(text.strip()))
    assert all(regex.fullmatch(r"\X+", part) for part in parts if part)


@given(TEXTS, RULES)
def test_the_place_is_where_it_stops_fitting(text: str, rules: TextRules) -> None:
    found = measure(text, rules)
    assert (found.over_at is None) == found.fits
    if found.over_at is not None:
        assert 0 <= found.over_at < len(text)
        assert measure(text[: found.over_at], rules).fits


def test_where_both_limits_are_passed_the_earlier_place_counts() -> None:
    both = TextRules(5, "graphemes", bytes_limit=8)
    assert measure("ääääääää", both) == Measured(used=8, limit=5, over_at=4)
    assert measure("ääääa", both) == Measured(used=9, limit=8, over_at=4, in_bytes=True)


@given(st.text(max_size=300))
def test_any_text_can_be_measured(text: str) -> None:
    for rules in (MASTODON, BLUESKY, WEIGHTED, TextRules(280, "bytes")):
        assert measure(text, rules).used >= 0
