"""Who sees what in listening, guessed numbers, the board, Today and the search."""

from __future__ import annotations

import csv
import io

import pytest
from django.utils import timezone
from django.utils.html import escape
from tests import people

from leitstand.core import jobs
from leitstand.core.models import DiaryEntry, Person
from leitstand.listening import add, duty
from leitstand.listening.models import Mention, Query, Source
from leitstand.listening.tests.conftest import Site, item, rss, source

pytestmark = pytest.mark.usefixtures("house")
READ = ["/listening/", "/listening/queries/", "/listening/sources/", "/listening/sources/export.opml"]
CHANGE = [
    "sources/{0}/pause/",
    "sources/{0}/pause/end/",
    "sources/{0}/read/",
    "sources/{0}/remove/",
    "queries/{0}/remove/",
    "queries/{0}/",
]
CHANGE += ["mentions/{0}/tone/", "mentions/{0}/hand-over/"]
MAKE = ["sources/find/", "sources/add/", "sources/import/", "queries/new/", "queries/trial/"]


def mention() -> Mention:
    where = source("https://feed.example/")
    return Mention.objects.create(
        source=where, remote_id="1", at=timezone.now(), text="Guter Kaffee", url="https://x/1"
    )


@pytest.mark.parametrize("language", ["de", "en"])
def test_readers_see_everything(language: str) -> None:
    finn, one = people.signed_in(people.finn(), HTTP_ACCEPT_LANGUAGE=language), mention()
    for path in [*READ, "/listening/mentions.csv", f"/listening/mentions/{one.pk}/"]:
        assert finn.get(path).status_code == 200


def test_the_list_leaves_out_what_a_mention_does_not_have_and_says_nothing_twice() -> None:
    one, finn = mention(), people.signed_in(people.finn(), HTTP_ACCEPT_LANGUAGE="de")
    finn.cookies["leitstand_language"] = "de"
    shown = finn.get("/listening/?show=all").content.decode()
    assert shown.count("Guter Kaffee") == 1
    assert " ·  · " not in shown
    assert '<option value="en" >Englisch</option>' in shown
    Mention.objects.update(title="Kaffee", author_name="Uwe")
    shown = finn.get("/listening/?show=all").content.decode()
    assert "Guter Kaffee" in shown and f"{one.source} · Uwe · " in shown


def test_readers_change_nothing() -> None:
    finn, one = people.signed_in(people.finn()), mention()
    query = add.new_query("Suche", "kaffee", people.gina())
    numbers = {"sources": one.source_id, "queries": query.pk, "mentions": one.pk}
    for path in CHANGE:
        assert finn.post(f"/listening/{path.format(numbers[path.split('/')[0]])}").status_code == 404
    for path in MAKE:
        assert finn.post(f"/listening/{path}", {"url": "https://x.example/"}).status_code == 404
    assert (Source.objects.count(), Query.objects.count()) == (1, 1)


def test_an_agent_judges_but_adds_no_sources() -> None:
    cleo, one = people.signed_in(people.cleo()), mention()
    assert cleo.post(f"/listening/mentions/{one.pk}/tone/", {"tone": "positive"}).status_code == 303
    assert cleo.post("/listening/sources/add/", {"url": "https://x.example/"}).status_code == 404


def test_guessed_numbers_do_not_exist() -> None:
    gina = people.signed_in(people.gina())
    for number in (999_999, 2**40, 10**30):
        for path in CHANGE:
            assert gina.post(f"/listening/{path.format(number)}", {"tone": "positive"}).status_code == 404
        assert gina.get(f"/listening/mentions/{number}/").status_code == 404


def test_signed_out_people_are_led_to_the_sign_in() -> None:
    people.gina()
    for path in READ:
        assert people.visitor().get(path).status_code == 302


def test_a_source_is_paused_read_and_removed(site: Site) -> None:
    gina, one = people.signed_in(people.gina()), source(site.put("/feed", rss(item(1))), failures=3, trouble="x")
    for _double_click in range(2):
        gina.post(f"/listening/sources/{one.pk}/pause/")
        assert Source.objects.get().state == "paused"
    for _double_click in range(2):
        gina.post(f"/listening/sources/{one.pk}/pause/end/")
        assert Source.objects.get().state == "alive"
    assert DiaryEntry.objects.filter(name__in=["listening.source_paused", "listening.source_resumed"]).count() == 2
    gina.post(f"/listening/sources/{one.pk}/read/")
    assert Source.objects.get().state == "alive"
    assert Mention.objects.count() == 1
    gina.post(f"/listening/sources/{one.pk}/remove/")
    assert not Source.objects.exists()
    assert not Mention.objects.exists()


