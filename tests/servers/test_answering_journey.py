"""Somebody comments on a real server, an agent answers at the screen, and the server shows the answer below."""

from __future__ import annotations

from html import escape

from playwright.sync_api import Browser, expect

from tests.running import House
from tests.servers.bluesky import Bluesky
from tests.servers.desk import Desk
from tests.servers.wordpress import WordPress

TEXT = "Unser Winterkaffee „Polarstern“ ist da, mit einer Note von Orange."
QUESTION = "Gibt es den Polarstern auch <b>entkoffeiniert</b> & als Bohne?"
ANSWER = "Ja, ab Freitag – auch als Bohne & gemahlen. ☕"
LATER = "Schön, und was kostet er?"
DIRECTLY = "12 Euro das Pfund, auch im Versand."


def test_a_comment_on_the_blog_becomes_a_conversation_and_is_answered_once(
    house: House, browser: Browser, blog: WordPress
) -> None:
    author = blog.author("counter")
    desk = Desk(house, browser)
    desk.connect_wordpress(author, blog.url)
    desk.compose(TEXT, "Winterkaffee", {author.name: ""})
    desk.publish_now()
    (publication,) = desk.publications(1)
    desk.proof(publication, within=60)
    (article,) = blog.posts(author)
    blog.visitor_says(str(article["id"]), QUESTION, name="Mia Sommer")

    desk.open_conversation("Mia Sommer", within=120)
    expect(desk.page.locator(".message").first).to_contain_text("entkoffeiniert & als Bohne?")
    expect(desk.page.locator(".clock").first).to_be_visible()
    desk.answer(ANSWER)

    asked, said = sorted(blog.comments(str(article["id"])), key=lambda one: int(one["id"]))
    assert said["parent"] == asked["id"] and said["content"]["raw"] == f"<p>{escape(ANSWER)}</p>"

    blog.visitor_says(str(article["id"]), LATER, name="Ole Winter")
    (later,) = [one for one in blog.comments(str(article["id"])) if one["author_name"] == "Ole Winter"]
    desk.open_conversation("Ole Winter", within=120)
    blog.author_answers(author, later, DIRECTLY)
    desk.sees_answer_written_there(DIRECTLY, "WordPress", within=120)
    assert desk.problems == []


def test_a_reply_on_bluesky_becomes_a_conversation_and_is_answered_once(
    house: House, browser: Browser, network: Bluesky
) -> None:
    member, guest = network.join("tresen"), network.join("stammgast")
    desk = Desk(house, browser)
    desk.connect_bluesky(member, network.url)
    desk.compose(TEXT, "", {member.handle: ""})
    desk.publish_now()
    (publication,) = desk.publications(1)
    desk.proof(publication, within=60)
    (post,) = network.posts(member.did)
    ours = {"uri": post["uri"], "cid": post["cid"]}
    asked = network.answer(guest, QUESTION, ours)

    desk.open_conversation(guest.handle, within=120)
    expect(desk.page.locator(".message").first).to_contain_text(QUESTION)
    desk.answer(ANSWER)

    (said,) = [one["value"] for one in network.posts(member.did) if one["uri"] != ours["uri"]]
    assert said["text"] == ANSWER and said["reply"] == {"root": ours, "parent": asked}

    other = network.join("laufkundschaft")
    later = network.answer(other, LATER, ours)
    desk.open_conversation(other.handle, within=120)
    network.write(member, DIRECTLY, {"root": ours, "parent": later})
    desk.sees_answer_written_there(DIRECTLY, "Bluesky", within=120)
    assert len(network.posts(member.did)) == 3
    assert desk.problems == []
