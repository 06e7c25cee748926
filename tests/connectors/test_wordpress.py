"""What is peculiar to WordPress."""

from __future__ import annotations

from dataclasses import replace

import pytest

from leitstand.connectors.errors import NotAllowed, Refused
from leitstand.connectors.protocol import Account
from leitstand.connectors.wordpress import WordPress
from leitstand.connectors.wordpress.parse import html_of, route, slug
from tests.connectors.examples import CONTENT, EXAMPLES, KEY, OTHER_KEY, PICTURE, SINCE
from tests.wire import Wire, body_of

EXAMPLE = EXAMPLES["wordpress"]
FORM = dict(EXAMPLE.form)


@pytest.fixture
def wire() -> Wire:
    return Wire("wordpress")


@pytest.fixture
def speaker(wire: Wire) -> WordPress:
    return WordPress(wire.client, EXAMPLE.account)


@pytest.mark.parametrize(
    ("page", "door"),
    [
        (
            {"headers": {"Link": '<https://blog.example/wp-json/>; rel="https://api.w.org/"'}},
            "https://blog.example/wp-json/",
        ),
        ({"headers": {"Link": '</wp-json/>; rel="https://api.w.org/"'}}, "https://blog.example/wp-json/"),
        (
            {"text": '<head><link rel="https://api.w.org/" href="https://blog.example/wp-json/"></head>'},
            "https://blog.example/wp-json/",
        ),
        (
            {"headers": {"Link": '<https://blog.example/?rest_route=/>; rel="https://api.w.org/"'}},
            "https://blog.example/?rest_route=/",
        ),
    ],
    ids=["header", "relative", "element", "plain"],
)
def test_the_door_is_found(page: dict[str, object], door: str, wire: Wire) -> None:
    wire.instead("site", **page)
    me = wire.answers["check"]["response"]["json"]
    wire.add("plain", "GET", "/", query={"rest_route": "/wp/v2/users/me", "context": "edit"}, json=me)
    assert WordPress.connect(wire.client, FORM).account.address == door


def test_a_site_without_a_door_is_no_wordpress(wire: Wire) -> None:
    wire.instead("site", text="<title>Hello</title>")
    with pytest.raises(Refused) as told:
        WordPress.connect(wire.client, FORM)
    assert "WordPress" in told.value.say


@pytest.mark.parametrize(
    ("base", "address"),
    [
        ("https://b.example/wp-json/", "https://b.example/wp-json/wp/v2/posts?slug=a"),
        ("https://b.example/sub/wp-json", "https://b.example/sub/wp-json/wp/v2/posts?slug=a"),
        ("https://b.example/?rest_route=/", "https://b.example/?rest_route=%2Fwp%2Fv2%2Fposts&slug=a"),
        (
            "https://b.example/sub/index.php?rest_route=/",
            "https://b.example/sub/index.php?rest_route=%2Fwp%2Fv2%2Fposts&slug=a",
        ),
    ],
)
def test_routes(base: str, address: str) -> None:
    assert route(base, "/wp/v2/posts", {"slug": "a"}) == address


def test_basic_authentication(wire: Wire, speaker: WordPress) -> None:
    speaker.check()
    assert wire.requests[0].headers["authorization"].startswith("Basic YW5uYTp")


def test_a_text_becomes_safe_html() -> None:
    text = "Eins & <b>zwei</b>\nhttps://a.example/?a=1&b=2.\n \nNeuer Absatz"
    assert html_of(text) == (
        "<p>Eins &amp; &lt;b&gt;zwei&lt;/b&gt;<br>"
        '<a href="https://a.example/?a=1&amp;b=2">https://a.example/?a=1&amp;b=2</a>.</p>\n<p>Neuer Absatz</p>'
    )


def test_the_slug_carries_words_and_key() -> None:
    made = slug(replace(CONTENT, title="Größe ist schön: Ça va? 珈琲"), KEY)
    assert made.startswith("groesse-ist-schoen-ca-va-") and len(made.rsplit("-", 1)[1]) == 12
    assert made != slug(replace(CONTENT, title="Größe ist schön: Ça va? 珈琲"), OTHER_KEY)
    assert slug(replace(CONTENT, title="珈琲"), KEY) == slug(CONTENT, KEY).rsplit("-", 1)[1]


