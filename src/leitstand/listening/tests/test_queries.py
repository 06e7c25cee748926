"""Queries and search over stored mentions, told from the pages."""

from __future__ import annotations

import pytest
from django.utils import timezone
from tests import people

from leitstand.core import jobs
from leitstand.core.errors import Declined
from leitstand.listening import add, queries, search
from leitstand.listening.models import Mention, Query, Source
from leitstand.listening.tests.conftest import SAID, saved_query, source, tell

pytestmark = pytest.mark.usefixtures("house")
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
    ("fair NEAR/0 espresso", {"en2"}),
    ('"fair espresso" NEAR/3 espresso', set()),
    ('"fair espresso" NEAR/3 fair', set()),
    ("espresso NEAR/3 espresso", set()),
    ("röst*", {"de1"}),
    ("ROESTEREI", {"de1"}),
    ("(coffee OR kaffee) AND teurer", {"de2"}),
    ("morgenrot lang:en", {"en1"}),
    ("morgenrot source:stadtblog", {"de1", "de2", "en1"}),
    ("morgenrot source:anders", set()),
    ("morgenrot author:jo", {"de1", "de2", "en1"}),
    ("morgenrot author:@Jo", {"de1", "de2", "en1"}),
    ("morgenrot -(teurer OR coffee)", {"de1"}),
    ("-(teurer coffee) morgenrot -(lang:en)", {"de1", "de2"}),
    ("morgenrot Lang:EN", {"en1"}),
    ("„fair espresso“", {"en2"}),
    ("“fair espresso”", {"en2"}),
    ("»fair espresso«", {"en2"}),
    ("coffee or espresso", set()),
]


@pytest.mark.parametrize(("text", "found"), TABLE)
def test_a_query_finds_stored_and_coming_mentions(told: Source, text: str, found: set[str]) -> None:
    saved = saved_query(text)
    assert set(saved.mentions.values_list("remote_id", flat=True)) == found
    other = source("https://other.example/", title="Stadtblog zwei")
    tell(other, {f"neu-{number}": text for number, text in SAID.items()})
    new = saved.mentions.filter(source=other)
    assert set(new.values_list("remote_id", flat=True)) == {f"neu-{number}" for number in found}


NAMED = [
    "Morgenrot's new blend",
    "Morgenrot’s new blend",
    "Mehr auf www.morgenrot.de/kaffee",
    "Mail an info@morgenrot.de",
    "War bei @morgenrot.bsky.social",
    "#morgenrot_kaffee",
    "Bei Morgenrot.Die Bohnen",
]


@pytest.mark.parametrize("text", NAMED)
def test_a_name_is_found_however_it_is_written(text: str) -> None:
    saved = add.new_query("Suche", "morgenrot", people.gina())
    tell(source("https://feed.example/"), {"1": text, "2": "Ein Morgenrotkehlchen."})
    assert saved.mentions.get().text == text


UNSEEN = [
    "Die Ro\u0308sterei Nordlicht",
    "Die Rö\u00adste\u00adrei Nordlicht",
    "\ufeffDie Röste\u200brei Nord\u2060licht",
    "Die \x00Ro\u00ad\u0308sterei Nordlicht",
]


@pytest.mark.parametrize("text", UNSEEN)
def test_what_nobody_sees_hides_no_mention(text: str) -> None:
    asked = ["rösterei", "ro\u0308sterei", "röste\u00adrei", "„Röste\u200brei“", "rösterei author:mu\u0308ller"]
    saved = [add.new_query(query, query, people.gina()) for query in asked]
    tell(source("https://feed.example/"), {"1": text}, author="Mu\u0308\u00adller")
    kept = Mention.objects.get()
    assert (kept.text, kept.author_name) == ("Die Rösterei Nordlicht", "Müller")
    assert [query.hits.get().spans for query in saved] == [[[4, 12]]] * len(asked)
    for words in ("Rösterei", "Ro\u0308sterei"):
        assert queries.mentions(people.finn(), {"q": words, "show": "all"}).exists()


def test_places_lie_inside_what_is_stored() -> None:
    saved = add.new_query("Suche", "nordlicht OR ende", people.gina())
    tell(source("https://feed.example/"), {"1": f"Nordlicht {'und so weiter ' * 4_000} ende"})
    assert saved.hits.get().spans == [[0, 9]]


def test_the_name_of_an_author_is_one_line() -> None:
    tell(source("https://feed.example/"), author="Karl\nMeier\u2028\tKiel")
    assert set(Mention.objects.values_list("author_name", flat=True)) == {"Karl Meier Kiel"}


