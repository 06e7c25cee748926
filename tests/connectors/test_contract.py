"""One contract over all connectors of the registry: what holds for one holds for all."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import httpx
import pytest

from leitstand.connectors import registry
from leitstand.connectors.errors import ConnectorError, NotAllowed, Refused, TooFast, Unreachable, Unsure
from leitstand.connectors.protocol import ABILITIES, Budget, can
from tests.connectors.examples import CONTENT, EXAMPLES, KEY, OTHER_KEY, PICTURE, SECRET, SINCE, Example
from tests.wire import Wire

ALL = [network.slug for network in registry.networks()]
every = pytest.mark.parametrize("slug", ALL)


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pauses between retries and while media are worked on are not lived through."""
    monkeypatch.setattr("time.sleep", lambda _seconds: None)


def speaker(slug: str, **options: Any) -> tuple[Any, Wire, Example]:
    """A connector on recorded answers."""
    wire, example = Wire(slug, **options), EXAMPLES[slug]
    connector: Any = registry.connector(slug)(wire.client, example.account)
    return connector, wire, example


def who_can(ability: str) -> Any:
    return pytest.mark.parametrize("slug", [slug for slug in ALL if can(registry.connector(slug), ability)])


@every
def test_facts_are_complete(slug: str) -> None:
    facts = registry.network(slug)
    assert facts.slug == slug and facts.name and facts.icon and facts.colour.startswith("#") and facts.guide
    assert facts.fields and all(field.label and field.help for field in facts.fields)
    assert all(field.kind == "password" for field in facts.fields if field.secret)
    assert facts.text.limit or not facts.threads
    assert 0 < facts.settles_in <= 600
    assert facts.house_path or facts.docs_url.startswith("https://")
    assert not facts.media.images or (facts.media.image_bytes and facts.media.types and facts.media.alt_limit)


@every
def test_every_connector_has_an_example_and_tells_what_it_can(slug: str) -> None:
    kind = registry.connector(slug)
    assert slug in EXAMPLES
    assert {"connect", "publish", "find", "delete"} <= {name for name, _what in ABILITIES if can(kind, name)}
    assert all(
        isinstance(EXAMPLES[slug], Example) and can(kind(Wire().client, EXAMPLES[slug].account), "connect") for _ in "x"
    )


@every
def test_connects_with_what_the_form_asks(slug: str) -> None:
    wire, example = Wire(slug), EXAMPLES[slug]
    asked = {field.name for field in registry.network(slug).fields if field.required} | {"address"}
    assert set(example.form) - {"server"} <= asked
    connected = registry.connect(slug, wire.client, example.form)
    assert connected.account.handle == example.handle
    assert (connected.account.address, connected.account.remote_id) == (
        example.account.address,
        example.account.remote_id,
    )
    assert connected.display_name and connected.profile_url.startswith("http")
    assert connected.may_publish and connected.may_read_replies
    assert all(value == value.strip() for value in connected.account.secrets.values())


@every
def test_checks_an_account(slug: str) -> None:
    connector, _wire, example = speaker(slug)
    connected = connector.check()
    assert connected.account.address == example.account.address
    assert connected.account.handle == example.handle


@who_can("publish")
def test_publishes_with_proof(slug: str) -> None:
    connector, wire, example = speaker(slug)
    proof = connector.publish(CONTENT, KEY)
    assert proof.remote_id == example.published
    assert proof.url.startswith("http") and proof.at.tzinfo is not None
    assert len(wire.sent("publish")) == 1


@who_can("publish")
def test_the_key_goes_with_the_sending(slug: str) -> None:
    keys = []
    for key in (KEY, KEY, OTHER_KEY):
        connector, wire, example = speaker(slug)
        connector.publish(CONTENT, key)
        keys.append(example.key_sent(wire.sent("publish")[0]))
    assert keys[0] == keys[1] != keys[2] and keys[0]


@who_can("publish")
def test_images_go_with_their_alternative_text(slug: str) -> None:
    if not registry.network(slug).media.images:
        pytest.skip("takes no images")
    connector, wire, _example = speaker(slug)
    connector.publish(replace(CONTENT, images=(PICTURE,)), KEY)
    sent = b"".join(request.content for request in wire.requests).decode()
    assert "Eine Tasse Kaffee" in sent
    assert len(wire.sent("upload")) == 1


