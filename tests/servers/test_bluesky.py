"""The life of a channel on a real Bluesky server; what is there is read without our connector."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from urllib.parse import quote

import httpx
import pytest

from leitstand.connectors.bluesky import Bluesky as Connector
from leitstand.connectors.errors import NotAllowed, Refused, Unreachable
from leitstand.connectors.protocol import Account, Content, Figures, can
from tests.servers.bluesky import POST, Bluesky, Member, expired
from tests.servers.samples import ALT, WORDS, image, jpeg, key

CONTENT = Content(WORDS, language="de")
LONG_AGO = datetime.now(UTC) - timedelta(days=1)
numbers = count(1)


@pytest.fixture
def member(pds: Bluesky) -> Member:
    """A new account for each test."""
    return pds.join(f"roesterei{next(numbers)}")


@pytest.fixture
def speaker(pds: Bluesky, wire: httpx.Client, member: Member) -> Iterator[Connector]:
    """Our connector, connected as that account."""
    yield Connector(wire, Connector.connect(wire, form(pds, member)).account)


def form(pds: Bluesky, member: Member, **other: str) -> dict[str, str]:
    """What a person types to connect."""
    return {"handle": f"@{member.handle}", "password": member.password, "server": pds.url} | other


def with_secrets(speaker: Connector, **secrets: str) -> Connector:
    """The same connector, after its secrets became these."""
    account = replace(speaker.account, secrets={**speaker.account.secrets, **secrets})
    return Connector(speaker.session.wire, account)


def test_it_connects(pds: Bluesky, wire: httpx.Client, member: Member) -> None:
    made = Connector.connect(wire, form(pds, member))
    assert (made.account.handle, made.account.remote_id) == (member.handle, member.did)
    assert made.account.address == pds.url and made.may_publish
    assert not made.may_read_replies, "a bare server has nobody who collects replies"


def test_it_signs_in_by_its_identity_whatever_its_name_is(speaker: Connector, member: Member) -> None:
    renamed = with_secrets(speaker, handle="another-name.test", access="", refresh="")
    assert renamed.check().account.handle == member.handle


@pytest.mark.parametrize("wrong", [{"password": "abcd-efgh-ijkl-mnop"}, {"handle": "nobody-here.test"}])
def test_a_wrong_name_or_password_is_told(
    pds: Bluesky, wire: httpx.Client, member: Member, wrong: dict[str, str]
) -> None:
    with pytest.raises(NotAllowed) as told:
        Connector.connect(wire, form(pds, member, **wrong))
    assert "app password" in told.value.say and member.password not in str(told.value)


def test_text_arrives_as_it_was_written(pds: Bluesky, speaker: Connector, member: Member) -> None:
    proof = speaker.publish(CONTENT, key())
    value = pds.post(proof.remote_id)["value"]
    assert value["text"] == WORDS and value["langs"] == ["de"]
    assert proof.url == f"https://bsky.app/profile/{member.did}/post/{proof.remote_id.rsplit('/', 1)[1]}"
    assert abs(proof.at - datetime.fromisoformat(value["createdAt"])) < timedelta(seconds=1)


def test_links_tags_and_mentions_point_at_the_right_bytes(pds: Bluesky, speaker: Connector) -> None:
    fan = pds.join(f"fan{next(numbers)}")
    text = f"Süß 👩‍🍳 @{fan.handle} #Kaffee https://example.org/ä?x=1 @nobody-at-all.test"
    value = pds.post(speaker.publish(replace(CONTENT, text=text), key()).remote_id)["value"]
    found = {_marked(text, one["index"]): one["features"][0] for one in value["facets"]}
    assert set(found) == {f"@{fan.handle}", "#Kaffee", "https://example.org/ä?x=1"}
    assert found[f"@{fan.handle}"]["did"] == fan.did and found["#Kaffee"]["tag"] == "Kaffee"


def _marked(text: str, index: dict[str, int]) -> str:
    return text.encode()[index["byteStart"] : index["byteEnd"]].decode()


def test_an_image_arrives_with_its_alternative_text(pds: Bluesky, speaker: Connector, member: Member) -> None:
    proof = speaker.publish(replace(CONTENT, images=(image(), image("Zweites Bild"))), key())
    shown = pds.post(proof.remote_id)["value"]["embed"]["images"]
    assert [one["alt"] for one in shown] == [ALT, "Zweites Bild"]
    assert shown[0]["aspectRatio"] == {"width": 640, "height": 480}
    assert pds.blob(member.did, shown[0]["image"]["ref"]["$link"]) == jpeg()


def test_a_thread_hangs_together(pds: Bluesky, speaker: Connector, member: Member) -> None:
    proof = speaker.publish(replace(CONTENT, thread=("Zwei", "Drei")), key())
    first, second, third = (pds.post(uri) for uri in (proof.remote_id, *proof.parts))
    assert [one["value"]["text"] for one in (first, second, third)] == [WORDS, "Zwei", "Drei"]
    assert [one["value"]["reply"]["root"]["cid"] for one in (second, third)] == [first["cid"]] * 2
    assert [one["value"]["reply"]["parent"]["uri"] for one in (second, third)] == [first["uri"], second["uri"]]
    assert len(pds.posts(member.did)) == 3


def test_an_answer_stands_below_its_parent_in_the_whole_conversation(pds: Bluesky, speaker: Connector) -> None:
    ours = pds.post(speaker.publish(CONTENT, key()).remote_id)
    root = {"uri": ours["uri"], "cid": ours["cid"]}
    said = pds.write(pds.join(f"mia{next(numbers)}"), "Ist der vegan?", {"root": root, "parent": root})
    answer = speaker.reply(said["uri"], replace(CONTENT, text="Ja."), key())
    assert pds.post(answer.remote_id)["value"]["reply"] == {"root": root, "parent": said}


def test_one_key_makes_one_post(pds: Bluesky, speaker: Connector, member: Member) -> None:
    mark = key()
    first, second = speaker.publish(CONTENT, mark), speaker.publish(CONTENT, mark)
    assert first.remote_id == second.remote_id and len(pds.posts(member.did)) == 1
    assert speaker.publish(CONTENT, key()).remote_id != first.remote_id and len(pds.posts(member.did)) == 2


def test_a_sending_is_found_by_its_key(speaker: Connector) -> None:
    mark = key()
    assert speaker.find(CONTENT, mark, LONG_AGO) is None
    proof = speaker.publish(CONTENT, mark)
    found = speaker.find(CONTENT, mark, LONG_AGO)
    assert found and (found.remote_id, found.url) == (proof.remote_id, proof.url)


def test_a_torn_thread_is_mended_by_the_same_key(pds: Bluesky, speaker: Connector, member: Member) -> None:
    mark, thread = key(), replace(CONTENT, thread=("Zwei", "Drei"))
    speaker.publish(replace(thread, thread=("Zwei",)), mark)
    whole = speaker.publish(thread, mark)
    assert len(whole.parts) == 2 and len(pds.posts(member.did)) == 3
    assert speaker.find(thread, mark, LONG_AGO) == replace(whole, at=pds_time(pds, whole.remote_id))


def pds_time(pds: Bluesky, uri: str) -> datetime:
    """When the server's record says it was made."""
    return datetime.fromisoformat(pds.post(uri)["value"]["createdAt"])


