"""What a person does at the screen to connect channels and to publish, in English."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from playwright.sync_api import Browser, Page, expect

from tests.running import House
from tests.servers.bluesky import Member
from tests.servers.wordpress import Author

ZONE = ZoneInfo("Europe/Berlin")


class Desk:
    """A browser in which the demo person is signed in."""

    def __init__(self, house: House, browser: Browser) -> None:
        self.house = house
        self.page: Page = browser.new_context(locale="en", viewport={"width": 1280, "height": 900}).new_page()
        self.problems: list[str] = []
        self.page.on("pageerror", lambda error: self.problems.append(str(error)))
        self.page.goto(house.url)
        self.page.get_by_role("button", name="Open the demo company").click()
        self.page.wait_for_url(f"{house.url}/", timeout=60_000)

    def connect_bluesky(self, member: Member, server: str) -> None:
        self.try_to_connect("bluesky", handle=member.handle, password=member.password, server=server)
        expect(self.page.get_by_role("heading", name=re.compile(f"Connected as.*{member.handle}"))).to_be_visible()

    def connect_wordpress(self, author: Author, server: str) -> None:
        self.try_to_connect("wordpress", server=server, user=author.name, password=author.password)
        expect(self.page.get_by_role("heading", name=re.compile("Connected as"))).to_be_visible()

    def try_to_connect(self, slug: str, **answers: str) -> None:
        self.page.goto(f"{self.house.url}/channels/connect/{slug}/")
        for name, value in answers.items():
            self.page.locator(f"#id_{name}").fill(value)
        self.page.get_by_role("button", name="Check and connect").click()

    def compose(self, text: str, title: str, own: dict[str, str], thread: bool = False) -> None:
        """A new post; `own` are the channels it is for, each with its own words or with none."""
        self.page.goto(f"{self.house.url}/publishing/")
        self.page.get_by_role("button", name="New post").first.click()
        self.page.locator("#id_text").fill(text)
        self.page.locator("#id_title").fill(title)
        for channel, words in own.items():
            self._choose(channel, words, thread)
        for channel, words in own.items():
            shown = self.page.locator(f"#side [aria-label*='{channel}']")
            expect(shown).to_contain_text((words or text)[:30], timeout=15_000)

    def _choose(self, channel: str, words: str, thread: bool) -> None:
        line = self.page.locator(".channel-line").filter(has_text=channel)
        line.locator("[name=channel]").check()
        if words or thread:
            line.locator("summary").click()
        if words:
            line.locator("textarea").fill(words)
        if thread and line.locator("[name^=thread-]").count():
            line.locator("[name^=thread-]").check()

    def add_image(self, data: bytes, alt: str) -> None:
        """Uploads an image, describes it and says whose it is."""
        self.page.locator("#upload").set_input_files({"name": "tasse.jpg", "mimeType": "image/jpeg", "buffer": data})
        self.page.get_by_role("button", name="Upload").click()
        self.page.locator("[name^=alt-]").fill(alt)
        expect(self.page.locator("#side .preview-images img").first).to_have_attribute("alt", alt, timeout=15_000)
        self.page.get_by_role("link", name="Enter the licence record").click()
        self.page.locator("#id_licence").select_option("own")
        self.page.locator("#id_source").fill("Anna")
        self.page.get_by_role("button", name="Save", exact=True).click()
        self.page.wait_for_url(re.compile(r"/publishing/posts/\d+/"))

    def approve(self) -> None:
        self.page.get_by_text("Approve without a date").click()
        self.page.get_by_role("button", name="Approve", exact=True).click()
        expect(self.page.get_by_role("button", name="Schedule", exact=True)).to_be_visible()

    def schedule(self) -> datetime:
        """For the next full minute that leaves time to click; returns that moment."""
        when = (datetime.now(ZONE) + timedelta(seconds=75)).replace(second=0, microsecond=0)
        self.page.locator("#day").fill(f"{when:%Y-%m-%d}")
        self.page.locator("#time").fill(f"{when:%H:%M}")
        self.page.get_by_role("button", name="Schedule", exact=True).click()
        return when

    def publish_now(self) -> None:
        self.page.get_by_role("button", name="Approve and publish now").click()

    def publications(self, number: int) -> list[str]:
        """The addresses of the pages that tell what became of each sending."""
        links = self.page.locator("#side a[href*='/publishing/publications/']")
        expect(links).to_have_count(number)
        return [f"{self.house.url}{link.get_attribute('href')}" for link in links.all()]

    def proof(self, publication: str, within: float) -> str:
        """Waits until it is out; the public address that the page gives as proof."""
        self.page.goto(publication)
        shown = self.page.locator("[data-proof]")
        expect(shown).to_be_visible(timeout=within * 1000)
        return shown.get_attribute("href") or ""

    def open_conversation(self, who: str, within: float) -> None:
        """Looks into the inbox until somebody of this name is there."""
        row = self.page.locator("#rows a[href^='/community/']").filter(has_text=who)
        for _turn in range(round(within / 2)):
            self.page.goto(f"{self.house.url}/community/")
            if row.count():
                break
            self.page.wait_for_timeout(2_000)
        row.first.click()

    def sees_answer_written_there(self, text: str, network: str, within: float) -> None:
        """The open conversation shows it by itself, and the clock stands still."""
        expect(self.page.locator(".message-out")).to_contain_text(text, timeout=within * 1000)
        expect(self.page.locator(".message-out")).to_contain_text(f"Written on {network} itself")
        expect(self.page.locator("#clock")).to_contain_text("Answered")

    def answer(self, text: str) -> None:
        """Answers the open conversation and waits for the proof."""
        self.page.get_by_label("Your answer").fill(text)
        self.page.get_by_role("button", name="Send", exact=True).click()
        expect(self.page.locator(".message-out a[rel=noopener]").first).to_be_visible(timeout=60_000)
