"""What is peculiar to the AT Protocol."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from leitstand.connectors.bluesky import Bluesky
from leitstand.connectors.bluesky.keys import key_at, record_key
from leitstand.connectors.bluesky.records import facets, post
from leitstand.connectors.errors import NotAllowed, Refused, Unreachable, Unsure
from tests.connectors.examples import CONTENT, EXAMPLES, KEY, PICTURE, SINCE
from tests.wire import Json, Wire, body_of

EXAMPLE = EXAMPLES["bluesky"]
DID = EXAMPLE.account.remote_id
EXPIRED: Json = {"status": 400, "json": {"error": "ExpiredToken", "message": "Token has expired"}}
NO_APPVIEW: Json = {"status": 400, "json": {"error": "InvalidRequest", "message": "No service configured for app.bsky"}}
THERE: Json = {
    "json": {
        "uri": f"at://{DID}/app.bsky.feed.post/3there",
        "cid": "bafythere",
        "value": {"createdAt": "2026-11-23T10:00:00.000Z", "text": "…"},
    }
}


@pytest.fixture
def wire() -> Wire:
    return Wire("bluesky")


@pytest.fixture
def speaker(wire: Wire) -> Bluesky:
    return Bluesky(wire.client, EXAMPLE.account)


@given(st.uuids().map(str) | st.text())
def test_record_keys_are_tids_of_the_past(key: str) -> None:
    """https://atproto.com/specs/tid#tid-syntax"""
    made = record_key(key)
    assert re.fullmatch("[234567abcdefghij][234567abcdefghijklmnopqrstuvwxyz]{12}", made)
    assert record_key(key) == made
    number = 0
    for letter in made:
        number = number << 5 | "234567abcdefghijklmnopqrstuvwxyz".index(letter)
    assert 2019 <= datetime.fromtimestamp((number >> 10) / 1_000_000, UTC).year <= 2022


def test_record_keys_differ() -> None:
    assert len({record_key(f"{KEY}-{number}") for number in range(10_000)}) == 10_000


def test_facets_point_at_bytes() -> None:
    text = "Größe ☕ https://a.example/ä, #Röstung (#2026 #a1) @lena.example @unknown.example mail@lena.example"
    raw = text.encode()
    found = {
        raw[facet["index"]["byteStart"] : facet["index"]["byteEnd"]].decode(): facet["features"][0]
        for facet in facets(text, {"lena.example": "did:plc:fan"})
    }
    assert list(found) == ["https://a.example/ä", "#Röstung", "#a1", "@lena.example"]
    assert found["https://a.example/ä"]["uri"] == "https://a.example/ä"
    assert found["#Röstung"]["tag"] == "Röstung"
    assert found["@lena.example"] == {"$type": "app.bsky.richtext.facet#mention", "did": "did:plc:fan"}


TAGS = [
    ("Neu: #E-Bike und #Bio-Kaffee!", ["E-Bike", "Bio-Kaffee"]),
    ("#3D-Druck #1a #2026 #!!! # #…", ["3D-Druck", "1a"]),
    ('#l\'eau, #tag’s. "#kein" a#kein ＃Röstung #☕️', ["l'eau", "tag’s", "Röstung", "☕️"]),
    ("#\ufe0fkein #an\u200bders", ["an"]),
    ("#" + "ä" * 64 + " #" + "x" * 65, ["ä" * 64]),
    ("#" + "👨🏽" * 64 + " #" + "e\u0301\u0301\u0301\u0301\u0301" * 60, ["👨🏽" * 64]),
]


@pytest.mark.parametrize(("text", "tags"), TAGS)
def test_hashtags_end_where_the_app_ends_them_and_long_ones_are_none(text: str, tags: list[str]) -> None:
    raw, found = text.encode(), facets(text, {})
    assert [facet["features"][0]["tag"] for facet in found] == tags
    for facet, tag in zip(found, tags, strict=True):
        assert raw[facet["index"]["byteStart"] : facet["index"]["byteEnd"]].decode() in (f"#{tag}", f"＃{tag}")