def test_it_is_looked_for_where_it_was_put(wire: Wire, speaker: WordPress) -> None:
    speaker.publish(CONTENT, KEY)
    speaker.find(CONTENT, KEY, SINCE)
    query = wire.sent("find")[0].url.params
    assert query["slug"] == body_of(wire.sent("publish")[0])["slug"] and query["status"] == "any"


def test_images_come_with_alt_text_below_the_words(wire: Wire, speaker: WordPress) -> None:
    speaker.publish(replace(CONTENT, images=(replace(PICTURE, alt='Eine "Tasse"', filename='tä"sse.jpg'),)), KEY)
    assert body_of(wire.sent("alt")[0]) == {"alt_text": 'Eine "Tasse"'}
    assert wire.sent("upload")[0].headers["content-disposition"] == 'attachment; filename="tsse.jpg"'
    sent = body_of(wire.sent("publish")[0])
    assert 'alt="Eine &quot;Tasse&quot;"' in sent["content"] and sent["featured_media"] == 12


def test_without_a_title_the_first_line_is_one(wire: Wire, speaker: WordPress) -> None:
    speaker.publish(replace(CONTENT, title="", text="Erste Zeile\nzweite"), KEY)
    assert body_of(wire.sent("publish")[0])["title"] == "Erste Zeile"


def test_who_may_not_publish_is_told(wire: Wire, speaker: WordPress) -> None:
    wire.answers["check"]["response"]["json"]["capabilities"] = {"edit_posts": True}
    assert not speaker.check().may_publish


def test_waiting_comments_need_a_moderator(wire: Wire, speaker: WordPress) -> None:
    refusal = {"code": "rest_forbidden_context", "message": "Sorry"}
    wire.instead("listen", status=403, json=refusal)
    assert len(speaker.listen(None).items) == 2
    assert "status" in wire.sent("listen")[0].url.params and "status" not in wire.sent("listen")[1].url.params


def test_a_dead_password_is_not_taken_for_that(wire: Wire, speaker: WordPress) -> None:
    for _time in range(2):
        wire.instead("listen", status=401, json={"code": "incorrect_password", "message": "no"})
    with pytest.raises(NotAllowed):
        speaker.listen(None)


def test_many_comments_are_paged_back_to_the_cursor(wire: Wire, speaker: WordPress) -> None:
    comment = wire.answers["listen"]["responses"][0]["json"][0]
    wire.instead("listen", json=[comment | {"id": number} for number in range(350, 250, -1)])
    wire.instead("listen", json=[comment | {"id": number} for number in range(250, 150, -1)])
    wire.instead("listen", status=400, json={"code": "rest_post_invalid_page_number", "message": "no such page"})
    page = speaker.listen("150")
    assert [item.remote_id for item in page.items] == [f"comment-{number}" for number in range(151, 351)]
    assert page.cursor == "350"


def test_our_own_comments_are_not_heard(speaker: WordPress) -> None:
    speaker.listen(None)
    assert "comment-93" not in {item.remote_id for item in speaker.listen("91").items}


def test_an_answer_below_a_post_needs_no_parent(wire: Wire, speaker: WordPress) -> None:
    speaker.reply("41", CONTENT, KEY)
    assert body_of(wire.sent("reply")[0])["post"] == "41" and "parent" not in body_of(wire.sent("reply")[0])


def test_a_comment_of_ours_is_deleted_as_a_comment(wire: Wire, speaker: WordPress) -> None:
    wire.add("gone", "DELETE", "/wp-json/wp/v2/comments/95", json={})
    speaker.delete("comment-95")
    assert len(wire.sent("gone")) == 1


def test_a_blog_with_a_plain_door() -> None:
    wire = Wire()
    query = {"rest_route": "/wp/v2/posts/41"}
    wire.add("delete", "DELETE", "/", query=query, status=410, json={"code": "rest_already_trashed"})
    WordPress(wire.client, Account("https://blog.example/?rest_route=/", "anna")).delete("41")
    assert len(wire.sent("delete")) == 1
