"""The four kinds of account: what each takes, and that our connectors believe the same."""

from __future__ import annotations

import pytest

from leitstand.connectors import registry
from leitstand.practice import accounts, posts
from leitstand.practice.kinds import KINDS, kind_of
from leitstand.practice.models import Account, Post
from leitstand.practice.refusals import Refusal

pytestmark = pytest.mark.django_db


def opened(kind: str) -> Account:
    return accounts.open_account("roesterei", "Rösterei", kind)[0]


def said(account: Account, text: str, title: str = "", answers: str = "") -> Post:
    return posts.publish(account, {"text": text, "title": title, "in_reply_to": answers}, "", [], [])[0]


@pytest.mark.parametrize("slug", KINDS)
def test_our_connectors_state_the_same_limits(slug: str) -> None:
    kind, facts = KINDS[slug], registry.network(slug)
    assert (facts.text.limit, facts.text.url_length or 0) == (kind.limit, kind.url_length)
    assert (facts.media.images, facts.media.needed) == (kind.pictures, kind.needs_picture)
    assert (facts.text.needs_title, facts.threads) == (kind.needs_title, kind.parts > 1)


def test_one_name_can_be_taken_on_each_kind() -> None:
    assert [opened(kind).handle for kind in KINDS] == [
        "roesterei",
        "roesterei.short",
        "roesterei.photo",
        "roesterei.blog",
    ]


def test_people_speak_by_themselves_of_the_square_only() -> None:
    made = {kind: opened(kind) for kind in KINDS}
    spoken_of = {kind for kind, account in made.items() if Post.objects.filter(to=account).exists()}
    assert spoken_of == {"practice"}


@pytest.mark.parametrize(
    ("kind", "text", "title"),
    [
        ("practice", "x" * 501, ""),
        ("practice-short", "x" * 301, ""),
        ("practice-short", f"https://example.org/{'x' * 300}", ""),
        ("practice-photo", "No picture", ""),
        ("practice-blog", "No title", " "),
    ],
)
def test_what_a_kind_refuses(kind: str, text: str, title: str) -> None:
    with pytest.raises(Refusal):
        said(opened(kind), text, title)
    assert not Post.objects.exclude(account=None).exists()


@pytest.mark.parametrize(
    ("kind", "text", "title"),
    [
        ("practice", f"https://example.org/{'x' * 600}", ""),
        ("practice-short", "👩‍🍳" * 300, ""),
        ("practice-blog", "x" * 20_000, "A title"),
    ],
)
def test_what_a_kind_takes(kind: str, text: str, title: str) -> None:
    assert said(opened(kind), text, title).text == text


@pytest.mark.parametrize("kind", ["practice-photo", "practice-blog"])
def test_an_answer_needs_neither_picture_nor_title(kind: str) -> None:
    first = said(opened("practice"), "Who is there?")
    assert said(opened(kind), "We are.", answers=str(first.pk)).answers == first


def test_a_kind_nobody_knows() -> None:
    with pytest.raises(Refusal):
        kind_of("practice-video")