def test_it_is_deleted_once_and_for_all(pds: Bluesky, speaker: Connector, member: Member) -> None:
    mark = key()
    proof = speaker.publish(CONTENT, mark)
    speaker.delete(proof.remote_id)
    speaker.delete(proof.remote_id)
    assert pds.posts(member.did) == [] and speaker.find(CONTENT, mark, LONG_AGO) is None


def test_nothing_is_edited_in_place(speaker: Connector) -> None:
    assert not can(speaker, "edit")


def test_the_limit_is_the_one_we_count_by(pds: Bluesky, speaker: Connector, member: Member) -> None:
    fits = "👩‍🍳" * 150 + "ä" * 150
    assert pds.post(speaker.publish(replace(CONTENT, text=fits), key()).remote_id)["value"]["text"] == fits
    with pytest.raises(Refused) as told:
        speaker.publish(replace(CONTENT, text=fits + "x"), key())
    assert told.value.status == 400 and len(pds.posts(member.did)) == 1


def test_an_image_that_is_too_large_is_refused(pds: Bluesky, speaker: Connector, member: Member) -> None:
    heavy = replace(image(), data=jpeg() + b"\0" * 1_000_001)
    with pytest.raises(Refused):
        speaker.publish(replace(CONTENT, images=(heavy,)), key())
    assert pds.posts(member.did) == []


def test_an_answer_to_what_is_gone_is_refused(pds: Bluesky, speaker: Connector, member: Member) -> None:
    gone = speaker.publish(CONTENT, key()).remote_id
    speaker.delete(gone)
    with pytest.raises(Refused):
        speaker.reply(gone, CONTENT, key())
    assert pds.posts(member.did) == []


def test_a_session_that_has_run_out_is_renewed(pds: Bluesky, speaker: Connector, member: Member) -> None:
    stale = expired(speaker.account.secrets["access"])
    late = with_secrets(speaker, access=stale)
    late.publish(CONTENT, key())
    assert late.account.secrets["access"] != stale
    assert late.account.secrets["refresh"] != speaker.account.secrets["refresh"] and len(pds.posts(member.did)) == 1


def test_where_the_refresh_token_is_dead_the_password_serves(pds: Bluesky, speaker: Connector, member: Member) -> None:
    pds.end_session(speaker.account.secrets["refresh"])
    late = with_secrets(speaker, access=expired(speaker.account.secrets["access"]))
    late.publish(CONTENT, key())
    assert len(pds.posts(member.did)) == 1


def test_refreshing_gives_new_tokens(speaker: Connector) -> None:
    before = dict(speaker.account.secrets)
    after = speaker.refresh().secrets
    assert after["refresh"] != before["refresh"] and after["password"] == before["password"]


def test_a_withdrawn_password_asks_for_reconnection(pds: Bluesky, speaker: Connector, member: Member) -> None:
    pds.withdraw(member)
    late = with_secrets(speaker, access=expired(speaker.account.secrets["access"]))
    with pytest.raises(NotAllowed):
        late.publish(CONTENT, key())
    assert pds.posts(member.did) == []


def test_without_an_appview_there_is_silence_and_no_failure(speaker: Connector) -> None:
    proof = speaker.publish(CONTENT, key())
    assert speaker.listen(None).items == ()
    assert speaker.measure(proof.remote_id) == speaker.measure_account() == Figures()


def test_a_server_that_is_down_is_unreachable(wire: httpx.Client, speaker: Connector) -> None:
    nowhere = Account("http://127.0.0.1:1", speaker.account.handle, speaker.account.secrets, speaker.account.remote_id)
    with pytest.raises(Unreachable):
        Connector(wire, nowhere).publish(CONTENT, key())


def test_the_record_has_a_valid_address(pds: Bluesky, speaker: Connector, member: Member) -> None:
    proof = speaker.publish(CONTENT, key())
    assert proof.remote_id.startswith(f"at://{member.did}/{POST}/")
    query = f"repo={quote(member.did)}&collection={POST}&rkey={proof.remote_id.rsplit('/', 1)[1]}"
    assert httpx.get(f"{pds.url}/xrpc/com.atproto.repo.getRecord?{query}").status_code == 200
