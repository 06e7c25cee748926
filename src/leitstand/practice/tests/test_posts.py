"""The API for posts: one post a key, the same reactions to the same post, edits and deletions, and nonsense."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from leitstand.practice.models import Account, Picture, Post
from leitstand.practice.tests.conftest import CALM, COFFEE, Caller, comments, let_pass, reactions

Join = Callable[..., Caller]


def test_the_same_key_makes_one_post(morgenrot: Caller) -> None:
    first, again = morgenrot.post(key="k1"), morgenrot.post("Etwas anderes", key="k1")
    assert (first.status_code, again.status_code) == (201, 200)
    assert again.json() == first.json()
    assert [post.text for post in morgenrot.account.posts.all()] == [COFFEE]
    assert morgenrot.get("/posts", key="k1").json()["posts"] == [first.json()]
    assert morgenrot.get("/posts", key="k2").json()["posts"] == morgenrot.get("/posts").json()["posts"] == []


def test_without_a_key_each_call_makes_a_post(morgenrot: Caller) -> None:
    assert morgenrot.posted() != morgenrot.posted()


def test_a_key_belongs_to_its_account(morgenrot: Caller, join: Join) -> None:
    other = join("abendrot")
    assert morgenrot.posted(key="k1") != other.posted(key="k1")
    assert other.get("/posts", key="k1").json() != morgenrot.get("/posts", key="k1").json()


def test_the_same_post_gets_the_same_reactions_again(morgenrot: Caller) -> None:
    first = morgenrot.posted(key="k1")
    other = morgenrot.posted(f"{COFFEE} Und Zimt.", key="k2")
    liked, said = reactions(first), comments(first)
    assert {kind for kind, _person, _after in liked} == {"like", "share"}
    assert len(said) >= 2
    assert comments(other) != said
    Account.objects.all().delete()
    second = Caller().posted(key="k3")  # a new installation, another sending
    assert second.pk != first.pk
    # between midnight and six people sleep, so the hour of the day may move what comes late
    assert [one for one in reactions(second) if one[2] < 900] == [one for one in liked if one[2] < 900]
    assert [one for one in comments(second) if one[2] < 900] == [one for one in said if one[2] < 900]
    assert {one[:2] for one in reactions(second)} == {one[:2] for one in liked}
    assert {one[:2] for one in comments(second)} == {one[:2] for one in said}


def test_reactions_appear_with_time(morgenrot: Caller) -> None:
    post = morgenrot.posted(CALM)
    nothing = {"likes": 0, "shares": 0, "replies": 0, "views": 12}
    path = f"/posts/{post.pk}/figures"
    assert morgenrot.get(path).json() == nothing
    assert morgenrot.get("/inbox").json()["items"] == []
    let_pass(seconds=20)
    assert morgenrot.get(path).json()["replies"] == 1
    asked = morgenrot.get("/inbox").json()["items"]
    assert [(one["kind"], one["in_reply_to"], one["thread_root"]) for one in asked] == [
        ("reply", str(post.pk), str(post.pk))
    ]
    let_pass(days=1)
    found = morgenrot.get(path).json()
    likes = sum(kind == "like" for kind, _person, _after in reactions(post))
    shares = len(reactions(post)) - likes
    replies = len(comments(post))
    assert found == {
        "likes": likes,
        "shares": shares,
        "replies": replies,
        "views": 12 + 23 * likes + 140 * shares + 9 * replies,
    }
    assert morgenrot.get("/me/figures").json()["followers"] > morgenrot.me["followers"]


def test_the_inbox_is_read_in_pages_and_loses_nothing(morgenrot: Caller) -> None:
    for number in range(3):
        morgenrot.posted(f"{COFFEE} {number}")
    let_pass(days=20)
    everything = [one["id"] for one in morgenrot.get("/inbox", limit=100).json()["items"]]
    found: list[str] = []
    cursor, more = "", True
    while more:
        page = morgenrot.get("/inbox", after=cursor, limit=4).json()
        found += [one["id"] for one in page["items"]]
        cursor, more = page["cursor"], page["more"]
    assert found == everything
    assert len(found) > 12 + 3
    assert morgenrot.get("/inbox", after=cursor).json() == {"items": [], "cursor": cursor, "more": False}


def test_an_answer_to_a_complaint_is_answered(morgenrot: Caller) -> None:
    post = morgenrot.posted()
    complaint = Post.objects.create(
        person="frau_schmitt", to=morgenrot.account, text="Alles muffig!", answers=post, root=post
    )
    for number in range(20):
        morgenrot.posted(f"Das sehen wir anders ({number}).", in_reply_to=str(complaint.pk))
    said = Post.objects.filter(person="frau_schmitt", answers__account=morgenrot.account).exclude(pk=complaint.pk)
    texts = {row.text for row in said if row.answers != post}
    assert texts == {
        "Das habe ich schon dreimal gehört. Wann passiert endlich etwas?",
        "Kein Wort der Entschuldigung?",
    }
    assert {row.root for row in said if row.answers != post} == {post}


def test_a_thread_keeps_its_order_and_goes_as_a_whole(morgenrot: Caller) -> None:
    answer = morgenrot.post("Eins", thread=["Zwei", "Drei"])
    parts = answer.json()["parts"]
    assert [Post.objects.get(pk=number).text for number in parts] == ["Zwei", "Drei"]
    assert morgenrot.send("DELETE", f"/posts/{answer.json()['id']}").status_code == 200
    assert not Post.objects.filter(account=morgenrot.account, deleted_at=None).exists()


def test_edits_show_and_change_no_reactions(morgenrot: Caller) -> None:
    post = morgenrot.posted()
    before = reactions(post), comments(post)
    assert morgenrot.send("PUT", f"/posts/{post.pk}", text="Neu", title="Titel").json()["id"] == str(post.pk)
    now = Post.objects.get(pk=post.pk)
    assert (now.text, now.title, now.edited_at is not None) == ("Neu", "Titel", True)
    assert (reactions(post), comments(post)) == before
    for bad in ("", " ", "x" * 501):
        assert morgenrot.send("PUT", f"/posts/{post.pk}", text=bad).status_code == 422
    assert Post.objects.get(pk=post.pk).text == "Neu"


def test_what_is_deleted_is_gone_and_nobody_answers_it_any_more(morgenrot: Caller) -> None:
    post = morgenrot.posted(CALM, key="k1")
    let_pass(seconds=20)
    assert len(comments(post)) > 1
    assert morgenrot.send("DELETE", f"/posts/{post.pk}").status_code == 200
    assert len(comments(post)) == 1
    assert morgenrot.send("DELETE", f"/posts/{post.pk}").status_code == 404
    assert morgenrot.send("PUT", f"/posts/{post.pk}", text="Doch").status_code == 404
    assert morgenrot.get(f"/posts/{post.pk}/figures").status_code == 404
    assert morgenrot.get("/posts", key="k1").json() == {"posts": []}


def test_others_posts_are_not_there(morgenrot: Caller, join: Join) -> None:
    post, other = morgenrot.posted(), join("abendrot")
    for number in (post.pk, 10**30):
        assert other.send("PUT", f"/posts/{number}", text="Meins").status_code == 404
        assert other.send("DELETE", f"/posts/{number}").status_code == 404
        assert other.get(f"/posts/{number}/figures").status_code == 404
    assert Post.objects.get(pk=post.pk).text == COFFEE


NONSENSE: list[dict[str, Any]] = [
    {"text": ""},
    {"text": " \n"},
    {"text": "\x00"},
    {"text": "x" * 501},
    {"text": "🧑‍🧑‍🧒" * 501},
    {"text": "ok", "thread": ["x" * 501]},
    {"text": "ok", "thread": ["x"] * 25},
    {"text": "ok", "thread": "x"},
    {"text": "ok", "media": ["1"]},
    {"text": "ok", "media": ["9" * 30]},
    {"text": "ok", "media": ["9" * 5000]},
    {"text": "ok", "media": [None]},
    {"text": "ok", "in_reply_to": "999999"},
    {"text": "ok", "in_reply_to": "9" * 30},
    {"text": "ok", "in_reply_to": "9" * 5000},
    {"text": "ok", "in_reply_to": "x"},
]


@pytest.mark.parametrize("body", NONSENSE)
def test_nonsense_is_refused_and_leaves_nothing(morgenrot: Caller, body: dict[str, Any]) -> None:
    answer = morgenrot.send("POST", "/posts", **body)
    assert answer.status_code == 422
    assert answer.json()["error"]
    assert not morgenrot.account.posts.exists()


@pytest.mark.parametrize("body", ["", "[]", "null", "{", "[" * 150_000, '{"text": NaN', b"\xff\xfe", "x" * 200_001])
def test_what_is_no_json_object_is_refused(morgenrot: Caller, body: str | bytes) -> None:
    assert morgenrot.raw("POST", "/posts", body).status_code == 400


def test_odd_letters_are_kept_or_dropped_but_break_nothing(morgenrot: Caller) -> None:
    assert morgenrot.posted("Kaffee 👩‍👩‍👧 \u202eda\u202c", language="xx-lang").text == "Kaffee 👩‍👩‍👧 \u202eda\u202c"
    for body in ('{"text": "a\\u0000b"}', '{"text": "a\\ud83db"}', '{"text": "ab", "title": "\\udfff"}'):
        assert morgenrot.raw("POST", "/posts", body).status_code == 201
    assert morgenrot.get("/posts", key="a\x00b").status_code == 200
    assert morgenrot.get("/inbox", after="\x01").status_code == 422
    assert morgenrot.get("/inbox", limit="9" * 5000).status_code == 200
    assert morgenrot.post(key="k" * 201).status_code == 422


def test_graphemes_count_once_and_addresses_as_twenty_three(morgenrot: Caller) -> None:
    assert morgenrot.post("👩‍👩‍👧" * 500).status_code == 201
    assert morgenrot.post("x" * 476 + " https://x.example/" + "y" * 900).status_code == 201
    assert morgenrot.post("x" * 477 + " https://x.example/" + "y" * 900).status_code == 422


def image(kind: str = "PNG", size: tuple[int, int] = (8, 8)) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", size).save(buffer, kind)
    return buffer.getvalue()


def upload(caller: Caller, data: bytes) -> Any:
    file = SimpleUploadedFile("x.png", data, "image/png")
    return caller.client.post("/practice/api/v1/media", {"file": file, "alt": "Eine Tasse\x00"})


def test_a_picture_is_used_once_and_by_its_account(morgenrot: Caller, join: Join) -> None:
    number = upload(morgenrot, image()).json()["id"]
    assert join("abendrot").post(media=[number]).status_code == 422
    assert morgenrot.post(media=[number, number]).status_code == 422
    post = morgenrot.posted(media=[number])
    assert [picture.alt for picture in post.pictures.all()] == ["Eine Tasse"]
    assert morgenrot.post(media=[number]).status_code == 422
    five = [upload(morgenrot, image()).json()["id"] for _number in range(5)]
    assert morgenrot.post(media=five).status_code == 422
    assert morgenrot.post(media=five[:4]).status_code == 201


@pytest.mark.parametrize(
    "data", [b"", b"<svg onload=alert(1)>", image("GIF"), image()[:40], image(size=(8_193, 1)), b"x" * 8_000_001]
)
def test_what_is_no_picture_is_refused(morgenrot: Caller, data: bytes) -> None:
    assert upload(morgenrot, data).status_code == 422
    assert not Picture.objects.exists()


def test_a_picture_with_a_preview_inside_is_shown_as_the_jpeg_it_is(morgenrot: Caller) -> None:
    buffer = io.BytesIO()
    Image.new("RGB", (80, 40)).save(buffer, "MPO", save_all=True, append_images=[Image.new("RGB", (8, 4))])
    answer = upload(morgenrot, buffer.getvalue())
    assert answer.status_code == 201
    morgenrot.posted(media=[answer.json()["id"]])
    shown = morgenrot.client.get(f"/practice/pictures/{answer.json()['id']}/")
    assert shown["Content-Type"] == "image/jpeg"
