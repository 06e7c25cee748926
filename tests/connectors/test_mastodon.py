"""What is peculiar to the Mastodon API."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import httpx
import pytest

from leitstand.connectors.errors import Refused, Unreachable, Unsure
from leitstand.connectors.mastodon import Mastodon
from leitstand.connectors.mastodon.own import MOST_PAGES, folded
from leitstand.connectors.mastodon.parse import item, plain
from tests.connectors.examples import CONTENT, EXAMPLES, KEY, PICTURE, SINCE
from tests.wire import Wire, body_of

EXAMPLE = EXAMPLES["mastodon"]
THREAD = replace(CONTENT, thread=("zwei", "drei"))


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("time.sleep", lambda _seconds: None)


@pytest.fixture
def wire() -> Wire:
    return Wire("mastodon")


@pytest.fixture
def speaker(wire: Wire) -> Mastodon:
    return Mastodon(wire.client, EXAMPLE.account)


def test_an_image_is_waited_for(wire: Wire, speaker: Mastodon) -> None:
    speaker.publish(replace(CONTENT, images=(PICTURE,)), KEY)
    assert len(wire.sent("media")) == 2
    assert body_of(wire.sent("publish")[0])["media_ids"] == ["22348641"]


def test_an_image_that_never_gets_ready_is_unreachable(wire: Wire, speaker: Mastodon) -> None:
    wire.answers["media"]["responses"] = [{"status": 206, "json": {}}]
    with pytest.raises(Unreachable):
        speaker.publish(replace(CONTENT, images=(PICTURE,)), KEY)
    assert wire.sent("publish") == []


def test_a_thread_is_chained_under_keys_of_its_own(wire: Wire, speaker: Mastodon) -> None:
    proof = speaker.publish(THREAD, KEY)
    sent = [body_of(request) for request in wire.sent("publish")]
    assert [one.get("in_reply_to_id") for one in sent] == [None, "103254962155278888", "103254962155278889"]
    assert [one["language"] for one in sent] == ["de"] * 3
    assert [request.headers["idempotency-key"] for request in wire.sent("publish")] == [KEY, f"{KEY}-1", f"{KEY}-2"]
    assert proof.parts == ("103254962155278889", "103254962155278890")


@pytest.mark.parametrize("status", [401, 422, 429, 500, 503])
def test_a_torn_thread_is_unsure_whatever_tore_it(status: int, wire: Wire, speaker: Mastodon) -> None:
    """The beginning is out, and the server may have forgotten the key when we come again."""
    answers: list[Any] = [{"status": 200, "json": _first(wire)}, {"status": status, "json": {"error": "no"}}]
    for answer in answers:
        wire.instead("publish", **answer)
    with pytest.raises(Unsure) as told:
        speaker.publish(THREAD, KEY)
    assert "part 2 of 3" in told.value.detail


def _first(wire: Wire) -> Any:
    return wire.answers["publish"]["responses"][0]["json"]


def test_found_by_its_words_with_its_parts(speaker: Mastodon) -> None:
    found = speaker.find(THREAD, KEY, SINCE)
    assert found and found.remote_id == "103254962155278888"
    assert found.parts == ("103254962155278889", "103254962155278890")


def test_the_same_words_of_last_year_are_not_it(speaker: Mastodon) -> None:
    assert speaker.find(replace(CONTENT, text="Etwas anderes"), KEY, SINCE) is None


def status(number: int, text: str, at: str = "2026-11-23T10:00:00.000Z") -> dict[str, Any]:
    return {"id": str(number), "uri": f"https://social.example/{number}", "created_at": at, "content": text}


def test_found_behind_pages_of_other_statuses(wire: Wire, speaker: Mastodon) -> None:
    """A busy account, or a sending that was cut off an hour ago: it may stand on any page since then."""
    wire.instead("find", json=[status(number, "x") for number in range(90, 50, -1)])
    wire.instead("find", json=[status(50, "anders"), status(49, "eins"), status(48, "eins", "2020-01-01T00:00:00Z")])
    found = speaker.find(replace(CONTENT, text="eins"), KEY, SINCE)
    assert found and found.remote_id == "49"
    assert [request.url.params.get("max_id") for request in wire.sent("find")] == [None, "51"]


def test_what_nobody_could_read_to_the_end_is_not_missing(wire: Wire, speaker: Mastodon) -> None:
    wire.answers["find"]["response"]["json"] = [status(1, "x")]
    with pytest.raises(Unreachable):
        speaker.find(replace(CONTENT, text="eins"), KEY, SINCE)
    assert len(wire.sent("find")) == MOST_PAGES


def test_who_types_http_is_asked_for_https_before_the_token_goes_out() -> None:
    wire = Wire("mastodon")
    wire.instead("instance", status=301, headers={"location": "https://social.example/api/v2/instance"})
    made = Mastodon.connect(wire.client, {"server": "http://social.example", "token": "t0ken"})
    assert made.account.address == "https://social.example"
    assert [request.url for request in wire.requests if request.url.scheme == "http"] == [wire.requests[0].url]
    assert "authorization" not in wire.requests[0].headers


def test_a_mention_reads_shorter_on_the_server() -> None:
    html = '<p><span class="h-card"><a href="#">@<span>otto</span></a></span> hallo<br />du</p><p>da</p>'
    assert folded(plain(html)) == folded("@otto@social.example hallo\ndu\n\nda")


def test_listening_goes_on_at_the_cursor(wire: Wire, speaker: Mastodon) -> None:
    cursor = speaker.listen(None).cursor
    speaker.listen(cursor)
    assert "min_id" not in wire.requests[0].url.params
    assert wire.requests[1].url.params["min_id"] == "34975861"


def test_ids_need_not_be_numbers() -> None:
    wire = Wire("mastodon")
    note = wire.answers["listen"]["responses"][1]["json"][0] | {"id": "01HVX5R2M0ABCDEF"}
    wire.instead("listen", json=[note])
    assert Mastodon(wire.client, EXAMPLE.account).listen("01HVX5R2M0").cursor == "01HVX5R2M0ABCDEF"


def test_a_mention_is_read_whole(wire: Wire) -> None:
    heard = item(wire.answers["listen"]["responses"][0]["json"][0])
    assert (heard.text, heard.kind, heard.in_reply_to) == ("@roesterei Wann geöffnet?", "reply", "103186038209478945")
    assert (heard.author.handle, heard.author.name, heard.author.followers) == ("zsc@other.example",) * 2 + (12,)


@pytest.mark.parametrize(
    ("seen_by", "private"), [("public", False), ("unlisted", False), ("private", True), ("direct", True)]
)
def test_an_answer_is_seen_by_those_who_see_what_it_answers(
    seen_by: str, private: bool, wire: Wire, speaker: Mastodon
) -> None:
    """A private question must never be answered in public, whatever the default of our account is."""
    note = wire.answers["listen"]["responses"][0]["json"][0]
    note["status"] |= {"visibility": seen_by}
    wire.instead("answered", json=note["status"])
    speaker.reply(EXAMPLE.answered, CONTENT, KEY)
    assert item(note).is_private is private
    assert body_of(wire.sent("reply")[0])["visibility"] == seen_by


def test_where_nobody_tells_who_may_see_it_nothing_is_answered(wire: Wire, speaker: Mastodon) -> None:
    del wire.answers["answered"]["response"]["json"]["visibility"]
    with pytest.raises(Unreachable):
        speaker.reply(EXAMPLE.answered, CONTENT, KEY)
    assert wire.sent("reply") == []


@pytest.mark.parametrize(
    ("acct", "text", "sent"),
    [
        ("zsc@other.example", "Um acht.", "@zsc@other.example Um acht."),
        ("zsc@other.example", "Ja, @ZSC@other.example, um acht.", "Ja, @ZSC@other.example, um acht."),
        ("zsc@other.example", "@zsc Um acht.", "@zsc@other.example @zsc Um acht."),
        ("zsc", "Fragen Sie @zsc.", "Fragen Sie @zsc."),
        ("zsc", "@zsc@social.example Ja.", "@zsc@social.example Ja."),
        ("zsc", "@zsc@other.example Ja.", "@zsc @zsc@other.example Ja."),
        ("zsc", "a@zsc und @zsc-2", "@zsc a@zsc und @zsc-2"),
    ],
)
def test_who_is_answered_is_mentioned_once(acct: str, text: str, sent: str, wire: Wire, speaker: Mastodon) -> None:
    wire.answers["answered"]["response"]["json"]["account"]["acct"] = acct
    speaker.reply(EXAMPLE.answered, replace(CONTENT, text=text), KEY)
    assert body_of(wire.sent("reply")[0])["status"] == sent


def test_we_do_not_mention_ourselves(wire: Wire, speaker: Mastodon) -> None:
    wire.answers["answered"]["response"]["json"]["account"] = {"id": "14715", "acct": "roesterei"}
    speaker.reply(EXAMPLE.answered, CONTENT, KEY)
    assert body_of(wire.sent("reply")[0])["status"] == CONTENT.text


def test_an_answer_that_is_too_long_with_its_mention_is_refused(wire: Wire, speaker: Mastodon) -> None:
    told = "Validation failed: Text character limit of 500 exceeded"
    wire.instead("reply", status=422, json={"error": told})
    with pytest.raises(Refused) as refused:
        speaker.reply(EXAMPLE.answered, replace(CONTENT, text="x" * 499), KEY)
    assert refused.value.places["reason"] == told


def test_an_answer_is_found_by_the_words_that_were_typed(wire: Wire, speaker: Mastodon) -> None:
    ours = status(60, "@zsc Um acht.") | {"in_reply_to_id": EXAMPLE.answered}
    wire.instead("find", json=[ours, status(59, "Um acht.", "2020-01-01T00:00:00Z")])
    found = speaker.find(replace(CONTENT, text="Um acht.", in_reply_to=EXAMPLE.answered), KEY, SINCE)
    assert found and found.remote_id == "60"


def test_the_same_words_to_somebody_else_are_not_it(wire: Wire, speaker: Mastodon) -> None:
    wire.instead("find", json=[status(60, "@otto Danke!"), status(59, "x", "2020-01-01T00:00:00Z")])
    assert speaker.find(replace(CONTENT, text="Danke!", in_reply_to=EXAMPLE.answered), KEY, SINCE) is None


def test_what_people_filtered_is_heard_too(wire: Wire, speaker: Mastodon) -> None:
    speaker.listen(None)
    assert wire.requests[0].url.params["include_filtered"] == "true"


def test_an_author_may_have_no_page(wire: Wire) -> None:
    note = wire.answers["listen"]["responses"][0]["json"][0]
    assert item(note | {"account": note["account"] | {"url": None}}).author.url == ""


def test_an_edit_sends_its_images_again(wire: Wire, speaker: Mastodon) -> None:
    speaker.edit(EXAMPLE.published, replace(CONTENT, images=(PICTURE,)))
    assert body_of(wire.sent("edit")[0])["media_ids"] == ["22348641"]


def test_limits_and_rights_of_the_server(wire: Wire, speaker: Mastodon) -> None:
    wire.instead("scopes", json={"scopes": ["read", "write:media"]})
    connected = speaker.check()
    assert connected.limits["limit"] == 1000
    assert (connected.may_publish, connected.may_read_replies) == (False, True)


@pytest.mark.parametrize("status", [404, 403])
def test_other_servers_tell_less(status: int, wire: Wire, speaker: Mastodon) -> None:
    for name in ("instance", "scopes"):
        wire.instead(name, status=status, json={"error": "no"})
    connected = speaker.check()
    assert connected.limits == {} and connected.may_publish
    assert connected.account.handle == "roesterei@social.example"


def test_a_server_may_be_given_as_one_likes() -> None:
    for typed in (
        "social.example",
        "https://social.example/",
        "@roesterei@social.example",
        "social.example/@roesterei",
    ):
        wire = Wire("mastodon")
        Mastodon.connect(wire.client, {"server": typed, "token": "t0ken"})
        assert {str(request.url.copy_with(path="/")) for request in wire.requests} == {"https://social.example/"}


def test_an_empty_first_page_is_no_cursor() -> None:
    wire = Wire("mastodon")
    wire.instead("listen", json=[])
    page = Mastodon(wire.client, EXAMPLE.account).listen(None)
    assert (page.items, page.cursor, page.more) == ((), None, False)


def test_a_lost_upload_is_harmless(wire: Wire, speaker: Mastodon) -> None:
    wire.instead("upload", httpx.ReadTimeout("slow"))
    with pytest.raises(Unreachable):
        speaker.publish(replace(CONTENT, images=(PICTURE,)), KEY)
