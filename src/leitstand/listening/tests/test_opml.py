"""Lists of feeds: in and out again, and what is refused."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from tests import people

from leitstand.core import jobs
from leitstand.core.errors import Declined
from leitstand.listening import opml
from leitstand.listening.models import Source
from leitstand.listening.opml import Line

LIST = """<?xml version="1.0" encoding="utf-8"?><opml version="2.0"><head><title>Meine</title></head><body>
<outline text="Kaffee &amp; Tee"><outline type="rss" text="Röster" xmlUrl="https://a.example/feed"/>
<outline text="Tiefer"><outline text="B" xmlUrl="https://b.example/feed"/></outline></outline>
<outline text="Los" xmlUrl=" https://c.example/feed "/><outline text="Ohne Adresse"/>
<outline text="Los" xmlUrl="https://c.example/feed"/></body></opml>"""
ENTITY = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><opml><body><outline text="&e;" xmlUrl="https://x/"/></body></opml>'


def test_folders_are_kept_and_doubles_dropped() -> None:
    assert opml.read(LIST.encode()) == [
        Line("https://a.example/feed", "Röster", "Kaffee & Tee"),
        Line("https://b.example/feed", "B", "Tiefer"),
        Line("https://c.example/feed", "Los", ""),
    ]


def test_what_is_written_is_read_again() -> None:
    lines = [Line("https://a.example/?a=1&b=<2>", 'Ö "zitiert"', "Ordner & Co"), Line("https://b.example/", "B")]
    assert sorted(opml.read(opml.write("Morgenrot", lines)), key=lambda line: line.url) == lines


def test_what_no_document_may_hold_is_left_out() -> None:
    odd = [Line("https://a.example/", "A\x0bB\x1f\ud800C", "Ordner\x00")]
    assert opml.read(opml.write("Morgen\x08rot", odd)) == [Line("https://a.example/", "ABC", "Ordner")]


def test_folders_may_lie_deep() -> None:
    depth = 20_000
    deep = (
        f'<opml><body>{"<outline>" * depth}<outline xmlUrl="https://a.example/"/>{"</outline>" * depth}</body></opml>'
    )
    assert opml.read(deep.encode()) == [Line("https://a.example/")]


@pytest.mark.parametrize(
    ("body", "say"),
    [
        (b"", "not a readable OPML file (line 1)"),
        (b"<opml><body>\n<outline></opml>", "not a readable OPML file (line 2)"),
        (b'<?xml version="1.0" encoding="gibtsnicht"?><opml/>', "not a readable OPML file"),
        (b'<?xml version="1.0" encoding="utf-7"?><opml/>', "not a readable OPML file"),
        (b"<html><body><p>Kein OPML</p></body></html>", "no feeds"),
        (ENTITY.encode(), "declares entities"),
        (ENTITY.encode("utf-16"), "declares entities"),
        (b" " * 5_000_001, "too large"),
    ],
)
def test_broken_huge_and_hostile_files_are_declined(body: bytes, say: str) -> None:
    with pytest.raises(Declined) as caught:
        opml.read(body)
    assert say in str(caught.value.say)


def test_addresses_may_be_spelled_as_of_old() -> None:
    read = opml.read(
        b"<opml><body><outline xmlUrl='feed://a.example/x'/><outline xmlUrl='HTTPS://A.example'/></body></opml>"
    )
    assert [line.url for line in read] == ["http://a.example/x", "https://A.example"]


def upload(who: object, body: bytes) -> str:
    client = people.signed_in(who)
    answer = client.post("/listening/sources/import/", {"file": SimpleUploadedFile("f.opml", body)}, follow=True)
    return answer.content.decode()


@pytest.mark.django_db
def test_a_file_is_imported_once_and_exported_again() -> None:
    people.company()
    bad = LIST.replace("https://b.example/feed", "ftp://b.example")
    assert "2 added, 0 were there already." in upload(people.gina(), bad.encode())
    shown = upload(people.gina(), LIST.encode())
    assert "1 added, 2 were there already." in shown
    assert Source.objects.count() == 3
    answer = people.signed_in(people.finn()).get("/listening/sources/export.opml")
    assert "leitstand.opml" in answer["Content-Disposition"]
    assert set(opml.read(answer.content)) == set(opml.read(LIST.encode()))


@pytest.mark.django_db
def test_what_does_not_come_in_at_once_is_said() -> None:
    people.company()
    Source.objects.create(url="https://known.example/", next_at=timezone.now())
    lines = [Line(f"ftp://x.example/{number}") for number in range(5_010)]
    shown = upload(people.gina(), opml.write("Viele", [Line("https://known.example/"), *lines]))
    assert "0 added, 1 were there already." in shown
    assert "Not added yet: 10. Import the file again" in shown


@pytest.mark.django_db
def test_a_whole_file_is_read_together_and_not_each_feed_for_itself() -> None:
    people.company()
    upload(people.gina(), LIST.encode())
    assert not jobs.waiting().filter(task_name="listening.read_now").exists()
    assert Source.objects.due(timezone.now()).count() == 3


@pytest.mark.django_db
@pytest.mark.parametrize("body", [b"", b"<opml>", ENTITY.encode(), b"x" * 6_000_000])
def test_a_refused_file_adds_nothing(body: bytes) -> None:
    people.company()
    upload(people.gina(), body)
    assert not Source.objects.exists()
