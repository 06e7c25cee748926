"""A change of mind in a browser: an approved and planned post is sent back, and what was planned of it stops."""

from __future__ import annotations

from playwright.sync_api import Browser, Page, expect

from leitstand.publishing.approve import SENT_BACK
from tests.journeys.test_calendar import movable, opened
from tests.journeys.test_ten_minutes import Words, enter
from tests.running import House

NOTE = "Der Preis stimmt nicht mehr."


def test_an_approved_post_is_sent_back(house: House, browser: Browser) -> None:
    words = Words("de")
    page = browser.new_context(locale="de", viewport={"width": 1280, "height": 1400}).new_page()
    enter(page, house, words)
    opened(page, house)
    publication = movable(page).get_attribute("href") or ""
    page.goto(f"{house.url}{publication}")
    page.locator("a[href*='/publishing/posts/']").first.click()
    send_back(page, words)
    page.goto(f"{house.url}{publication}")
    expect(page.get_by_text(words(SENT_BACK))).to_be_visible()


def send_back(page: Page, words: Words) -> None:
    """Only with a note, which the author then reads."""
    page.get_by_text(words("Send back after all")).click()
    button = page.get_by_role("button", name=words("Send back"), exact=True)
    button.click()
    expect(button).to_be_visible()
    page.get_by_label(words("Note for the author")).fill(NOTE)
    button.click()
    expect(page.get_by_text(words("Sent back to the author."))).to_be_visible()
    expect(page.get_by_text(NOTE)).to_be_visible()
