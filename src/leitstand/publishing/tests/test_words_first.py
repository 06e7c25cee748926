"""Each button of the page takes the words with it: they are saved before the step, also without JavaScript."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from benchmarks.loopback_network import Network
from django.urls import reverse
from tests import people
from tests.people import signed_in

from leitstand.publishing import approve, compose
from leitstand.publishing.content import fingerprint
from leitstand.publishing.models import Approval, Policy, Post, Publication
from leitstand.publishing.tests.conftest import COFFEE, send_due, written
from leitstand.publishing.tests.test_pictures import drawn

if TYPE_CHECKING:
    from leitstand.channels.models import Channel


def typed(post: Post, channel: Channel, **fields: str) -> dict[str, Any]:
    """What the page sends when somebody has typed."""
    facts = {"language": "de", "consideration": "none", "ai": "none", "channel": str(channel.pk)}
    return facts | {"text": "Neue Worte.", "revision": str(post.revision), "seen": fingerprint(post)} | fields


def pressed(name: str, post: Post, *more: int, by: Any = people.gina, **fields: Any) -> Any:
    return signed_in(by()).post(reverse(f"publishing:{name}", args=[post.pk, *more]), fields)


def test_what_was_typed_last_is_what_goes_out(network: Network, channel: Channel) -> None:
    post = written(channel)
    assert pressed("plan", post, **typed(post, channel, now="1")).status_code == 303
    send_due()
    assert network.texts() == ["Neue Worte."]


def test_the_languages_of_a_post_are_named_in_the_language_of_the_page(channel: Channel) -> None:
    browser = signed_in(people.gina())
    browser.cookies["leitstand_language"] = "de"
    assert ">Englisch</option>" in browser.get(reverse("publishing:post", args=[written(channel).pk])).content.decode()


@pytest.mark.parametrize("name", ["post", "submission", "approval", "copy", "discard", "upload"])
def test_no_button_loses_words(channel: Channel, name: str) -> None:
    post = written(channel)
    assert pressed(name, post, **typed(post, channel)).status_code == 303
    assert {one.text for one in Post.objects.all()} == {"Neue Worte."}


def test_an_image_comes_beside_the_words(channel: Channel, settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path
    post = written(channel)
    assert pressed("upload", post, **typed(post, channel), images=drawn(40, 30)).status_code == 303
    post.refresh_from_db()
    assert (post.text, post.images.count()) == ("Neue Worte.", 1)
    (image,) = post.images.all()
    taken_out = pressed("remove-image", post, image.pk, **typed(post, channel, text="Noch neuer."))
    assert taken_out.headers["Location"] == reverse("publishing:post", args=[post.pk]) + "#images"
    post.refresh_from_db()
    assert (post.text, post.images.count()) == ("Noch neuer.", 0)


@pytest.mark.parametrize("name", ["plan", "approval", "submission"])
def test_words_that_cannot_be_saved_stop_the_step_and_stay_on_the_page(channel: Channel, name: str) -> None:
    post = written(channel)
    wrong = {"link": "mailto:a@example.org", f"own-{channel.pk}": "on", f"text-{channel.pk}": "Nur hier."}
    answer = pressed(name, post, **typed(post, channel, now="1"), **wrong)
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert all(words in shown for words in ("Neue Worte.", "mailto:a@example.org", "Nur hier.", "Not saved"))
    assert "What next?" not in shown
    assert (Post.objects.get().text, Post.objects.get().state) == (COFFEE, "draft")
    assert Approval.objects.count() == Publication.objects.count() == 0


def test_typing_what_cannot_be_saved_is_answered_at_the_field(channel: Channel) -> None:
    post = written(channel)
    url, facts = reverse("publishing:draft", args=[post.pk]), typed(post, channel, link="mailto:a@example.org")
    shown = signed_in(people.gina()).post(url, facts, headers={"HX-Request": "true"}).content.decode()
    assert "Not saved: please mend the marked fields." in shown
    note = shown.partition('id="id_link_error"')[2].partition("</div>")[0]
    assert "Enter a valid URL" in note
    assert "What next?" not in shown


def test_a_step_does_not_pass_by_what_somebody_else_has_saved(channel: Channel) -> None:
    post = written(channel)
    compose.revise(post, compose.Change({"text": "Von Ada."}), people.ada())
    answer = pressed("plan", post, **typed(post, channel, now="1"))
    assert answer.status_code == 409
    assert all(words in answer.content.decode() for words in ("Neue Worte.", "Somebody else has changed", "Not saved."))
    assert f'name="revision" value="{post.revision}"' in answer.content.decode()
    assert Post.objects.get().text == "Von Ada."
    assert Approval.objects.count() == 0


def test_who_may_only_approve_changes_no_word(channel: Channel) -> None:
    post = written(channel)
    assert pressed("approval", post, by=people.dora, **typed(post, channel)).status_code == 303
    assert Post.objects.get().text == COFFEE
    assert approve.is_approved(Post.objects.get())


def test_approving_unchanged_words_is_no_authorship(channel: Channel) -> None:
    """Lines end otherwise in a browser's form, and the API takes blanks at the end."""
    Policy.objects.create(pk=1, four_eyes=True)
    post = compose.revise(written(channel), compose.Change({"text": "Zwei\nZeilen. "}), people.ben())
    approve.submit(post, people.ben())
    assert pressed("approval", post, by=people.ada, **typed(post, channel, text="Zwei\r\nZeilen.")).status_code == 303
    assert Post.objects.get().state == "approved"


def test_who_approves_unchanged_words_takes_no_page_from_who_writes(channel: Channel) -> None:
    post = written(channel)
    same = typed(post, channel, text=post.text)
    assert pressed("approval", post, by=people.dora, **same).status_code == 303
    assert pressed("draft", post, **typed(post, channel)).status_code == 200
    post.refresh_from_db()
    assert post.text == "Neue Worte."
