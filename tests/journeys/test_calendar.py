"""The calendar in a browser: a publication is dragged to another day, stays there, and comes back by undo.

Each entry says on which channel it goes out, and the list below follows each move.
"""

from __future__ import annotations

import re

from playwright.sync_api import Browser, Locator, Page, expect

from tests.journeys.test_ten_minutes import Words, enter
from tests.running import House

MOVABLE = ".fc-daygrid-event.fc-event-draggable"


def test_a_publication_is_dragged_and_comes_back(house: House, browser: Browser) -> None:
    words = Words("de")
    page = browser.new_context(locale="de", viewport={"width": 1280, "height": 1400}).new_page()
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    enter(page, house, words)
    opened(page, house)
    address = movable(page).get_attribute("href") or ""
    before, at = day_of(page, address), announced(page, address)
    expect(movable(page).get_by_role("img", name="Rösterei Nordlicht")).to_be_visible()
    drag_to_the_last_day(page, address)
    expect(page.get_by_text(words("Moved."))).to_be_visible()
    expect(coming(page, address)).not_to_have_attribute("datetime", at)
    opened(page, house)
    moved = day_of(page, address)
    assert moved > before
    drag_back_by_undo(page, address, words)
    opened(page, house)
    assert day_of(page, address) == moved
    assert problems == []


def opened(page: Page, house: House) -> None:
    page.goto(f"{house.url}/publishing/calendar/")
    expect(movable(page)).to_be_visible()


def movable(page: Page) -> Locator:
    """The first publication that can still be moved."""
    return page.locator(MOVABLE).first


def coming(page: Page, address: str) -> Locator:
    """Its time in the list below."""
    return page.locator(f"#coming a[href='{address}'] time").first


def announced(page: Page, address: str) -> str:
    return coming(page, address).get_attribute("datetime") or ""


def cell_of(page: Page, address: str) -> Locator:
    return page.locator(".fc-daygrid-day").filter(has=page.locator(f"a[href='{address}']"))


def day_of(page: Page, address: str) -> str:
    """The day it stands on, as 2026-12-01."""
    return cell_of(page, address).get_attribute("data-date") or ""


def drag_to_the_last_day(page: Page, address: str, back: int = 0) -> None:
    """To the last day that is shown, or so many days before it."""
    days = page.locator(".fc-daygrid-day")
    target = days.nth(days.count() - 1 - back)
    page.locator(f"a[href='{address}']").first.drag_to(target)
    expect(cell_of(page, address)).to_have_attribute("data-date", target.get_attribute("data-date") or "")


def drag_back_by_undo(page: Page, address: str, words: Words) -> None:
    """One day further, and back."""
    place, at = day_of(page, address), announced(page, address)
    drag_to_the_last_day(page, address, back=1)
    expect(coming(page, address)).not_to_have_attribute("datetime", at)
    with page.expect_response(re.compile("/drag/")) as answer:
        page.get_by_role("button", name=words("Undo")).click()
    assert answer.value.ok
    expect(cell_of(page, address)).to_have_attribute("data-date", place)
    expect(coming(page, address)).to_have_attribute("datetime", at)
