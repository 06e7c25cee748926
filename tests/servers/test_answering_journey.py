"""A visitor comments on a real blog, an agent answers at the screen, and the blog shows the answer below."""

from __future__ import annotations

from html import escape

from playwright.sync_api import Browser, expect

from tests.running import House
from tests.servers.desk import Desk
from tests.servers.wordpress import WordPress

TEXT = "Unser Winterkaffee „Polarstern“ ist da, mit einer Note von Orange."
QUESTION = "Gibt es den Polarstern auch <b>entkoffeiniert</b> & als Bohne?"
ANSWER = "Ja, ab Freitag – auch als Bohne & gemahlen. ☕"


def test_a_comment_becomes_a_conversation_and_is_answered_once(house: House, browser: Browser, blog: WordPress) -> None:
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
    assert desk.problems == []