@who_can("publish")
def test_a_thread_hangs_together(slug: str) -> None:
    if not registry.network(slug).threads:
        pytest.skip("has no threads")
    connector, _wire, example = speaker(slug)
    proof = connector.publish(replace(CONTENT, thread=("zwei", "drei")), KEY)
    assert proof.remote_id == example.published
    assert len(proof.parts) == len({proof.remote_id, *proof.parts}) - 1 == 2


BEFORE = (httpx.ConnectError("refused"), httpx.ConnectTimeout("slow"), httpx.PoolTimeout("full"))
AFTER = (
    httpx.ReadTimeout("slow"),
    httpx.ReadError("reset"),
    httpx.RemoteProtocolError("closed"),
    httpx.WriteError("reset"),
)


@who_can("publish")
@pytest.mark.parametrize("error", BEFORE, ids=lambda error: type(error).__name__)
def test_nothing_sent_is_unreachable(slug: str, error: Exception) -> None:
    connector, wire, _example = speaker(slug)
    wire.instead("publish", error)
    with pytest.raises(Unreachable):
        connector.publish(CONTENT, KEY)
    assert len(wire.sent("publish")) == 1


@who_can("publish")
@pytest.mark.parametrize("error", AFTER, ids=lambda error: type(error).__name__)
def test_a_lost_answer_is_unsure_and_not_sent_again(slug: str, error: Exception) -> None:
    connector, wire, _example = speaker(slug)
    wire.instead("publish", error)
    with pytest.raises(Unsure):
        connector.publish(CONTENT, KEY)
    assert len(wire.sent("publish")) == 1


@who_can("publish")
@pytest.mark.parametrize("status", [500, 502, 503, 504])
def test_a_broken_network_is_unsure(slug: str, status: int) -> None:
    connector, wire, _example = speaker(slug)
    wire.instead("publish", status=status, text="<h1>Bad gateway</h1>")
    with pytest.raises(Unsure):
        connector.publish(CONTENT, KEY)
    assert len(wire.sent("publish")) == 1


@who_can("publish")
@pytest.mark.parametrize("text", ["", "<html>ok</html>", "{}", "[]", "null", '{"id": 1', "7"])
def test_an_answer_nobody_understands_is_unsure(slug: str, text: str) -> None:
    connector, wire, _example = speaker(slug)
    wire.instead("publish", status=200, text=text)
    with pytest.raises(Unsure):
        connector.publish(CONTENT, KEY)


@who_can("publish")
@pytest.mark.parametrize(("status", "outcome"), [(403, NotAllowed), (400, Refused), (413, Refused), (422, Refused)])
def test_refusals(slug: str, status: int, outcome: type[ConnectorError]) -> None:
    connector, wire, _example = speaker(slug)
    wire.instead("publish", status=status, json={"error": "Nope", "message": "the text is too long"})
    with pytest.raises(outcome) as told:
        connector.publish(CONTENT, KEY)
    assert type(told.value) is outcome
    assert told.value.status == status
    if outcome is Refused:
        assert told.value.places["reason"] == "the text is too long"


@every
def test_a_dead_token_asks_for_reconnection(slug: str) -> None:
    connector, wire, _example = speaker(slug)
    for name in wire.answers:
        for _time in range(4):
            wire.instead(name, status=401, json={"error": "AuthenticationRequired", "message": "who are you?"})
    with pytest.raises(NotAllowed):
        connector.check()
    with pytest.raises(NotAllowed):
        connector.publish(CONTENT, KEY)


WAITS: dict[str, tuple[Callable[[datetime], dict[str, str]], int]] = {
    "seconds": (lambda then: {"Retry-After": "7"}, 7),
    "date": (lambda then: {"Retry-After": format_datetime(then, usegmt=True)}, 120),
    "reset-epoch": (lambda then: {"RateLimit-Reset": str(int(then.timestamp()))}, 120),
    "reset-iso": (lambda then: {"X-RateLimit-Reset": then.isoformat().replace("+00:00", "Z")}, 120),
    "none": (lambda then: {}, 60),
    "rubbish": (lambda then: {"Retry-After": "soon", "X-RateLimit-Reset": "99999999999999999999"}, 60),
}
"""Headers that name a moment two minutes away, and the seconds to wait."""


