"""Who may do what. What somebody may not see or do is not there: 404."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from benchmarks.loopback_network import Network
from django.urls import reverse
from django.utils import timezone
from tests import people
from tests.people import signed_in

from leitstand.core.models import Person
from leitstand.publishing import compose, hold
from leitstand.publishing.content import fingerprint
from leitstand.publishing.models import Approval, Asset, Post, Publication
from leitstand.publishing.tests.conftest import COFFEE, approved, planned, send_due, written
from leitstand.rules import guideline

if TYPE_CHECKING:
    from leitstand.channels.models import Channel

Who = Callable[[], Person]
MANAGERS = {"gina", "ada"}
# the resource, who may change it
CHANGES = [
    ("submission", MANAGERS | {"ben"}),
    ("approval", MANAGERS | {"dora", "emil"}),
    ("return", MANAGERS | {"dora", "emil"}),
    ("plan", MANAGERS | {"ben"}),
    ("copy", MANAGERS | {"ben"}),
    ("discard", MANAGERS | {"ben"}),
    ("restore", MANAGERS | {"ben"}),
    ("draft", MANAGERS | {"ben"}),
    ("upload", MANAGERS | {"ben"}),
]
EVERYBODY = ("ada", "gina", "ben", "cleo", "dora", "emil", "hugo", "finn")


@pytest.mark.parametrize(("name", "allowed"), CHANGES)
def test_who_may_change_a_post(channel: Channel, name: str, allowed: set[str]) -> None:
    post = written(channel)
    url = reverse(f"publishing:{name}", args=[post.pk])
    found = {who for who in EVERYBODY if signed_in(getattr(people, who)()).post(url).status_code != 404}
    assert found == allowed


@pytest.mark.parametrize("name", ["move", "cancel", "decision", "edit", "delete"])
def test_who_may_change_a_publication(channel: Channel, name: str) -> None:
    publication = planned(channel, timezone.now() + timedelta(hours=1))
    url = reverse(f"publishing:{name}", args=[publication.pk])
    found = {who for who in EVERYBODY if signed_in(getattr(people, who)()).post(url).status_code != 404}
    assert found == MANAGERS | {"ben"}


@pytest.mark.parametrize("name", ["hold", "resume"])
def test_who_may_hold_everything(db: None, name: str) -> None:
    people.company()
    url = reverse(f"publishing:{name}")
    found = {
        who for who in EVERYBODY if signed_in(getattr(people, who)()).post(url, {"reason": "x"}).status_code != 404
    }
    assert found == MANAGERS


def test_the_way_to_end_a_hold_is_shown_to_those_who_may(db: None) -> None:
    people.company()
    hold.hold("Warten", people.gina())
    address = f'href="{reverse("publishing:hold")}"'
    assert address in signed_in(people.gina()).get("/").content.decode()
    assert address not in signed_in(people.ben()).get("/").content.decode()


GUESSED = ["post", "draft", "copy", "discard", "restore", "upload", "submission", "approval", "return", "plan"]
GUESSED += ["publication", "move", "cancel", "decision", "edit", "delete", "figures", "drag", "asset", "file"]


@pytest.mark.parametrize("name", GUESSED)
def test_a_guessed_number_leads_nowhere(db: None, name: str) -> None:
    people.company()
    url = reverse(f"publishing:{name}", args=[987_654])
    browser = signed_in(people.gina())
    assert {browser.get(url).status_code, browser.post(url).status_code} <= {404, 405}


def test_a_reader_sees_what_is_approved_and_no_draft(channel: Channel) -> None:
    draft, public = written(channel, text="Noch geheim"), approved(channel, text="Öffentlich")
    browser = signed_in(people.finn())
    assert browser.get(reverse("publishing:post", args=[draft.pk])).status_code == 404
    assert browser.get(reverse("publishing:post", args=[public.pk])).status_code == 200
    listed = browser.get(reverse("publishing:posts")).content.decode()
    assert "Öffentlich" in listed
    assert "Noch geheim" not in listed


def test_a_reader_goes_on_seeing_what_is_out(network: Network, channel: Channel) -> None:
    """The publication, with the words that went out; not the draft that is written on."""
    publication = planned(channel)
    post = publication.version.post
    send_due()
    compose.revise(post, compose.Change({"text": "Wird gerade geändert."}), people.gina())
    finn = signed_in(people.finn())
    shown = finn.get(reverse("publishing:publication", args=[publication.pk])).content.decode()
    assert str(publication.version.post) in shown
    queue = finn.get(reverse("publishing:queue"), {"state": "published"}).content.decode()
    assert "gerade" not in shown + queue and "Open the post" not in shown
    assert finn.get(reverse("publishing:post", args=[post.pk])).status_code == 404
    assert finn.post(reverse("publishing:figures", args=[publication.pk])).status_code == 404


def test_a_reader_changes_nothing_by_saving(channel: Channel) -> None:
    post = approved(channel)
    signed_in(people.finn()).post(reverse("publishing:post", args=[post.pk]), {"text": "anders", "language": "de"})
    assert Post.objects.get().text == COFFEE


def test_an_editor_cannot_publish_what_nobody_approved(network: Network, channel: Channel) -> None:
    post = written(channel)
    answer = signed_in(people.ben()).post(
        reverse("publishing:plan", args=[post.pk]), {"now": "1", "seen": fingerprint(post)}
    )
    assert answer.status_code == 422
    assert "not approved yet" in answer.content.decode()
    assert Approval.objects.count() == Publication.objects.count() == 0


def test_who_may_approve_approves_with_the_click_that_publishes(network: Network, channel: Channel) -> None:
    post = written(channel)
    url, data = reverse("publishing:plan", args=[post.pk]), {"now": "1", "seen": fingerprint(post)}
    browser = signed_in(people.gina())
    assert browser.post(url, data).status_code == 303
    assert browser.post(url, data).status_code == 303
    send_due()
    assert network.texts() == [COFFEE]
    assert Approval.objects.get().by == people.gina()


def test_an_unsigned_guideline_closes_the_way(network: Network, channel: Channel) -> None:
    post = approved(channel)
    guideline.begin()
    guideline.publish(people.emil())
    browser = signed_in(people.gina())
    answer = browser.post(reverse("publishing:plan", args=[post.pk]), {"now": "1", "seen": fingerprint(post)})
    assert answer.status_code == 403
    assert Publication.objects.count() == 0
    assert reverse("rules:sign") in browser.get(reverse("publishing:post", args=[post.pk])).content.decode()


def test_a_post_may_always_be_a_minute_late(db: None) -> None:
    """With none at all nothing would go out: no worker is that exact."""
    people.company()
    url, browser = reverse("publishing:policy"), signed_in(people.gina())
    assert browser.post(url, {"late_minutes": "0"}).status_code == 422
    assert browser.post(url, {"late_minutes": "1"}).status_code == 303


def test_an_image_sends_nobody_to_strangers(db: None) -> None:
    people.company()
    asset = Asset.objects.create(name="foto.jpg", mime="image/jpeg", width=1, height=1, sha256="0" * 64)
    url = reverse("publishing:asset", args=[asset.pk])
    browser, facts = signed_in(people.ben()), {"licence": "own", "source": "wir"}
    for back, goes in (("https://evil.example/", url), ("//evil.example/", url), ("/publishing/", "/publishing/")):
        assert browser.post(f"{url}?back={back}", facts).headers["Location"] == goes
    finn: Any = signed_in(people.finn()).post(url, {"licence": "bought", "source": "fremd"})
    asset.refresh_from_db()
    assert finn.status_code == 200
    assert asset.source == "wir"


def test_an_approver_approves_and_is_offered_no_date(channel: Channel) -> None:
    post, dora = written(channel), signed_in(people.dora())
    page = dora.get(reverse("publishing:post", args=[post.pk])).content.decode()
    assert "Approve, or send back" in page
    assert reverse("publishing:plan", args=[post.pk]) not in page
    dora.post(reverse("publishing:approval", args=[post.pk]), {"seen": fingerprint(post)})
    page = dora.get(reverse("publishing:post", args=[post.pk])).content.decode()
    assert "Approved. Whoever writes posts can schedule it." in page
