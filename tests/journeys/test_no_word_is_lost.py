"""What stands on the screen is what goes out, or the page says why not: walked in a browser, with impatient hands."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.journeys.test_ten_minutes import Words, enter, published_text
from tests.running import House

FIRST, ADDED = "Unser Winterkaffee ist da.", " Kommen Sie probieren!"
WORDS = Words("de")


@pytest.fixture
def page(house: House, browser: Browser) -> Page:
    page = browser.new_context(locale="de", viewport={"width": 1280, "height": 1400}).new_page()
    enter(page, house, WORDS)
    return page


def test_no_word_is_lost(page: Page, house: House) -> None:
    an_address_without_its_scheme_is_saved(page, house)
    an_address_that_cannot_be_is_marked_and_nothing_goes_out(page, house)
    the_last_word_goes_out_though_nobody_waited(page, house)
    the_last_word_goes_out_though_a_saving_is_on_its_way(page, house)
    what_a_colleague_has_overtaken_is_not_called_saved(page, house)


def an_address_without_its_scheme_is_saved(page: Page, house: House) -> None:
    saved_post(page, house)
    page.locator("#id_link").fill("example.org/kaffee")
    expect(page.locator("#side .preview-text")).to_contain_text("https://example.org/kaffee")
    page.locator("#id_text").fill(FIRST + ADDED)
    press(page, "Approve and publish now")
    assert "https://example.org/kaffee" in out(page, house)


def an_address_that_cannot_be_is_marked_and_nothing_goes_out(page: Page, house: House) -> None:
    saved_post(page, house)
    page.locator("#id_link").fill("mailto:info@example.org")
    expect(page.locator("#id_link.is-invalid")).to_be_visible()
    expect(page.locator("#id_link_error")).not_to_be_empty()
    expect(page.locator("#next")).to_have_count(0)
    page.locator("#id_link").fill("")
    expect(page.locator("#id_link.is-invalid")).to_have_count(0)
    page.locator("#id_text").fill(FIRST + ADDED)
    page.locator("#id_link").fill("mailto:info@example.org")
    press(page, "Approve and publish now")
    expect(page.locator("#id_link.is-invalid")).to_be_visible()
    expect(page.locator("#id_text")).to_have_value(FIRST + ADDED)
    expect(page.locator("#side a[href*='/publications/']")).to_have_count(0)


def the_last_word_goes_out_though_nobody_waited(page: Page, house: House) -> None:
    saved_post(page, house)
    add(page)
    press(page, "Approve and publish now")
    assert FIRST + ADDED in out(page, house)


def the_last_word_goes_out_though_a_saving_is_on_its_way(page: Page, house: House) -> None:
    saved_post(page, house)
    held: list[Route] = []
    page.route("**/draft/", lambda route: held.append(route))
    with page.expect_request("**/draft/"):
        page.locator("#id_text").press("End")
        page.keyboard.type(ADDED[:5])
    page.keyboard.type(ADDED[5:])
    press(page, "Approve and publish now")
    held[0].continue_()
    page.unroute("**/draft/")
    assert FIRST + ADDED in out(page, house)


def what_a_colleague_has_overtaken_is_not_called_saved(page: Page, house: House) -> None:
    saved_post(page, house)
    other = page.context.new_page()
    other.goto(page.url)
    other.locator("#id_text").fill("Unser Tee ist da.")
    expect(other.locator("#side .preview-text")).to_contain_text("Unser Tee ist da.")
    other.close()
    for _pause in range(2):
        with page.expect_response("**/draft/"):
            add(page)
        expect(page.locator("#side [role=status]")).to_have_text(WORDS("Not saved."))
    expect(page.locator("#toasts [data-declined]")).to_have_count(1)
    expect(page.locator("#id_text")).to_have_value(FIRST + 2 * ADDED)
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.reload()
    assert asked == ["beforeunload"]


def saved_post(page: Page, house: House) -> None:
    """A new post for one channel, its first words saved."""
    page.goto(f"{house.url}/publishing/")
    page.get_by_role("button", name=WORDS("New post")).first.click()
    page.locator("[name=channel]").first.check()
    page.locator("#id_text").fill(FIRST)
    expect(page.locator("#side .preview-text")).to_contain_text(FIRST)


def add(page: Page) -> None:
    page.locator("#id_text").press("End")
    page.keyboard.type(ADDED)


def press(page: Page, words: str) -> None:
    page.get_by_role("button", name=WORDS(words)).click()


def out(page: Page, house: House) -> str:
    """What stands on the network."""
    link = page.locator("#side a[href*='/publications/']")
    expect(link).to_have_count(1)
    return published_text(page, house.url + (link.get_attribute("href") or ""), WORDS)