@who_can("publish")
@pytest.mark.parametrize("form", WAITS)
@pytest.mark.parametrize("status", [429, 503])
def test_a_rate_limit_says_how_long(slug: str, form: str, status: int) -> None:
    made, seconds = WAITS[form]
    headers = made(datetime.now(UTC) + timedelta(minutes=2))
    if status == 503 and "Retry-After" not in headers:
        pytest.skip("503 without Retry-After is a broken network")
    connector, wire, _example = speaker(slug)
    wire.instead("publish", status=status, headers=headers, json={"error": "slow down"})
    with pytest.raises(TooFast) as told:
        connector.publish(CONTENT, KEY)
    assert seconds - 30 < told.value.after <= seconds + 1


@every
def test_the_budget_is_told(slug: str) -> None:
    budgets: list[Budget] = []
    connector, wire, _example = speaker(slug, on_budget=budgets.append)
    wire.answers["check"]["response"]["headers"] = {"X-RateLimit-Limit": "300", "X-RateLimit-Remaining": "298"}
    connector.check()
    assert Budget(300, 298, None) in budgets


@who_can("find")
def test_what_is_not_there_is_not_found(slug: str) -> None:
    connector, wire, _example = speaker(slug)
    empty = {"posts": []} if slug.startswith("practice") else []
    name = "get_record" if slug == "bluesky" else "find"
    if name == "find":
        wire.instead("find", json=empty)
    assert connector.find(CONTENT, KEY, SINCE) is None
    assert len(wire.requests) >= 1


@who_can("find")
@pytest.mark.parametrize("status", [401, 403, 429, 500, 502, 418])
def test_a_look_up_that_fails_is_no_answer(slug: str, status: int) -> None:
    """ "Not there" must never be said because the network had a bad day."""
    connector, wire, _example = speaker(slug)
    name = "get_record" if slug == "bluesky" else "find"
    for _time in range(4):
        wire.instead(name, status=status, json={"error": "Trouble", "message": "trouble"})
    with pytest.raises(ConnectorError):
        connector.find(CONTENT, KEY, SINCE)


@who_can("edit")
def test_edits_in_place(slug: str) -> None:
    connector, wire, example = speaker(slug)
    assert connector.edit(example.published, replace(CONTENT, images=(PICTURE,))).remote_id == example.published
    assert len(wire.sent("edit")) == 1


@who_can("delete")
def test_deletes(slug: str) -> None:
    connector, wire, example = speaker(slug)
    connector.delete(example.published)
    assert len(wire.sent("delete")) == 1


@who_can("delete")
@pytest.mark.parametrize("status", [404, 410])
def test_what_is_gone_is_deleted(slug: str, status: int) -> None:
    if slug == "bluesky":
        pytest.skip("the protocol itself answers 200")
    connector, wire, example = speaker(slug)
    wire.instead("delete", status=status, json={"error": "gone"})
    connector.delete(example.published)


@who_can("reply")
def test_answers_with_the_key(slug: str) -> None:
    connector, wire, example = speaker(slug)
    proof = connector.reply(example.answered, replace(CONTENT, text="Danke!"), KEY)
    assert proof.remote_id and proof.url.startswith("http")
    sent = wire.sent(example.reply_answer)
    assert len(sent) == 1 and b"Danke!" in sent[0].content


@who_can("listen")
def test_listening_loses_nothing_and_doubles_nothing(slug: str) -> None:
    connector, _wire, example = speaker(slug)
    heard, cursor = [], None
    for _round in range(3):
        page = connector.listen(cursor)
        heard += page.items
        cursor = page.cursor
        assert isinstance(cursor, str) and cursor
    assert tuple(item.remote_id for item in heard) == example.heard
    assert all(item.at.tzinfo and item.text and item.author.name and item.url.startswith("http") for item in heard)
    assert connector.listen(cursor).items == () and connector.listen(cursor).cursor == cursor


@who_can("listen")
def test_what_is_heard_can_be_answered(slug: str) -> None:
    connector, _wire, example = speaker(slug)
    assert example.answered in {item.remote_id for item in connector.listen(None).items}