@given(st.text())
def test_any_text_makes_a_record(text: str) -> None:
    record = post(replace(CONTENT, text=text), datetime.now(UTC), {})
    size = len(text.encode())
    assert all(0 <= one["index"]["byteStart"] < one["index"]["byteEnd"] <= size for one in record["facets"])


def test_a_post_is_whole(wire: Wire, speaker: Bluesky) -> None:
    speaker.publish(replace(CONTENT, text="Hallo @lena.example und @niemand.example", images=(PICTURE,)), KEY)
    sent = body_of(wire.sent("publish")[0])
    assert (sent["repo"], sent["collection"], sent["rkey"]) == (DID, "app.bsky.feed.post", record_key(KEY))
    record = sent["record"]
    assert record["langs"] == ["de"] and record["createdAt"].endswith("Z")
    assert [facet["features"][0].get("did") for facet in record["facets"]] == ["did:plc:fan"]
    shown = record["embed"]["images"][0]
    assert shown["alt"] == PICTURE.alt and shown["aspectRatio"] == {"width": 800, "height": 600}
    assert shown["image"]["ref"] == {"$link": "bafkreiblob"}
    assert wire.sent("upload")[0].headers["content-type"] == "image/jpeg"


def test_an_unknown_proportion_is_not_told(wire: Wire, speaker: Bluesky) -> None:
    speaker.publish(replace(CONTENT, images=(replace(PICTURE, width=0),)), KEY)
    assert "aspectRatio" not in body_of(wire.sent("publish")[0])["record"]["embed"]["images"][0]


def test_a_thread_has_one_root(wire: Wire, speaker: Bluesky) -> None:
    speaker.publish(replace(CONTENT, thread=("zwei", "drei")), KEY)
    replies = [body_of(request)["record"].get("reply") for request in wire.sent("publish")]
    assert replies[0] is None
    assert [reply["root"]["cid"] for reply in replies[1:]] == ["bafyreib1", "bafyreib1"]
    assert [reply["parent"]["cid"] for reply in replies[1:]] == ["bafyreib1", "bafyreib2"]


def test_an_answer_keeps_the_root_of_its_thread(wire: Wire, speaker: Bluesky) -> None:
    speaker.reply(EXAMPLE.answered, CONTENT, KEY)
    reply = body_of(wire.sent("publish")[0])["record"]["reply"]
    assert (reply["root"]["cid"], reply["parent"]["cid"]) == ("bafyroot", "bafyfan2")


@pytest.mark.parametrize("broken", [{"status": 500, "json": {"error": "InternalServerError"}}, {"text": "<html>"}])
def test_a_repeated_sending_finds_the_first(broken: Json, wire: Wire, speaker: Bluesky) -> None:
    """A key that is there already makes the server fail; then what is there is the proof."""
    wire.instead("publish", **broken)
    wire.instead("get_record", **THERE)
    proof = speaker.publish(CONTENT, KEY)
    assert proof.remote_id.endswith("3there") and proof.at == datetime(2026, 11, 23, 10, tzinfo=UTC)
    assert wire.sent("get_record")[0].url.params["rkey"] == record_key(KEY)


@pytest.mark.parametrize("status", [429, 500, 401])
def test_when_even_the_look_up_fails_it_stays_unsure(status: int, wire: Wire, speaker: Bluesky) -> None:
    wire.instead("publish", httpx.ReadTimeout("slow"))
    for _time in range(3):
        wire.instead("get_record", status=status, json={"error": "Trouble"})
    with pytest.raises(Unsure):
        speaker.publish(CONTENT, KEY)


