"""Queries and search over stored mentions, told from the pages."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from tests import people

from leitstand.connectors.protocol import Author, Item
from leitstand.core import jobs
from leitstand.core.errors import Declined
from leitstand.core.models import DiaryEntry
from leitstand.listening import add, queries
from leitstand.listening.judge import judge_all
from leitstand.listening.models import Mention, Query, Source
from leitstand.listening.store import matcher, store
from leitstand.listening.tests.conftest import source

pytestmark = pytest.mark.usefixtures("house")
SAID = {
    "de1": "Die Häuser der Rösterei Morgenrot duften nach frischem Kaffee, und wir kaufen dort gern.",
    "de2": "Der Kaffee bei Morgenrot ist leider teurer geworden, das ist nicht schön für uns.",
    "en1": "The roasters at Morgenrot were running late again and the coffee is not cheap at all.",
    "en2": "I am looking for a fair espresso near the station, any ideas for this?",
}


def tell(where: Source, said: dict[str, str] | None = None, author: str = "Jo") -> None:
    at = datetime(2026, 11, 2, 8, tzinfo=UTC)
    who = Author(author, author.lower(), author)
    items = [
        Item(number, "article", f"https://x.example/{number}", at, text, who) for number, text in (said or SAID).items()
    ]
    store(judge_all(items, matcher(), str(where)), where)


@pytest.fixture
def told() -> Source:
    where = source("https://feed.example/", title="Stadtblog")
    tell(where)
    return where


TABLE = [
    ("morgenrot", {"de1", "de2", "en1"}),
    ("kaffee morgenrot", {"de1", "de2"}),
    ("kaffee AND teurer", {"de2"}),
    ("coffee OR espresso", {"en1", "en2"}),
    ("coffee ODER espresso", {"en1", "en2"}),
    ("morgenrot NOT kaffee", {"en1"}),
    ("morgenrot -kaffee", {"en1"}),
    ('"fair espresso"', {"en2"}),
    ('"espresso fair"', set()),
    ("espresso NEAR/3 station", {"en2"}),
    ("espresso NEAR/1 station", set()),
    ("röst*", {"de1"}),
    ("ROESTEREI", {"de1"}),
    ("(coffee OR kaffee) AND teurer", {"de2"}),
    ("morgenrot lang:en", {"en1"}),
    ("morgenrot source:stadtblog", {"de1", "de2", "en1"}),
    ("morgenrot source:anders", set()),
    ("morgenrot author:jo", {"de1", "de2", "en1"}),
]


@pytest.mark.parametrize(("text", "found"), TABLE)
def test_a_query_finds_stored_and_coming_mentions(told: Source, text: str, found: set[str]) -> None:
    saved = add.new_query("Suche", text, people.gina())
    assert set(saved.mentions.values_list("remote_id", flat=True)) == found
    other = source("https://other.example/", title="Stadtblog zwei")
    tell(other, {f"neu-{number}": text for number, text in SAID.items()})
    new = saved.mentions.filter(source=other)
    assert set(new.values_list("remote_id", flat=True)) == {f"neu-{number}" for number in found}


BROKEN = [
    ("", "The query is empty."),
    ('"offen', "A quotation mark is missing. At character 1."),
    ("(kaffee", "A closing bracket is missing. At character 1."),
    ("kaffee)", "A closing bracket is too many here. At character 7."),
    ("kaffee AND", "A word is missing at the end. At character 8."),
    ("AND kaffee", "A word is missing here. At character 1."),
    ("kaffee AND OR tee", "A word is missing here. At character 12."),
    ("OR kaffee", "A word is missing here. At character 1."),
    ("kaffee NOT", "A word is missing at the end. At character 8."),
    ("-kaffee", "only says what must not be there"),
    ("(a OR b) NEAR/3 c", "NEAR stands between two words or phrases."),
    ("!!!", "There is no word here to look for."),
]


@pytest.mark.parametrize(("text", "say"), BROKEN)
def test_a_broken_query_says_where(told: Source, text: str, say: str) -> None:
    gina = people.signed_in(people.gina())
    assert say in gina.post("/listening/queries/trial/", {"text": text}).content.decode()
    answer = gina.post("/listening/queries/new/", {"name": "Kaputt", "text": text})
    assert answer.status_code == 422
    assert not Query.objects.exists()


def test_the_trial_shows_what_would_be_found(told: Source) -> None:
    gina = people.signed_in(people.gina())
    shown = gina.post("/listening/queries/trial/", {"text": "espresso"}).content.decode()
    assert "fair espresso" in shown
    assert "Stadtblog" in shown
    assert "Morgenrot" not in shown


def test_a_changed_query_forgets_its_old_hits(told: Source) -> None:
    saved = add.new_query("Suche", "espresso", people.gina())
    gina = people.signed_in(people.gina())
    page = gina.post(f"/listening/queries/{saved.pk}/", {"name": "Suche", "text": "kaffee", "is_active": "on"})
    assert page.status_code == 303
    assert set(saved.mentions.values_list("remote_id", flat=True)) == {"de1", "de2"}
    gina.post(f"/listening/queries/{saved.pk}/remove/")
    assert Mention.objects.count() == 4


def test_a_name_is_taken_once(told: Source) -> None:
    add.new_query("Suche", "espresso", people.gina())
    for name in ("Suche", " Suche ", ""):
        with pytest.raises(Declined):
            add.new_query(name, "kaffee", people.gina())


def test_a_query_that_rests_finds_nothing_new(told: Source) -> None:
    Query.objects.create(name="Ruht", text="kaffee", is_active=False)
    Query.objects.create(name="Alt und kaputt", text="(((")
    tell(source("https://other.example/"))
    assert not Query.objects.filter(hits__isnull=False).exists()


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
        ("gibtesnicht", set()),
        ("'; DROP TABLE --", set()),
    ],
)
def test_the_search_knows_german_and_english_stems(told: Source, words: str, found: set[str]) -> None:
    rows = queries.mentions(people.finn(), {"q": words, "show": "all"})
    assert set(rows.values_list("remote_id", flat=True)) == found


def listed(client: Client, address: str) -> set[str]:
    rows: Any = client.get(f"/listening/?{address}").context["rows"]
    return {row.remote_id for row in rows}


def test_filters_stand_in_the_address(told: Source) -> None:
    finn = people.signed_in(people.finn())
    query = add.new_query("Suche", "kaffee", people.gina())
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
    last = {line["name"]: line["values"][-1] for line in chart["series"]}  # type: ignore[index]
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