@who_can("listen")
def test_one_that_cannot_be_read_does_not_silence_the_others(slug: str, caplog: pytest.LogCaptureFixture) -> None:
    """A stranger writes it: its date, its author, whatever it is made of."""
    connector, wire, _example = speaker(slug)
    others = [item.remote_id for item in speaker(slug)[0].listen(None).items]
    told = wire.answers["listen"]["responses"][0]["json"]
    items = told if isinstance(told, list) else told.get("notifications") or told["items"]
    dates = re.compile(r'"\d{4}-\d\d-\d\dT[^"]*"')
    items.insert(1, json.loads(dates.sub('"0000-01-01T00:00:00Z"', json.dumps(items[0]))))
    assert [item.remote_id for item in connector.listen(None).items] == others != []
    assert "left out" in caplog.text


@who_can("recall")
def test_what_another_app_answered_for_us_is_recalled(slug: str) -> None:
    """`answered` is what `recalled` answers; what answers nothing, or is older, is not told."""
    connector, _wire, example = speaker(slug)
    told = connector.own_answers(SINCE)
    (one,) = [item for item in told if item.remote_id == example.recalled]
    assert (one.kind, one.in_reply_to, one.text.endswith("Um acht Uhr.")) == ("reply", example.answered, True)
    assert one.url.startswith("http") and one.author.remote_id == example.account.remote_id
    assert [item.at for item in told] == sorted(item.at for item in told if item.in_reply_to and item.at >= SINCE)


@who_can("recall")
@pytest.mark.parametrize("status", [401, 403, 429, 500, 502, 418])
def test_recalling_that_fails_is_no_answer(slug: str, status: int) -> None:
    """ "Nobody answered" must never be said because the network had a bad day."""
    connector, wire, _example = speaker(slug)
    for name in [*wire.answers] * 4:
        wire.instead(name, status=status, json={"error": "Trouble", "message": "trouble"})
    with pytest.raises(ConnectorError):
        connector.own_answers(SINCE)


@who_can("measure")
def test_figures_are_numbers_or_unknown(slug: str) -> None:
    connector, _wire, example = speaker(slug)
    figures = connector.measure(example.published)
    assert figures.replies == 2
    assert figures.likes in (None, 7) and figures.shares in (None, 3)
    assert connector.measure_account() is not None


@every
@pytest.mark.parametrize("step", ["check", "listen", "measure"])
def test_reading_is_tried_again_when_a_gateway_fails(slug: str, step: str) -> None:
    connector, wire, example = speaker(slug)
    for error in (httpx.ConnectError("refused"), None):
        wire.instead(step, error, status=503)
    arguments = {"listen": (None,), "measure": (example.published,)}.get(step, ())
    assert getattr(connector, step)(*arguments)
    assert len(wire.sent(step)) == 3


@every
@pytest.mark.parametrize("text", ["", "[1, 2]", "{}", '"odd"', "null", '{"notifications": 7, "items": 7, "posts": 7}'])
def test_odd_answers_to_reading_are_outcomes(slug: str, text: str) -> None:
    """Nothing but a ConnectorError may leave a connector, whatever a network says."""
    connector, wire, example = speaker(slug)
    steps = (("check", ()), ("listen", (None,)), ("measure", (example.published,)), ("find", (CONTENT, KEY, SINCE)))
    recalls = (("own_answers", (SINCE,)),) if can(connector, "recall") else ()
    for step, arguments in (*steps, *recalls):
        for name in wire.answers:
            wire.instead(name, text=text)
        try:
            getattr(connector, step)(*arguments)
        except ConnectorError as error:
            assert isinstance(error, Unreachable | NotAllowed | Refused)


@every
@pytest.mark.parametrize("status", [400, 401, 403, 418, 429, 500])
def test_no_secret_in_error_repr_or_log(slug: str, status: int, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    connector, wire, example = speaker(slug)
    echo = f"Bearer {SECRET} was sent, password={SECRET}"
    for name in wire.answers:
        for _time in range(4):
            wire.instead(name, status=status, json={"error": echo, "message": echo})
    for step, arguments in (("publish", (CONTENT, KEY)), ("check", ()), ("listen", (None,))):
        try:
            getattr(connector, step)(*arguments)
        except ConnectorError as error:
            told = f"{error} {error!r} {error.say} {error.detail} {error.places} {error.code}"
            assert SECRET not in told
    assert SECRET not in repr(example.account) and SECRET not in caplog.text