@pytest.mark.parametrize("status", [429, 400, 408, 500])
def test_a_torn_thread_is_unsure_whatever_is_answered(status: int, wire: Wire, speaker: Bluesky) -> None:
    first = wire.answers["publish"]["responses"][0]
    wire.instead("publish", **first)
    wire.instead("publish", status=status, json={"error": "No"})
    with pytest.raises(Unsure):
        speaker.publish(replace(CONTENT, thread=("zwei", "drei")), KEY)


def test_found_with_the_parts_that_are_there(wire: Wire, speaker: Bluesky) -> None:
    for _time in range(2):
        wire.instead("get_record", **THERE)
    found = speaker.find(replace(CONTENT, thread=("zwei", "drei")), KEY, SINCE)
    assert found and len(found.parts) == 1
    assert len(wire.sent("get_record")) == 3


def test_an_expired_session_is_renewed_once(wire: Wire, speaker: Bluesky) -> None:
    wire.instead("publish", **EXPIRED)
    speaker.publish(CONTENT, KEY)
    tokens = [request.headers["authorization"] for request in wire.sent("publish")]
    assert tokens == [f"Bearer {EXAMPLE.account.secrets['access']}", "Bearer eyJhbGciOiJI.access2.c2lnbmF0dXJl"]
    assert wire.sent("renew")[0].headers["authorization"] == f"Bearer {EXAMPLE.account.secrets['refresh']}"
    assert speaker.account.secrets["refresh"].endswith("refresh2.c2lnbmF0dXJl")
    assert speaker.account.secrets["password"] == EXAMPLE.account.secrets["password"]


def test_an_expired_refresh_token_signs_in_anew(wire: Wire, speaker: Bluesky) -> None:
    wire.instead("publish", **EXPIRED)
    wire.instead("renew", **EXPIRED)
    speaker.publish(CONTENT, KEY)
    assert len(wire.sent("sign_in")) == 1 and len(wire.sent("publish")) == 2


def test_a_name_may_change_what_is_ours_keeps_its_address(wire: Wire, speaker: Bluesky) -> None:
    """The proof, what others say, and how we sign in: all by the identity, which never changes."""
    app = "https://bsky.app/profile"
    assert speaker.publish(CONTENT, KEY).url == f"{app}/{DID}/post/3made1"
    heard = speaker.listen(None).items[0]
    assert heard.url.startswith(f"{app}/did:plc:fan/post/") and heard.author.url == f"{app}/did:plc:fan"
    Bluesky(wire.client, replace(EXAMPLE.account, handle="alt.example", secrets={"password": "geheim"})).check()
    Bluesky.connect(wire.client, EXAMPLE.form)
    assert [body_of(request)["identifier"] for request in wire.sent("sign_in")] == [DID, "roesterei.example"]


def test_checking_does_not_sign_in(wire: Wire, speaker: Bluesky) -> None:
    speaker.check()
    assert wire.sent("sign_in") == []


@pytest.mark.parametrize("status", [400, 401])
def test_a_wrong_password_is_told_as_such(status: int) -> None:
    wire = Wire("bluesky")
    wire.instead("sign_in", status=status, json={"error": "AuthenticationRequired", "message": "Invalid identifier"})
    with pytest.raises(NotAllowed) as told:
        Bluesky.connect(wire.client, EXAMPLE.form)
    assert "app password" in told.value.say


def test_the_server_need_not_be_given() -> None:
    wire = Wire("bluesky")
    connected = Bluesky.connect(wire.client, {"handle": "roesterei.example", "password": "x", "server": ""})
    assert connected.account.address == "https://bsky.social"


@pytest.mark.parametrize("bare", [NO_APPVIEW, {"status": 501, "json": {"error": "MethodNotImplemented"}}])
def test_a_bare_server_publishes_and_hears_nothing(bare: Json, wire: Wire, speaker: Bluesky) -> None:
    for name in ("profile", "listen", "measure"):
        for _time in range(2):
            wire.instead(name, **bare)
    connected = speaker.check()
    assert connected.may_publish and not connected.may_read_replies and connected.display_name == "roesterei.example"
    assert speaker.listen("2026-11-23T10:00:00.000Z").cursor == "2026-11-23T10:00:00.000Z"
    assert speaker.measure(EXAMPLE.published).likes is None
    assert speaker.measure_account().followers is None