def test_the_list_of_sources_filters_and_tells_the_trouble() -> None:
    source("https://a.example/", title="Gut")
    source("https://b.example/", title="Mühsam", failures=4, trouble="The source answers with an error.")
    source("https://c.example/", title="Vorbei", state="gone")
    gina = people.signed_in(people.gina())
    shown = gina.get("/listening/sources/?show=trouble").content.decode()
    assert "Mühsam" in shown
    assert "The source answers with an error." in shown
    assert "Vorbei" not in shown
    assert "Vorbei" in gina.get("/listening/sources/?q=vorb").content.decode()


def test_addresses_that_are_none_are_not_added() -> None:
    gina = people.signed_in(people.gina())
    for url in (
        "feed.example",
        "javascript:alert(1)",
        "https://x.example/\x01",
        "https://x/" + "a" * 1_000,
        "https://",
    ):
        page = gina.post("/listening/sources/add/", {"url": url}, follow=True).content.decode()
        assert "This is not a web address." in page
    assert not Source.objects.exists()


def test_an_address_without_feeds_can_be_corrected(site: Site) -> None:
    url = site.put('/"blog', "<html><body>Hallo</body></html>", Content_Type="text/html")
    found = people.signed_in(people.gina()).post("/listening/sources/find/", {"url": url})
    assert found.status_code == 422
    assert f'id="url" value="{escape(url)}"' in found.content.decode()


def test_a_word_that_was_found_is_marked_and_scripts_stay_text() -> None:
    one = mention()
    Mention.objects.update(text="Kaffee <script>alert(1)</script>", language="fr")
    add.new_query("Suche", "kaffee", people.gina())
    jobs.run_waiting()
    shown = people.signed_in(people.finn()).get(f"/listening/mentions/{one.pk}/").content.decode()
    assert ">Kaffee</mark>" in shown
    assert "<dd>French</dd>" in shown
    assert "<script>alert" not in shown


def _step(person: Person) -> tuple[str, str]:
    found = duty.row(person)
    return str(found.next_step), found.url


def test_the_board_goes_from_nothing_to_green_and_sees_failing_sources() -> None:
    gina = people.gina()
    assert "No source" in str(duty.row(gina).figure)
    assert _step(people.cleo()) == ("", "")
    one = source("https://a.example/")
    assert "looked for" in str(duty.row(gina).figure)
    assert (_step(gina), _step(people.cleo())) == (("Write a query", "/listening/queries/"), ("", ""))
    add.new_query("Suche", "kaffee", people.gina())
    assert duty.row(gina).state == "green"
    Source.objects.update(failures=3)
    assert duty.row(gina).state == "amber"
    Source.objects.update(state="gone")
    assert [str(one) in str(todo.text) for todo in duty.today(gina)] == [True]
    assert list(duty.today(people.finn())) == []


def test_the_global_search_finds_mentions_for_those_who_may_see_them() -> None:
    one = mention()
    assert [hit.title for hit in duty.find(people.finn(), "kaffee")] == [str(one)]
    assert list(duty.find(Person(roles=[]), "kaffee")) == []


def test_the_global_search_finds_sources_and_leads_to_them() -> None:
    source("https://feed.example/a?b=1&c", title="Kaffeeblog")
    source("https://other.example/", title="Tee")
    (hit,) = duty.find_sources(people.finn(), "FEED.example")
    assert hit.title == "Kaffeeblog"
    page = people.signed_in(people.finn()).get(hit.url).content.decode()
    assert "Kaffeeblog" in page and "other.example" not in page
    assert list(duty.find_sources(Person(roles=[]), "feed")) == []


def test_the_export_holds_no_formula_and_leaves_empty_cells_empty() -> None:
    one = mention()
    Mention.objects.filter(pk=one.pk).update(text='=HYPERLINK("https://x.example")', title="\t=1+1", author_name="")
    text = people.signed_in(people.finn()).get("/listening/mentions.csv?show=all").content.decode("utf-8-sig")
    row = next(csv.DictReader(io.StringIO(text), delimiter=";"))
    assert row["at"]
    assert (row["author"], row["title"]) == ("", "'\t'=1+1")
    assert row["text"] == '\'=HYPERLINK("https://x.example")'
