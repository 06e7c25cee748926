"""Search, filters, export and chart over stored mentions, and what people decide about one."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from tests import people

from leitstand.core import jobs
from leitstand.core.models import DiaryEntry
from leitstand.listening import queries
from leitstand.listening.models import Mention, Source
from leitstand.listening.tests.conftest import saved_query, source, tell

pytestmark = pytest.mark.usefixtures("house")


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Haus", {"de1"}),
        ("Hauses", {"de1"}),
        ("kaufe", {"de1"}),
        ("run", {"en1"}),
        ("ran idea", set()),
        ("idea", {"en2"}),
        ('"fair espresso"', {"en2"}),
        ("morgenrot -teurer", {"de1", "en1"}),
        ("coffee or espresso", {"en1", "en2"}),
        ("kaffee -Haus", {"de2"}),
        ("coffee -lately", set()),
        ("morgenrot -run -kaufst", {"de2"}),
        ('morgenrot -"teurer geworden"', {"de1", "en1"}),
        ("coffee -cheap or espresso", {"en2"}),
        ("-morgenrot", {"en2"}),
        ("kaffee - teurer", {"de2"}),
        ("or kaffee or", {"de1", "de2"}),
        ("or", set()),
        ("gibtesnicht", set()),
        ("'; DROP TABLE --", set()),
    ],
)
def test_the_search_knows_german_and_english_stems(told: Source, words: str, found: set[str]) -> None:
    rows = queries.mentions(people.finn(), {"q": words, "show": "all"})
    assert set(rows.values_list("remote_id", flat=True)) == found


SPELLED = [
    "Cafe",
    "café",
    "CAFÉ LÖWE",
    "cafe lowe",
    "Cafe Loewe",
    '"cafe löwe"',
    "Cafe\u0301",
    "Creme Brulee",
    "-Tee cafe",
]


@pytest.mark.parametrize("words", SPELLED)
def test_accents_make_no_difference_in_the_search(words: str) -> None:
    text = "Die Crème brûlée im Café Löwe am Markt, wo der Citroën steht"
    tell(source("https://feed.example/"), {"accents": text, "none": "Tee im Cafe Mohr"})
    found = queries.mentions(people.finn(), {"q": words, "show": "all"})
    assert "accents" in found.values_list("remote_id", flat=True)


ONE_WAY = ["löwe", "Loewe", "LÖWEN", "LOEWE", '"Loewe in Muenchen"', '"löwe in münchen"', "MÜNCHEN", "muenchen"]


@pytest.mark.parametrize("text", ["Der Löwe in München", "Der Loewe in Muenchen"])
@pytest.mark.parametrize("words", ONE_WAY)
def test_an_umlaut_may_be_written_out_on_either_side(words: str, text: str) -> None:
    tell(source("https://feed.example/"), {"zoo": text, "farm": "Ein Esel in Lausanne"})
    for asked, found in ((words, "zoo"), (f"-{words}", "farm")):
        rows = queries.mentions(people.finn(), {"q": asked, "show": "all"})
        assert list(rows.values_list("remote_id", flat=True)) == [found]


def listed(client: Client, address: str) -> set[str]:
    rows: Any = client.get(f"/listening/?{address}").context["rows"]
    return {row.remote_id for row in rows}


def test_a_mention_that_several_queries_found_is_shown_once_and_nothing_is_sorted_out(told: Source) -> None:
    for query in ("kaffee", "morgenrot"):
        saved_query(query, query)
    shown = queries.mentions(people.finn(), {})
    assert sorted(shown.values_list("remote_id", flat=True)) == ["de1", "de2", "en1"]
    assert "Unique" not in shown[:30].explain()


def test_filters_stand_in_the_address(told: Source) -> None:
    finn = people.signed_in(people.finn())
    query = saved_query("kaffee")
    Mention.objects.filter(remote_id="de1").update(tone="positive")
    Mention.objects.filter(remote_id="en1").update(at=timezone.now())
    assert listed(finn, "") == {"de1", "de2"}
    assert listed(finn, "show=all") == {"de1", "de2", "en1", "en2"}
    assert listed(finn, f"query={query.pk}&tone=positive") == {"de1"}
    assert listed(finn, f"source={told.pk}&language=en") == {"en1", "en2"}
    assert listed(finn, "days=1&show=all") == {"en1"}
    for odd in ("source=x", "query=99999999999999999999999", "source=-1", "tone=%00", "days=-5&show=", "page=999999"):
        assert finn.get(f"/listening/?{odd}").status_code == 200


def test_the_filtered_mentions_go_out_as_csv_without_formulas(told: Source) -> None:
    Mention.objects.filter(remote_id="en2").update(text="=cmd()|x", author_name="@SUM(A1)")
    lines = people.signed_in(people.finn()).get("/listening/mentions.csv?show=all&q=cmd").content.decode().splitlines()
    assert len(lines) == 2
    assert "'=cmd()|x" in lines[1]
    assert "'@SUM(A1)" in lines[1]


def test_the_chart_counts_days_and_tones(told: Source) -> None:
    Mention.objects.update(at=timezone.now(), tone="neutral")
    Mention.objects.filter(remote_id="de2").update(tone="negative")
    chart = queries.per_day(queries.mentions(people.finn(), {"show": "all"}), 7)
    assert chart["labels"][-1] == timezone.localdate().isoformat()
    last = {line["name"]: line["values"][-1] for line in chart["series"]}  # type: ignore[index]  # known shape
    assert last == {"Negative": 1, "Neutral": 3, "Positive": 0, "Unsure": 0}


def test_a_tone_is_corrected_and_a_mention_handed_over_once(told: Source) -> None:
    gina, one = people.signed_in(people.gina()), Mention.objects.get(remote_id="de2")
    gina.post(f"/listening/mentions/{one.pk}/tone/", {"tone": "positive"})
    assert gina.post(f"/listening/mentions/{one.pk}/tone/", {"tone": "lila"}).status_code == 422
    for _again in range(2):
        gina.post(f"/listening/mentions/{one.pk}/hand-over/")
    jobs.run_waiting()
    one.refresh_from_db()
    assert (one.tone, one.tone_by_hand) == ("positive", True)
    assert one.handed_over_at is not None
    assert DiaryEntry.objects.filter(name="listening.mention_handed_over").count() == 1