def test_an_appview_in_trouble_is_no_bare_server(wire: Wire, speaker: Bluesky, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("time.sleep", lambda _seconds: None)
    wire.instead("listen", status=400, json={"error": "InvalidRequest", "message": "odd cursor"})
    with pytest.raises(Refused):
        speaker.listen(None)
    for _time in range(3):
        wire.instead("listen", status=502, json={"error": "UpstreamFailure"})
    with pytest.raises(Unreachable):
        speaker.listen(None)


def test_many_notifications_are_paged_back_to_the_cursor(wire: Wire, speaker: Bluesky) -> None:
    wire.instead("listen", **_page([20, 10], ""))
    read = speaker.listen(None).cursor
    for page in (_page([90, 80, 70], "70"), _page([60, 50, 40], "40"), _page([30, 20, 10], "10"), _page([0], "")):
        wire.instead("listen", **page)
    heard = speaker.listen(read)
    assert [item.text for item in heard.items] == ["30", "40", "50", "60", "70", "80", "90"]
    assert [request.url.params.get("cursor") for request in wire.sent("listen")] == [None, None, "70", "40", "10"]


def test_what_comes_in_below_the_cursor_is_heard_once(wire: Wire, speaker: Bluesky) -> None:
    """The clock of a writer's device runs behind, or the appview was slow: up to a quarter of an hour."""
    wire.instead("listen", **_page([60], ""))
    cursor = speaker.listen(None).cursor
    for notes, heard in (([60, 50], ["50"]), ([60, 50, 46, 44], ["46"]), ([61, 60, 50, 46], ["61"]), ([61, 50], [])):
        wire.instead("listen", **_page(notes, ""))
        page = speaker.listen(cursor)
        cursor = page.cursor
        assert [item.text for item in page.items] == heard


def _page(minutes: list[int], cursor: str) -> Json:
    return {"json": {"notifications": [_note(minute) for minute in minutes], "cursor": cursor}}


def _note(minute: int) -> Json:
    author = {"did": "did:plc:fan", "handle": "lena.example"}
    uri, record = f"at://did:plc:fan/app.bsky.feed.post/{minute}", {"text": str(minute)}
    at = f"2026-11-23T1{minute // 60}:{minute % 60:02}:00.000Z"
    return {"uri": uri, "cid": "c", "author": author, "reason": "mention", "record": record, "indexedAt": at}


def test_what_apps_wrote_is_read_page_by_page_until_one_is_older(wire: Wire, speaker: Bluesky) -> None:
    """Our own posts bear keys of earlier years and stand below: they are known anyway."""

    def record(at: datetime) -> Json:
        reply = {"root": {"uri": "at://x", "cid": "c"}, "parent": {"uri": "at://x", "cid": "c"}}
        value = {"text": "Ja.", "createdAt": "2026-11-23T10:00:00Z", "reply": reply}
        return {"uri": f"at://{DID}/app.bsky.feed.post/{key_at(at)}", "cid": "c", "value": value}

    newer, older = SINCE + timedelta(minutes=1), SINCE - timedelta(minutes=1)
    wire.instead("recall", json={"records": [record(newer)], "cursor": "a"})
    wire.instead("recall", json={"records": [record(SINCE), record(older)], "cursor": "b"})
    keys = [item.remote_id.rsplit("/")[-1] for item in speaker.own_answers(SINCE)]
    assert keys == [key_at(SINCE), key_at(newer)]
    assert record_key(KEY) < key_at(SINCE)
    assert [request.url.params.get("cursor") for request in wire.sent("recall")] == [None, "a"]
