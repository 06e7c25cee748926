"""What a newcomer must manage in ten minutes, walked in a browser in both languages on a running house.

Start, demo company, write a post, see it warned about, publish it with proof on the practice network, answer a
comment, add feeds by address, see the unserved goal, sign the guideline.
"""

from __future__ import annotations

import http.server
import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.utils import translation
from django.utils.translation import gettext
from playwright.sync_api import Browser, Page, expect

from tests.running import House
from tests.servers.samples import jpeg

FEED = """<?xml version="1.0"?>
<rss version="2.0"><channel><title>Hafenblatt</title><link>http://127.0.0.1/</link>
<item><guid>1</guid><title>Nordlicht bildet aus</title>
<description>Die Rösterei Nordlicht ist hervorragend.</description></item></channel></rss>"""
PAGE = """<html><head><link rel="alternate" type="application/rss+xml" href="/feed.xml"></head>
<body>Hafenblatt</body></html>"""
PASSWORD = "another good horse"
TEXTS = {
    "de": "Unser Winterkaffee ist da, mit einer Note von Orange. Kommen Sie probieren!",
    "en": "Our new winter roast is here, with a note of orange. Come and taste it!",
}


@dataclass(frozen=True)
class Words:
    """The interface's words in one language."""

    language: str

    def __call__(self, english: str) -> str:
        with translation.override(self.language):
            return gettext(english)

    @property
    def text(self) -> str:
        return TEXTS[self.language]


class Site(http.server.BaseHTTPRequestHandler):
    """A small web site with a feed."""

    def do_GET(self) -> None:
        body, kind = (FEED, "application/rss+xml") if self.path == "/feed.xml" else (PAGE, "text/html")
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *arguments: object) -> None:
        return


@pytest.fixture
def site() -> Iterator[str]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/"
    server.shutdown()


@pytest.mark.parametrize("words", [Words("de"), Words("en")], ids=["de", "en"])
def test_a_newcomer_manages_the_day(house: House, browser: Browser, site: str, words: Words) -> None:
    page = browser.new_context(locale=words.language, viewport={"width": 1280, "height": 900}).new_page()
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("console", lambda line: problems.append(line.text) if "Content Security Policy" in line.text else None)
    enter(page, house, words)
    publish(page, house, words)
    answer(page, house, words)
    listen(page, house, site, words)
    pursue(page, house, words)
    sign(page, house, words)
    assert problems == []


def enter(page: Page, house: House, words: Words) -> None:
    """Minutes 0 to 2: the demo company, and the board of duties."""
    page.goto(house.url)
    page.get_by_role("button", name=words("Open the demo company")).click()
    password = page.get_by_text(re.compile(r"demo@example\.org.*: \w{4}-"))
    expect(password).to_be_visible()
    page.wait_for_url(f"{house.url}/", timeout=60_000)
    expect(password).to_be_visible()
    for code in range(1, 11):
        expect(page.get_by_text(f"D{code}", exact=True).first).to_be_visible()


def publish(page: Page, house: House, words: Words) -> None:
    """Minutes 2 to 4: write for four networks, be warned, give one its own words, publish, see the proofs."""
    page.goto(f"{house.url}/publishing/")
    page.get_by_role("button", name=words("New post")).first.click()
    illustrate(page, words)
    side = page.locator("#side")
    boxes = page.locator("[name=channel]")
    expect(boxes).to_have_count(4)
    for box in boxes.all():
        box.check()
    page.locator("#id_text").fill("Werbefrei? 50 % Rabatt! " + words.text)
    expect(side.get_by_text(words("Blocks")).first).to_be_visible()
    expect(side.get_by_text(words("This channel needs a title.")).first).to_be_visible()
    page.locator("#id_text").fill(words.text)
    page.locator("#id_title").fill("Winter 2026")
    own_words(page, words("Practice: short"), words.text[:30] + " ☕")
    expect(side.get_by_text(words("Blocks"))).to_have_count(0)
    expect(side.locator(".preview-text")).to_have_count(4)
    page.get_by_role("button", name=words("Approve and publish now")).click()
    publications = side.locator("a[href*='/publishing/publications/']")
    expect(publications).to_have_count(4)
    addresses = [house.url + (link.get_attribute("href") or "") for link in publications.all()]
    out = " ".join(published_text(page, address, words) for address in addresses)
    assert "☕" in out and "Winter 2026" in out and out.count(words.text) == 3


def illustrate(page: Page, words: Words) -> None:
    """An image, its licence record and what it shows."""
    page.set_input_files("#upload", {"name": "tasse.jpg", "mimeType": "image/jpeg", "buffer": jpeg()})
    page.get_by_role("button", name=words("Upload")).click()
    page.get_by_role("link", name=words("Enter the licence record")).click()
    page.locator("#id_licence").select_option("own")
    page.get_by_role("button", name=words("Save"), exact=True).click()
    page.locator("textarea[name^=alt-]").fill("Eine Tasse Kaffee / a cup of coffee")


def own_words(page: Page, channel: str, text: str) -> None:
    line = page.locator(".channel-line").filter(has_text=channel)
    line.locator("summary").click()
    line.locator("textarea").fill(text)