def test_an_article_asks_only_with_a_question_mark() -> None:
    tell(source("https://feed.example/"), {"1": "Wann öffnet ihr am Sonntag", "2": "Wann öffnet ihr?"})
    assert set(Mention.objects.filter(is_question=True).values_list("remote_id", flat=True)) == {"2"}


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
    ("-(kaffee OR tee)", "only says what must not be there"),
    ("kaffee -(tee", "A closing bracket is missing."),
    ("-kaffee", "only says what must not be there"),
    ("kaffee OR -werbung", "only says what must not be there"),
    ("source:tagblatt", "only narrow a search"),
    ("kaffee OR lang:de", "only narrow a search"),
    ("kaffee site:tagblatt", "This field is not known; there are lang:, source: and author:."),
    ("kaffee author:@", "A value is missing behind the colon, without a space. At character 8."),
    ('kaffee source:""', "A value is missing behind the colon, without a space. At character 8."),
    ("lang: de kaffee", "A value is missing behind the colon, without a space. At character 1."),
    ("kaffee k*ffee", "A star stands at the end of a word only. At character 9."),
    ("*kaffee", "A star stands at the end of a word only. At character 1."),
    ("(" * 300, "Too many brackets lie in one another here. At character 32."),
    ("NOT " * 240 + "a", "Too many brackets lie in one another here."),
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


def test_a_saved_query_shows_what_it_finds(told: Source) -> None:
    gina = people.signed_in(people.gina())
    assert "here you see at once" in gina.get("/listening/queries/new/").content.decode()
    kept = add.new_query("Espresso", "espresso", people.gina())
    assert "Nothing among" not in gina.get(f"/listening/queries/{kept.pk}/").content.decode()


def test_the_trial_shows_what_would_be_found(told: Source) -> None:
    gina = people.signed_in(people.gina())
    shown = gina.post("/listening/queries/trial/", {"text": "espresso"}).content.decode()
    assert "fair espresso" in shown
    assert "Stadtblog" in shown
    assert "Morgenrot" not in shown


def test_a_changed_query_is_searched_anew_in_jobs(told: Source) -> None:
    saved, gina = saved_query("espresso"), people.signed_in(people.gina())
    changed = {"name": "Suche", "text": "kaffee", "is_active": "on"}
    page = gina.post(f"/listening/queries/{saved.pk}/", changed, follow=True).content.decode()
    assert "Stored mentions are being searched" in page
    assert "Stored mentions are being searched" in gina.get(f"/listening/queries/{saved.pk}/").content.decode()
    assert set(saved.mentions.values_list("remote_id", flat=True)) == {"en2"}
    jobs.run_waiting()
    assert "Stored mentions are being searched" not in gina.get("/listening/queries/").content.decode()
    assert set(saved.mentions.values_list("remote_id", flat=True)) == {"de1", "de2"}
    gina.post(f"/listening/queries/{saved.pk}/remove/")
    assert Mention.objects.count() == 4


def test_another_name_leaves_the_hits_alone(told: Source) -> None:
    saved, gina = saved_query("espresso"), people.signed_in(people.gina())
    before = list(saved.hits.values_list("pk", flat=True))
    renamed = {"name": "Neu", "text": "espresso", "is_active": "on"}
    page = gina.post(f"/listening/queries/{saved.pk}/", renamed, follow=True).content.decode()
    assert "Saved." in page and "being searched" not in page
    assert jobs.run_waiting() == 0
    assert list(saved.hits.values_list("pk", flat=True)) == before


def test_another_name_given_while_it_is_searched_leaves_the_search_alone(told: Source) -> None:
    gina = people.gina()
    add.new_query("Suche", "espresso", gina)
    opened = Query.objects.get()
    jobs.run_waiting()
    opened.name = "Neu"
    assert not add.save_query(opened, gina).is_being_searched
    assert not Query.objects.get(name="Neu").is_being_searched


def test_all_that_is_stored_is_searched_lot_by_lot(told: Source) -> None:
    many = [Mention(source=told, remote_id=f"m{n}", at=timezone.now(), text="Tee") for n in range(search.LOT + 1)]
    Mention.objects.bulk_create(many)
    saved = add.new_query("Suche", "espresso OR tee", people.gina())
    assert jobs.run_waiting() == 2
    assert saved.mentions.count() == search.LOT + 2
    assert not Query.objects.get().is_being_searched


def test_a_name_taken_meanwhile_is_declined(told: Source) -> None:
    saved_query("espresso")
    with pytest.raises(Declined) as caught:
        add.save_query(Query(name="Suche", text="kaffee"), people.gina())
    assert "not taken" in str(caught.value.say)
    assert Query.objects.get().text == "espresso"


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
