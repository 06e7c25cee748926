"""A company publishes on two real networks: all clicks in a browser, on a running house, read back from the servers."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta

import httpx
from PIL import Image as Picture
from playwright.sync_api import Browser, expect

from tests.running import House
from tests.servers.bluesky import Bluesky
from tests.servers.desk import Desk
from tests.servers.samples import ALT, jpeg
from tests.servers.wordpress import WordPress

TITLE = "Der Winterkaffee ist da"
LONG = (
    "Unser Winterkaffee „Polarstern“ ist da: kräftig & rund, mit einer Note von Orange.\n\n"
    "Sie bekommen ihn ab Montag im Laden, gemahlen oder als Bohne <ganz frisch>. 👩‍🍳"
)
SHORT = "Winterkaffee „Polarstern“ ist da 👩‍🍳 Kräftig & rund. https://example.org/polarstern #Winterkaffee"
HTML = (
    "<p>Unser Winterkaffee „Polarstern“ ist da: kräftig &amp; rund, mit einer Note von Orange.</p>\n"
    "<p>Sie bekommen ihn ab Montag im Laden, gemahlen oder als Bohne &lt;ganz frisch&gt;. 👩‍🍳</p>"
)


def test_two_networks_get_their_own_version_once_on_time_with_proof(
    house: House, browser: Browser, pds: Bluesky, blog: WordPress
) -> None:
    member, author = pds.join("polarstern"), blog.author("pressroom")
    desk = Desk(house, browser)
    desk.connect_bluesky(member, pds.url)
    desk.connect_wordpress(author, blog.url)
    desk.compose(LONG, TITLE, {member.handle: SHORT, author.name: ""})
    desk.add_image(jpeg(), ALT)
    desk.approve()
    planned = desk.schedule()
    proofs = [desk.proof(one, within=150) for one in desk.publications(2)]

    (post,) = pds.posts(member.did)
    value = post["value"]
    assert value["text"] == SHORT and value["embed"]["images"][0]["alt"] == ALT
    assert [one["features"][0].get("uri") or one["features"][0]["tag"] for one in value["facets"]] == [
        "https://example.org/polarstern",
        "Winterkaffee",
    ]
    shown(pds.blob(member.did, value["embed"]["images"][0]["image"]["ref"]["$link"]))
    in_time(planned, datetime.fromisoformat(value["createdAt"]))

    (article,) = blog.posts(author)
    assert article["title"]["raw"] == TITLE and article["content"]["raw"].startswith(f"{HTML}\n<figure>")
    assert 'alt="Eine Tasse &quot;Morgenrot&quot; &amp; ein Löffel ☕"' in article["content"]["raw"]
    media = blog.media(article["featured_media"])
    assert media["alt_text"] == ALT
    shown(httpx.get(media["source_url"]).content)
    in_time(planned, datetime.fromisoformat(article["date_gmt"]).replace(tzinfo=UTC))

    assert sorted(proofs) == sorted(
        [article["link"], f"https://bsky.app/profile/{member.did}/post/{post['uri'].rsplit('/', 1)[1]}"]
    )
    page = httpx.get(article["link"])
    assert page.status_code == 200 and "gemahlen oder als Bohne &lt;ganz frisch&gt;" in page.text
    assert desk.problems == []


def test_a_wrong_password_is_told_and_nothing_is_connected(house: House, browser: Browser, pds: Bluesky) -> None:
    desk = Desk(house, browser)
    desk.try_to_connect("bluesky", handle=pds.join("falsch").handle, password="abcd-efgh-ijkl-mnop", server=pds.url)
    expect(desk.page.get_by_text("does not accept this name and app password")).to_be_visible()
    desk.page.goto(f"{house.url}/channels/")
    expect(desk.page.get_by_text("falsch.test")).to_have_count(0)


def shown(data: bytes) -> None:
    """The picture of the sample, whatever it was packed in anew."""
    with Picture.open(io.BytesIO(data)) as found:
        assert found.size == (640, 480)
        red, green, blue = found.convert("RGB").getpixel((320, 240))  # type: ignore[misc]  # three values in RGB
    assert max(abs(red - 139), abs(green - 69), abs(blue - 19)) < 6


def in_time(planned: datetime, arrived: datetime) -> None:
    """Not before its time, and not much later."""
    late = arrived - planned
    assert timedelta(seconds=-1) <= late < timedelta(seconds=20), f"late by {late}"
