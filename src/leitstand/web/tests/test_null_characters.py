"""Zero characters in what is typed are taken out, on every page; nothing else is touched."""

from __future__ import annotations

from typing import Any

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from tests import people

pytestmark = pytest.mark.django_db


def rows(model: str) -> Any:
    return apps.get_model(model)._default_manager


def test_what_is_typed_is_kept_without_them() -> None:
    people.company()
    browser = people.signed_in(people.gina())
    post = rows("publishing.Post").create(author=people.ben(), state="submitted")
    url = reverse("publishing:return", args=[post.pk])
    assert browser.post(url, {"note": "Bitte\x00 kürzer."}).status_code == 303
    assert rows("publishing.Approval").get().note == "Bitte kürzer."


def test_what_is_looked_for_is_looked_for_without_them() -> None:
    people.company()
    browser = people.signed_in(people.ada())
    for address in ("listening:sources", "publishing:assets", "core:diary", "web:search"):
        assert browser.get(reverse(address), {"q": "a\x00b", "event": "\x00"}).status_code == 200


def test_files_stay_as_they_are() -> None:
    people.company()
    listed = b'<opml><body><outline xmlUrl="https://a.example/feed" text="A"/></body></opml>'
    file = SimpleUploadedFile("f.opml", b"\xff\xfe" + listed.decode().encode("utf-16-le"))
    assert b"\x00" in file.read() and file.seek(0) == 0
    people.signed_in(people.gina()).post(reverse("listening:import"), {"file": file, "folder": "x\x00y"})
    assert rows("listening.Source").get().url == "https://a.example/feed"


@pytest.mark.parametrize("path", ["/join/a%00b/", "/channels/connect/%00/", "/practice/%00/"])
def test_a_path_with_one_leads_nowhere(path: str) -> None:
    people.company()
    assert people.signed_in(people.ada()).get(path).status_code == 404


def test_a_session_with_one_is_none() -> None:
    people.company()
    browser = people.signed_in(people.ada())
    browser.cookies["leitstand_session"] = "a\x00b"
    assert browser.get("/")["Location"].startswith(reverse("account_login"))