def published_text(page: Page, publication: str, words: Words) -> str:
    """What stands under the proof of a publication."""
    page.goto(publication)
    expect(page.get_by_text(words("It is out. The proof:"))).to_be_visible()
    proof = page.locator("[data-proof]").get_attribute("href") or ""
    other = page.context.new_page()
    other.goto(proof)
    said = other.locator(".post.marked, .post").first.inner_text()
    other.close()
    return said


def answer(page: Page, house: House, words: Words) -> None:
    """Minutes 4 to 5: somebody asks under the post within seconds; the answer goes out and the clock stops."""

    rows = page.locator("#rows a[href^='/community/']")

    def inbox() -> bool:
        page.goto(f"{house.url}/community/?channel=1")
        return rows.count() > 0

    for _turn in range(30):
        if inbox():
            break
        page.wait_for_timeout(2_000)
    rows.first.click()
    expect(page.locator(".clock").first).to_be_visible()
    page.get_by_label(words("Your answer")).fill("Ja / yes: Mo-Sa 8-18.")
    page.get_by_role("button", name=words("Send"), exact=True).click()
    expect(page.locator(".message-out").first).to_be_visible()
    expect(page.locator(".message-out a[rel=noopener]").first).to_be_visible()


def listen(page: Page, house: House, site: str, words: Words) -> None:
    """Minutes 5 to 6: the address of a web site; its feed is found, scored, read, and a query meets it."""
    page.goto(f"{house.url}/listening/sources/")
    page.locator("[name=url]").fill(site)
    page.get_by_role("button", name=words("Find feeds")).click()
    expect(page.get_by_text("Hafenblatt").first).to_be_visible()
    expect(page.get_by_text(re.compile(r"\d+ / 100")).first).to_be_visible()
    expect(page.get_by_text(words("It can be read by machine.")).first).to_be_visible()
    page.get_by_role("button", name=words("Add the chosen ones")).click()
    for _turn in range(30):
        page.goto(f"{house.url}/listening/?q=bildet")
        if page.get_by_text("Nordlicht bildet aus").count():
            break
        page.wait_for_timeout(1_000)
    expect(page.get_by_text("Nordlicht bildet aus").first).to_be_visible()


def pursue(page: Page, house: House, words: Words) -> None:
    """Minutes 6 to 7: the board says which goal no planned post serves."""
    page.goto(house.url)
    said = words("No planned post serves “%(goal)s” yet") % {"goal": "Zehn Bewerbungen für die Ausbildung"}
    expect(page.get_by_text(said).first).to_be_visible()


def sign(page: Page, house: House, words: Words) -> None:
    """Minutes 7 to 8: a colleague who has not signed is named, cannot publish, signs, and can."""
    page.goto(f"{house.url}/rules/guideline/")
    expect(page.get_by_text(words("You have signed this version"))).to_be_visible()
    page.goto(f"{house.url}/rules/guideline/signatures/")
    expect(page.get_by_text("Jonas Brandt").first).to_be_visible()
    colleague = enter_as(page, house, words, "Jonas Brandt")
    colleague.goto(f"{house.url}/publishing/")
    colleague.get_by_role("button", name=words("New post")).first.click()
    colleague.locator("[name=channel]").first.check()
    colleague.locator("#id_text").fill(words.text)
    expect(colleague.locator("#side .preview-text")).to_have_count(1)
    address = colleague.url
    colleague.get_by_role("button", name=words("Submit for approval")).click()
    expect(
        colleague.get_by_text(words("Please sign the current guideline first. Without it you cannot publish."))
    ).to_be_visible()
    colleague.goto(f"{house.url}/rules/guideline/")
    colleague.locator("[name=read]").check()
    colleague.get_by_role("button", name=words("Sign"), exact=True).click()
    expect(colleague.get_by_text(words("You have signed this version"))).to_be_visible()
    colleague.goto(address)
    colleague.get_by_role("button", name=words("Submit for approval")).click()
    expect(colleague.get_by_text(words("Waits for approval."))).to_be_visible()


def enter_as(page: Page, house: House, words: Words, name: str) -> Page:
    """The administrator makes a link for a new password; the colleague chooses one in another browser and signs in."""
    page.goto(f"{house.url}/people/")
    page.get_by_role("row").filter(has_text=name).get_by_role("link", name=words("Roles and sign-in")).click()
    page.get_by_role("button", name=words("Make a link for a new password")).click()
    link = page.locator("#sign-in-help code").inner_text()
    browser = page.context.browser
    assert browser is not None
    colleague = browser.new_context(locale=words.language, viewport={"width": 390, "height": 844}).new_page()
    colleague.goto(link)
    colleague.locator("#id_password1").fill(PASSWORD)
    colleague.locator("#id_password2").fill(PASSWORD)
    colleague.get_by_role("button", name=words("Save the new password")).click()
    colleague.goto(house.url)
    colleague.locator("#id_login").fill("jonas@nordlicht.example")
    colleague.locator("#id_password").fill(PASSWORD)
    colleague.get_by_role("button", name=words("Sign in"), exact=True).click()
    expect(colleague.get_by_role("link", name=words("Read and sign the guideline"))).to_be_visible()
    return colleague
