"""The worker is ended with kill -9 in the middle of a sending; the real server holds the post exactly once.

A relay before the server holds back the one request that makes the post: before the server has seen it, or after the
server has accepted it and before we hear of it. A third time nobody is killed, the connection only breaks.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import pytest
from playwright.sync_api import Browser

from tests.running import House
from tests.servers.bluesky import Bluesky
from tests.servers.desk import Desk
from tests.servers.relay import Relay, relaying
from tests.servers.wordpress import WordPress

TEXT = "Unser Winterkaffee „Polarstern“ ist da, mit einer Note von Orange."
TITLE = "Der Winterkaffee ist da"
# A post that is not found is sent anew only when its sending must be over, after a minute, and the network has settled
# after that: 120 seconds for WordPress.
WITHIN = 300


def kill_worker(house: House) -> None:
    """kill -9 on the process that sends; `leitstand run` starts another one."""
    _web, worker = Path(f"/proc/{house.process.pid}/task/{house.process.pid}/children").read_text().split()[:2]
    os.kill(int(worker), signal.SIGKILL)


def leave_worker(_house: House) -> None:
    """Nothing but the connection breaks."""


HOW = [
    pytest.param(False, kill_worker, id="killed-before-it-was-accepted"),
    pytest.param(True, kill_worker, id="killed-after-it-was-accepted"),
    pytest.param(True, leave_worker, id="cut-off-after-it-was-accepted"),
]


@pytest.mark.parametrize(("after", "harm"), HOW)
def test_bluesky_holds_it_once(
    house: House, browser: Browser, pds: Bluesky, after: bool, harm: Callable[[House], None]
) -> None:
    member = pds.join(f"k{uuid4().hex[:10]}")
    with relaying(pds.url) as relay:
        desk = Desk(house, browser)
        desk.connect_bluesky(member, relay.url)
        relay.hold("com.atproto.repo.createRecord", after=after)
        proof = sent_in_spite(desk, relay, member.handle, harm)
    (post,) = pds.posts(member.did)
    assert post["value"]["text"] == TEXT
    assert proof.endswith(post["uri"].rsplit("/", 1)[1])


@pytest.mark.parametrize(("after", "harm"), HOW)
def test_wordpress_holds_it_once(
    house: House, browser: Browser, blog: WordPress, after: bool, harm: Callable[[House], None]
) -> None:
    author = blog.author(f"k{uuid4().hex[:10]}")
    with relaying(blog.url) as relay:
        desk = Desk(house, browser)
        desk.connect_wordpress(author, relay.url)
        relay.hold("/wp/v2/posts", after=after)
        proof = sent_in_spite(desk, relay, author.name, harm)
    (article,) = blog.posts(author)
    assert article["title"]["raw"] == TITLE and TEXT in article["content"]["raw"]
    assert proof.endswith(article["link"].removeprefix(blog.url))


def sent_in_spite(desk: Desk, relay: Relay, channel: str, harm: Callable[[House], None]) -> str:
    """Publishes at once, harms the sending in its middle, and waits for the proof."""
    desk.compose(TEXT, TITLE, {channel: ""})
    desk.publish_now()
    (publication,) = desk.publications(1)
    assert relay.holding.wait(30), "nothing was sent"
    harm(desk.house)
    relay.let_go()
    return desk.proof(publication, WITHIN)
