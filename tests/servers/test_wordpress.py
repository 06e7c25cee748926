"""The life of a channel on a real WordPress; what is there is read without our connector."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from html import unescape
from itertools import count

import httpx
import pytest

from leitstand.connectors.errors import NotAllowed, Refused
from leitstand.connectors.protocol import Content
from leitstand.connectors.wordpress import WordPress as Connector
from tests.servers.bluesky import Bluesky
from tests.servers.samples import ALT, WORDS, image, jpeg, key
from tests.servers.wordpress import Author, WordPress

PRETTY = "/%year%/%monthnum%/%postname%/"
HTML = (
    "<p>Größe &amp; „Würde“: &lt;b&gt;Röstung&lt;/b&gt; 👩‍🍳 – 100 % Arabica<br>Zweite Zeile, "
    '<a href="https://example.org/kaffee?a=1&amp;b=2">https://example.org/kaffee?a=1&amp;b=2</a>.</p>'
)
CONTENT = Content(WORDS, title="Größe & „Würde“", language="de")
LONG_AGO = datetime.now(UTC) - timedelta(days=1)
numbers = count(1)


@pytest.fixture
def author(blog: WordPress) -> Author:
    """A new editor for each test."""
    return blog.author(f"editor{next(numbers)}")


@pytest.fixture
def speaker(blog: WordPress, wire: httpx.Client, author: Author) -> Connector:
    """Our connector, connected as that editor."""
    return Connector(wire, Connector.connect(wire, form(blog, author)).account)


@pytest.fixture
def plain(blog: WordPress) -> Iterator[WordPress]:
    """The same blog with plain addresses, like /?p=1."""
    blog.pretty("")
    yield blog
    blog.pretty(PRETTY)


def form(blog: WordPress, author: Author, **other: str) -> dict[str, str]:
    """What a person types to connect."""
    return {"server": blog.url, "user": author.name, "password": author.password} | other


def test_it_connects(blog: WordPress, wire: httpx.Client, author: Author) -> None:
    made = Connector.connect(wire, form(blog, author))
    assert made.account.address == f"{blog.url}/wp-json/" and made.account.remote_id == str(author.number)
    assert made.account.handle == f"{author.name}@{blog.url.removeprefix('http://')}"
    assert made.may_publish and made.may_read_replies


def test_it_connects_where_addresses_are_plain(plain: WordPress, wire: httpx.Client, author: Author) -> None:
    made = Connector.connect(wire, form(plain, author))
    assert "rest_route=" in made.account.address
    proof = Connector(wire, made.account).publish(CONTENT, key())
    assert plain.post(proof.remote_id)["content"]["raw"] == HTML and "?p=" in proof.url


@pytest.mark.parametrize("wrong", [{"password": "abcd efgh ijkl mnop qrst uvwx"}, {"user": "nobody"}])
def test_a_wrong_name_or_password_is_told(
    blog: WordPress, wire: httpx.Client, author: Author, wrong: dict[str, str]
) -> None:
    with pytest.raises(NotAllowed) as told:
        Connector.connect(wire, form(blog, author, **wrong))
    assert told.value.status == 401 and author.password not in str(told.value)


def test_the_main_password_is_none_for_applications(blog: WordPress, wire: httpx.Client, author: Author) -> None:
    with pytest.raises(NotAllowed):
        Connector.connect(wire, form(blog, author, password="main-password-nobody-types"))


def test_another_server_is_no_wordpress(pds: Bluesky, blog: WordPress, wire: httpx.Client, author: Author) -> None:
    with pytest.raises(Refused) as told:
        Connector.connect(wire, form(blog, author, server=pds.url))
    assert "WordPress" in told.value.say


def test_who_may_only_draft_is_told(blog: WordPress, wire: httpx.Client) -> None:
    drafter = blog.author(f"drafter{next(numbers)}", "contributor")
    made = Connector.connect(wire, form(blog, drafter))
    assert not made.may_publish
    with pytest.raises(NotAllowed):
        Connector(wire, made.account).publish(CONTENT, key())
    assert blog.posts(drafter) == []


def test_text_arrives_as_it_was_written(blog: WordPress, speaker: Connector, author: Author) -> None:
    proof = speaker.publish(CONTENT, key())
    post = blog.post(proof.remote_id)
    assert post["content"]["raw"] == HTML and unescape(post["title"]["raw"]) == CONTENT.title
    assert post["status"] == "publish" and post["author"] == author.number
    assert abs(proof.at - datetime.now(UTC)) < timedelta(minutes=1)


def test_a_visitor_can_read_it_at_the_address_of_the_proof(speaker: Connector) -> None:
    proof = speaker.publish(CONTENT, key())
    page = httpx.get(proof.url)
    assert page.status_code == 200 and "&lt;b&gt;Röstung&lt;/b&gt;" in page.text and "/groesse-wuerde-" in proof.url


def test_an_image_arrives_with_its_alternative_text(blog: WordPress, speaker: Connector) -> None:
    proof = speaker.publish(replace(CONTENT, images=(image(), image("Zweites Bild"))), key())
    post = blog.post(proof.remote_id)
    media = blog.media(post["featured_media"])
    assert media["alt_text"] == ALT and httpx.get(media["source_url"]).content == jpeg()
    assert (
        f'<img src="{media["source_url"]}" alt="Eine Tasse &quot;Morgenrot&quot; &amp; ein Löffel ☕">'
        in (post["content"]["raw"])
    )
    assert 'alt="Zweites Bild"' in post["content"]["raw"] and post["content"]["raw"].count("<img") == 2


def test_a_sending_is_found_by_its_key(blog: WordPress, speaker: Connector, author: Author) -> None:
    mark = key()
    assert speaker.find(CONTENT, mark, LONG_AGO) is None
    proof = speaker.publish(CONTENT, mark)
    assert speaker.find(CONTENT, mark, LONG_AGO) == proof
    assert speaker.find(CONTENT, key(), LONG_AGO) is None and len(blog.posts(author)) == 1


def test_it_is_edited_in_place(blog: WordPress, speaker: Connector, author: Author) -> None:
    proof = speaker.publish(CONTENT, key())
    edited = speaker.edit(proof.remote_id, replace(CONTENT, title="Neu", text="Neuer Text", images=(image("Neu"),)))
    post = blog.post(proof.remote_id)
    assert (edited.remote_id, edited.url) == (proof.remote_id, proof.url)
    assert post["title"]["raw"] == "Neu" and post["content"]["raw"].startswith("<p>Neuer Text</p>")
    assert 'alt="Neu"' in post["content"]["raw"] and len(blog.posts(author)) == 1


def test_it_is_deleted_once_and_for_all(blog: WordPress, speaker: Connector, author: Author) -> None:
    mark = key()
    proof = speaker.publish(CONTENT, mark)
    speaker.delete(proof.remote_id)
    speaker.delete(proof.remote_id)
    speaker.delete("999999")
    assert blog.posts(author) == [] and blog.post(proof.remote_id)["status"] == "trash"
    assert speaker.find(CONTENT, mark, LONG_AGO) is None


def test_comments_are_read_waiting_ones_too(blog: WordPress, speaker: Connector) -> None:
    start = speaker.listen(None).cursor
    post = speaker.publish(CONTENT, key()).remote_id
    blog.visitor_says(post, "Ist der vegan? Süß & <gut>")
    page = speaker.listen(start)
    (item,) = page.items
    assert item.text == "Ist der vegan? Süß &" or item.text.startswith("Ist der vegan? Süß & ")
    assert (item.author.name, item.kind, item.in_reply_to, item.thread_root) == ("Mia", "reply", post, post)
    assert blog.comments(post)[0]["status"] == "hold" and abs(item.at - datetime.now(UTC)) < timedelta(minutes=1)
    assert speaker.listen(page.cursor).items == ()


def test_who_may_not_moderate_hears_a_comment_when_it_is_approved(blog: WordPress, wire: httpx.Client) -> None:
    """It stands below one that was written after it and approved before."""
    modest = blog.author(f"author{next(numbers)}", "author")
    speaker = Connector(wire, Connector.connect(wire, form(blog, modest)).account)
    post = speaker.publish(CONTENT, key()).remote_id
    start = speaker.listen(None).cursor
    blog.visitor_says(post, "Zuerst geschrieben")
    blog.visitor_says(post, "Zuerst erlaubt")
    first, second = sorted(blog.comments(post), key=lambda one: int(one["id"]))
    assert speaker.listen(start).items == ()
    blog.approve(second)
    page = speaker.listen(start)
    blog.approve(first)
    late = speaker.listen(page.cursor)
    assert [one.text for one in (*page.items, *late.items)] == ["Zuerst erlaubt", "Zuerst geschrieben"]
    assert speaker.listen(late.cursor).items == ()


def test_an_answer_where_comments_are_closed_is_refused(blog: WordPress, speaker: Connector) -> None:
    """That one answer; our access is fine."""
    post = speaker.publish(CONTENT, key()).remote_id
    blog.ask("POST", f"/wp/v2/posts/{post}", json={"comment_status": "closed"})
    with pytest.raises(Refused) as told:
        speaker.reply(post, Content("Danke!"), key())
    assert told.value.code == "rest_comment_closed"


def test_a_comment_is_answered_below_it_and_not_heard_again(blog: WordPress, speaker: Connector) -> None:
    post = speaker.publish(CONTENT, key()).remote_id
    start = speaker.listen(None).cursor
    blog.visitor_says(post, "Ab wann?")
    page = speaker.listen(start)
    answer = speaker.reply(page.items[0].remote_id, Content("Ab morgen & überall."), key())
    asked, said = sorted(blog.comments(post), key=lambda one: int(one["id"]))
    assert f"comment-{said['id']}" == answer.remote_id and said["parent"] == asked["id"]
    assert said["content"]["raw"] == "<p>Ab morgen &amp; überall.</p>" and said["status"] == "approved"
    assert speaker.listen(page.cursor).items == ()


def test_an_answer_below_the_post_counts(blog: WordPress, speaker: Connector) -> None:
    post = speaker.publish(CONTENT, key()).remote_id
    assert speaker.measure(post).replies == 0
    answer = speaker.reply(post, Content("Danke!"), key())
    assert speaker.measure(post).replies == 1
    speaker.delete(answer.remote_id)
    speaker.delete(answer.remote_id)
    assert speaker.measure(post).replies == 0


def test_the_same_answer_twice_is_refused_by_wordpress(blog: WordPress, speaker: Connector) -> None:
    post, mark = speaker.publish(CONTENT, key()).remote_id, key()
    speaker.reply(post, Content("Danke!"), mark)
    with pytest.raises(Refused) as told:
        speaker.reply(post, Content("Danke!"), mark)
    assert told.value.status == 409 and len(blog.comments(post)) == 1


def test_a_file_that_is_no_image_is_refused(blog: WordPress, speaker: Connector, author: Author) -> None:
    odd = replace(image(), data=b"<?php echo 1;", mime="text/x-php", filename="tasse.php")
    with pytest.raises(Refused):
        speaker.publish(replace(CONTENT, images=(odd,)), key())
    assert blog.posts(author) == []


@pytest.mark.parametrize("gone", ["comment-999999", "999999"])
def test_an_answer_to_what_is_gone_is_refused(speaker: Connector, gone: str) -> None:
    with pytest.raises(Refused):
        speaker.reply(gone, Content("Danke!"), key())


def test_a_withdrawn_password_asks_for_reconnection(blog: WordPress, speaker: Connector, author: Author) -> None:
    blog.withdraw(author)
    with pytest.raises(NotAllowed):
        speaker.publish(CONTENT, key())
    with pytest.raises(NotAllowed):
        speaker.listen("1")
    assert blog.posts(author) == []
