"""What is peculiar to WordPress."""

from __future__ import annotations

from dataclasses import replace

import pytest

from leitstand.connectors.errors import NotAllowed, Refused
from leitstand.connectors.protocol import Account
from leitstand.connectors.wordpress import WordPress
from leitstand.connectors.wordpress.inbox import MOST_PAGES
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
        (
            {"headers": {"Link": '<http://blog.example:80/wp-json/>; rel="https://api.w.org/"'}},
            "https://blog.example/wp-json/",
        ),
    ],
    ids=["header", "relative", "element", "plain", "does-not-know-of-https"],
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


def comments(wire: Wire, numbers: range, day: int = 23) -> list[dict[str, object]]:
    """Comments with these numbers, written on that day of November, each a second after the one with a lower number."""
    one = wire.answers["listen"]["responses"][0]["json"][0]
    return [one | {"id": n, "date_gmt": f"2026-11-{day}T10:{n // 60:02}:{n % 60:02}"} for n in numbers]


def test_many_comments_are_paged_back_to_the_cursor(wire: Wire, speaker: WordPress) -> None:
    """A page may be short: comments on posts we may not read are left out of it."""
    wire.instead("listen", json=comments(wire, range(150, 149, -1)))
    cursor = speaker.listen(None).cursor
    pages = {"x-wp-totalpages": "3"}
    wire.instead("listen", json=comments(wire, range(350, 250, -1)), headers=pages)
    wire.instead("listen", json=comments(wire, range(250, 152, -1)), headers=pages)
    wire.instead(
        "listen", json=comments(wire, range(152, 149, -1)) + comments(wire, range(149, 140, -1), 1), headers=pages
    )
    page = speaker.listen(cursor)
    assert [item.remote_id for item in page.items] == [f"comment-{number}" for number in range(151, 351)]
    wire.instead("listen", json=comments(wire, range(350, 149, -1)) + comments(wire, range(149, 148, -1), 1))
    assert speaker.listen(page.cursor).items == ()


def test_what_is_approved_days_later_is_heard(wire: Wire, speaker: WordPress) -> None:
    """It keeps the time and the number it was written with, below what was read meanwhile."""
    wire.instead("listen", json=comments(wire, range(91, 90, -1)))
    cursor = speaker.listen(None).cursor
    late, too_late = comments(wire, range(90, 89, -1), 17), comments(wire, range(80, 79, -1), 15)
    wire.instead("listen", json=comments(wire, range(91, 90, -1)) + late + too_late)
    page = speaker.listen(cursor)
    assert [item.remote_id for item in page.items] == ["comment-90"]
    wire.instead("listen", json=comments(wire, range(91, 90, -1)) + late + too_late)
    assert speaker.listen(page.cursor).items == ()


def test_endlessly_many_comments_end(wire: Wire, speaker: WordPress, caplog: pytest.LogCaptureFixture) -> None:
    full = comments(wire, range(91, 90, -1))
    cursor = speaker.listen(None).cursor
    wire.answers["listen"]["responses"] = [{"json": full, "headers": {"x-wp-totalpages": "9999"}}]
    speaker.listen(cursor)
    assert len(wire.sent("listen")) == 1 + MOST_PAGES and "are not read" in caplog.text


def test_our_own_comments_are_not_heard(speaker: WordPress) -> None:
    assert [item.remote_id for item in speaker.listen(speaker.listen(None).cursor).items] == ["comment-92"]


def test_who_types_http_is_led_to_https_before_the_password_goes_out(wire: Wire) -> None:
    """And the blog, behind a proxy, believes that it is reached by http."""
    wire.instead("site", status=301, headers={"location": "https://blog.example/"})
    wire.instead("site", headers={"Link": '<http://blog.example/wp-json/>; rel="https://api.w.org/"'})
    made = WordPress.connect(wire.client, FORM | {"server": "http://blog.example"})
    assert made.account.address == "https://blog.example/wp-json/"
    by_http = [request for request in wire.requests if request.url.scheme == "http"]
    assert by_http == wire.requests[:1] and "authorization" not in by_http[0].headers


REFUSALS = ("rest_comment_closed", "rest_comment_draft_post", "rest_comment_invalid_post_id", "rest_cannot_read_post")


@pytest.mark.parametrize("code", REFUSALS)
def test_a_no_to_one_answer_is_not_a_no_to_us(code: str, wire: Wire, speaker: WordPress) -> None:
    wire.instead("reply", status=403, json={"code": code, "message": "Sorry, comments are closed for this item."})
    with pytest.raises(Refused) as refused:
        speaker.reply("41", CONTENT, KEY)
    assert refused.value.places == {"reason": "Sorry, comments are closed for this item."}
    assert (refused.value.status, refused.value.code) == (403, code)


@pytest.mark.parametrize("code", ["rest_cannot_create", "rest_cannot_publish", "rest_forbidden"])
def test_who_may_write_nothing_must_reconnect(code: str, wire: Wire, speaker: WordPress) -> None:
    wire.instead("publish", status=403, json={"code": code, "message": "Sorry, you are not allowed to create posts."})
    with pytest.raises(NotAllowed):
        speaker.publish(CONTENT, KEY)


BLOCK_PAGE = "<html><head><title>Request blocked &amp; logged</title></head><body>mod_security</body></html>"


@pytest.mark.parametrize(("page", "words"), [(BLOCK_PAGE, "Request blocked & logged"), ("", "Forbidden")])
def test_a_firewall_that_dislikes_one_post_is_no_word_on_our_access(
    page: str, words: str, wire: Wire, speaker: WordPress
) -> None:
    wire.instead("publish", status=403, text=page)
    with pytest.raises(Refused, match="403") as refused:
        speaker.publish(CONTENT, KEY)
    assert "firewall" in refused.value.say and refused.value.places == {"reason": words}
    wire.instead("listen", status=403, text=page)
    assert len(speaker.listen(None).items) == 2


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


def test_our_own_answers_are_asked_for_page_by_page(wire: Wire, speaker: WordPress) -> None:
    wire.instead("recall", headers={"X-WP-TotalPages": "2"}, json=wire.answers["recall"]["response"]["json"])
    assert [item.remote_id for item in speaker.own_answers(SINCE)] == ["comment-94", "comment-94"]
    first, second = wire.sent("recall")
    assert (first.url.params["after"], first.url.params["page"]) == ("2026-11-23T09:55:00Z", "1")
    assert second.url.params["page"] == "2"


def test_who_may_not_ask_by_author_keeps_the_access(wire: Wire, speaker: WordPress) -> None:
    """https://developer.wordpress.org/rest-api/reference/comments/#arguments: such a user writes no posts."""
    wire.instead("recall", status=403, json={"code": "rest_forbidden_param", "message": "not permitted: author"})
    with pytest.raises(Refused):
        speaker.own_answers(SINCE)
