"""Every door is walked once, with its effect."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import httpx
import pytest
from django.utils import timezone
from tests import people

from leitstand.api.tests.conftest import Calls
from leitstand.connectors.protocol import Author, Item
from leitstand.core import jobs
from leitstand.core.diary import chain
from leitstand.core.models import DiaryEntry
from leitstand.listening.judge import judge_all
from leitstand.listening.store import matcher, store
from leitstand.strategy import queries as goals
from leitstand.strategy.set_goal import write_down

pytestmark = pytest.mark.django_db
Sent = list[httpx.Request]


def test_channels(caller: Calls, channel_id: int) -> None:
    items = caller(people.finn(), "read").get("channels").json()["items"]
    assert [(one["id"], one["network"], one["state"]) for one in items] == [(channel_id, "practice", "ready")]
    assert "geheim" not in str(items)


def test_sources(caller: Calls) -> None:
    gina = caller(people.gina())
    made = gina.post("sources", url="https://blog.example/feed", title="Blog")
    assert made.status_code == 201
    assert gina.post("sources", url="https://blog.example/feed").status_code == 422
    for odd in ("blog", "http://[::1", "http://", "http://?q", "http://blog.example:99999/"):
        assert gina.post("sources", url=odd).status_code == 422, odd
    items = gina.get("sources").json()["items"]
    assert [(one["url"], one["state"]) for one in items] == [("https://blog.example/feed", "alive")]
    assert gina.delete(f"sources/{made.json()['id']}").status_code == 204
    assert DiaryEntry.objects.get(name="listening.source_removed").actor == people.gina()
    assert gina.get("sources").json()["count"] == 0


def test_queries_and_mentions(caller: Calls, channel_id: int) -> None:
    gina = caller(people.gina())
    told(channel_id, "Der Kaffee ist leider kalt.")
    told(channel_id, "Wir lieben euren Tee sehr!")
    made = gina.post("queries", name="Kaffee", text="kaffee OR espresso")
    assert made.status_code == 201
    broken = gina.post("queries", name="Kaputt", text="(kaffee")
    assert broken.status_code == 422
    assert broken.json() == {"error": "A closing bracket is missing.", "hints": ["At character 1."]}
    assert [one["name"] for one in gina.get("queries").json()["items"]] == ["Kaffee"]
    jobs.run_waiting()
    found = gina.get("mentions", query=made.json()["id"]).json()["items"]
    assert [one["text"] for one in found] == ["Der Kaffee ist leider kalt."]
    assert gina.get("mentions", tone="positive").json()["count"] == 1
    assert gina.get("mentions", q="Tees").json()["count"] == 1
    assert gina.get("mentions", q="Milch").json()["count"] == 0
    assert gina.get(f"mentions/{found[0]['id']}").json() == found[0]


def test_a_source_rests_and_a_query_changes(caller: Calls) -> None:
    gina = caller(people.gina())
    path = f"sources/{gina.post('sources', url='https://blog.example/feed').json()['id']}"
    assert gina.post(f"{path}/pause").json()["state"] == "paused"
    assert gina.get(path).json()["state"] == "paused"
    assert gina.delete(f"{path}/pause").json()["state"] == "alive"
    query = gina.post("queries", name="Kaffee", text="kaffee").json()
    path = f"queries/{query['id']}"
    refused = gina.patch(path, text="(kaffee")
    assert (refused.status_code, refused.json()["hints"]) == (
        422,
        ["text: A closing bracket is missing. At character 1."],
    )
    assert gina.patch(path, is_active=False).json() == query | {"is_active": False}
    assert gina.get(path).json()["is_active"] is False
    assert gina.delete(path).status_code == 204
    assert gina.get("queries").json()["count"] == 0


def test_a_mention_is_corrected_and_handed_over(caller: Calls, channel_id: int) -> None:
    cleo = caller(people.cleo())
    told(channel_id, "Der Kaffee ist leider kalt.")
    path = f"mentions/{cleo.get('mentions').json()['items'][0]['id']}"
    assert cleo.put(f"{path}/tone", tone="positive").json()["tone"] == "positive"
    for _again in range(2):
        assert cleo.post(f"{path}/handover").status_code == 200
    assert DiaryEntry.objects.filter(name="listening.mention_handed_over").count() == 1


def told(channel_id: int, text: str, number: str = "") -> None:
    who = Author("u1", "uwe", "Uwe")
    item = Item(number or text, "reply", "https://net.example/1", timezone.now(), text, who, thread_root="t1")
    store(judge_all([item], matcher(), "Netz"), channel_id=channel_id)
    jobs.run_waiting()


def test_conversations(caller: Calls, channel_id: int, sent: Sent) -> None:
    cleo = caller(people.cleo())
    told(channel_id, "Wann öffnet ihr morgen?")
    one = cleo.get("conversations", kind="question").json()["items"][0]
    assert one["author_name"] == "Uwe"
    path = f"conversations/{one['id']}"
    seen = cleo.get(f"{path}/messages").json()[-1]["id"]
    assert cleo.post(f"{path}/answers", text="x" * 501, seen=seen).status_code == 422
    assert cleo.post(f"{path}/answers", text="Um acht Uhr.", seen=0).status_code == 409
    for odd in (10**30, 2**63, -1):
        assert cleo.post(f"{path}/answers", text="Um acht Uhr.", seen=odd).status_code == 422
    assert cleo.post(f"{path}/answers", text="An laden@example.org.", seen=seen).status_code == 422
    for _again in range(2):
        assert cleo.post(f"{path}/answers", text="Um acht Uhr.", seen=seen).status_code == 201
        jobs.run_waiting()
    assert len(sent) == 1
    assert [message["state"] for message in cleo.get(f"{path}/messages").json()] == ["done", "done"]
    assert cleo.post(f"{path}/closing").json()["state"] == "closed"
    assert cleo.get("conversations").json()["count"] == 0
    assert cleo.delete(f"{path}/closing").json()["state"] == "open"


def test_a_conversation_is_given_to_somebody_with_a_note(caller: Calls, channel_id: int, sent: Sent) -> None:
    cleo = caller(people.cleo())
    told(channel_id, "Wann öffnet ihr morgen?")
    path = f"conversations/{cleo.get('conversations').json()['items'][0]['id']}"
    me = next(one for one in cleo.get("agents").json() if one["name"] == "Cleo")
    assert cleo.post(f"{path}/assignment", person_id=me["id"]).json()["assigned_to_id"] == me["id"]
    assert cleo.post(f"{path}/assignment", person_id=people.finn().pk).status_code == 404
    assert cleo.post(f"{path}/assignment", person_id=None).json()["assigned_to_id"] is None
    assert cleo.post(f"{path}/assignment").status_code == 422
    assert cleo.post(f"{path}/notes", note="Ruft morgen an.").json()["direction"] == "note"
    assert sent == []


def test_a_conversation_is_snoozed_and_sorted(caller: Calls, channel_id: int) -> None:
    cleo = caller(people.cleo())
    told(channel_id, "Wann öffnet ihr morgen?")
    path = f"conversations/{cleo.get('conversations').json()['items'][0]['id']}"
    before = cleo.get(path).json()
    assert cleo.put(f"{path}/kind", kind="other").json()["kind"] == "other"
    assert cleo.put(f"{path}/kind", kind="question").json()["due_at"] == before["due_at"]
    assert cleo.post(f"{path}/snooze", until="2001-01-01T09:00").status_code == 422
    until = (timezone.now() + timedelta(days=1)).isoformat()
    assert cleo.post(f"{path}/snooze", until=until).json()["state"] == "snoozed"
    assert cleo.get("conversations").json()["count"] == 0


def test_an_answer_is_taken_back_and_decided(caller: Calls, channel_id: int, sent: Sent) -> None:
    cleo = caller(people.cleo())
    told(channel_id, "Wann öffnet ihr morgen?")
    path = f"conversations/{cleo.get('conversations').json()['items'][0]['id']}"
    seen = cleo.get(f"{path}/messages").json()[-1]["id"]
    made = cleo.post(f"{path}/answers", text="Um acht Uhr.", seen=seen).json()
    assert cleo.delete(f"messages/{made['id']}").json()["state"] == "failed"
    assert cleo.delete(f"messages/{made['id']}").status_code == 409
    assert cleo.post(f"messages/{made['id']}/decision", arrived=False, seen=seen).json()["state"] == "queued"
    jobs.run_waiting()
    assert cleo.get(f"{path}/messages").json()[-1]["state"] == "done"
    assert cleo.post(f"messages/{made['id']}/decision", arrived=True).status_code == 409
    assert len(sent) == 1


def test_a_goal_is_set_changed_and_reviewed(caller: Calls, channel_id: int) -> None:
    hugo = caller(people.hugo())
    refused = hugo.post("goals", title="Mehr Leute", unit="Leute", measure="followers", target=200)
    assert refused.json()["hints"] == ["channel: Choose the channel whose followers are counted."]
    made = hugo.post("goals", title="Mehr Leute", unit="Leute", measure="followers", target=200, channel_id=channel_id)
    assert made.status_code == 201
    goal = made.json()
    assert (goal["start"], goal["target"], goal["owner_id"]) == ("0.00", "200.00", people.hugo().pk)
    path = f"goals/{goal['id']}"
    assert hugo.patch(path, target=200.5, owner_id=people.gina().pk).json()["target"] == "200.50"
    assert hugo.get(path).json()["owner_id"] == people.gina().pk
    assert hugo.patch(path, owner_id=people.finn().pk).status_code == 422
    assert hugo.post(f"{path}/reviews", decision="met", note="kurz").status_code == 422
    ended = hugo.post(f"{path}/reviews", decision="met", note="Ende November gezählt.").json()
    assert ended["state"] == "met"
    assert hugo.patch(path, target=300).status_code == 409


def test_goals_and_readings(caller: Calls) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    facts = {"title": "Mehr Leute", "unit": "Leute", "start": 100, "target": 200, "begins_on": yesterday}
    goal = write_down(people.gina(), ends_on=yesterday + timedelta(days=90), **facts)
    gina, hugo = caller(people.gina()), caller(people.hugo())
    assert [one["title"] for one in gina.get("goals").json()["items"]] == ["Mehr Leute"]
    path = f"goals/{goal.pk}/readings"
    at = f"{yesterday}T09:00:00"
    assert hugo.post(path, value="120.5", at=at).status_code == 201
    assert hugo.post(path, value="121", at=at, note="verbessert").status_code == 201
    assert [one["value"] for one in gina.get(path).json()] == ["121.00"]
    assert [point.value for point in goals.points_of(goal)] == [121.0]
    assert gina.get("goals").json()["items"][0]["standing"] == "on_track"
    type(goal).objects.filter(pk=goal.pk).update(begins_on=yesterday - timedelta(days=9), ends_on=yesterday)
    hugo.post(path, value="200")
    assert gina.get("goals").json()["items"][0]["standing"] == "late"
    for bad in ({"value": "1e20"}, {"value": "NaN"}, {"value": "x"}, {"value": 1, "at": "0001-01-01T00:00:00"}):
        assert hugo.post(path, **bad).status_code == 422
    type(goal).objects.filter(pk=goal.pk).update(state="met")
    assert hugo.post(path, value="122").status_code == 409


def test_events_are_paged_newest_first(caller: Calls, channel_id: int) -> None:
    gina = caller(people.gina())
    for number in range(5):
        gina.post("queries", name=f"Q{number}", text="kaffee")
        gina.post("sources", url=f"https://x.example/{number}")
    first = gina.get("events", limit=2, name="listening.source_added").json()
    second = gina.get("events", limit=2, offset=2, name="listening.source_added").json()
    numbers = [one["id"] for one in first["items"] + second["items"]]
    assert first["count"] == 5
    assert len(numbers) == 4
    assert numbers == sorted(numbers, reverse=True)
    assert {one["actor_name"] for one in first["items"]} == {"Gina"}
    for bad in ({"limit": 0}, {"limit": 101}, {"offset": -1}, {"offset": 10**30}, {"limit": "x"}):
        assert gina.get("events", **bad).status_code == 422


def test_events_are_followed_without_a_gap(caller: Calls) -> None:
    gina = caller(people.gina())
    for number in range(4):
        gina.post("sources", url=f"https://x.example/{number}")
    chain.seal()
    rows = gina.get("events").json()["items"]
    known = rows[2]["position"]
    later = gina.get("events", after=known).json()["items"]
    assert [one["position"] for one in later] == [known + 1, known + 2]
    assert [one["id"] for one in later] == [rows[1]["id"], rows[0]["id"]]
    assert gina.get("events", after=known + 2).json()["count"] == 0
    assert gina.get("events", since=rows[0]["at"]).json()["items"] == rows[:1]


def test_problems_speak_the_caller_s_language(caller: Calls) -> None:
    gina = caller(people.gina())
    gina.client.defaults["HTTP_ACCEPT_LANGUAGE"] = "de"
    assert gina.post("sources", url="blog").json()["error"] == "Das ist keine Webadresse."


WRONG = [
    ({"consideraton": "paid"}, "consideraton: ist hier unbekannt"),
    ({"versions": [{"channel_id": "x"}]}, "versions.0.channel_id: muss eine ganze Zahl sein"),
    ({"language": "xx"}, "language: muss eines hiervon sein: 'de' or 'en'"),
    ({"title": "x" * 201}, "title: darf höchstens 200 Zeichen haben"),
    ({"title": 5}, "title: muss ein Text sein"),
    ({"link": "https://["}, "link: muss eine Webadresse sein"),
    ({"lowest_price": "x"}, "lowest_price: muss eine Zahl sein"),
    ({"versions": {}}, "versions: muss eine Liste sein"),
    ({"versions": [{}]}, "versions.0.channel_id: fehlt"),
]


@pytest.mark.parametrize(("body", "hint"), WRONG)
def test_each_wrong_field_is_named_in_the_caller_s_language(caller: Calls, body: dict[str, Any], hint: str) -> None:
    gina = caller(people.gina())
    gina.client.defaults["HTTP_ACCEPT_LANGUAGE"] = "de"
    answer = gina.post("posts", **body)
    said = {"error": "Etwas von dem, was gesendet wurde, geht so nicht.", "hints": [hint]}
    assert (answer.status_code, answer.json()) == (422, said)


@pytest.mark.parametrize(
    ("method", "path", "status", "error"),
    [
        ("get", "posts/999999", 404, "Nicht da oder nicht für Sie."),
        ("get", "post", 404, "Nicht da oder nicht für Sie."),
        ("get", "posts/", 404, "Nicht da oder nicht für Sie."),
        ("put", "posts", 405, "Diese Adresse kennt diese Methode nicht."),
        ("post", "posts", 400, "Der Inhalt ist kein lesbares JSON."),
    ],
)
def test_every_refusal_has_the_same_shape(caller: Calls, method: str, path: str, status: int, error: str) -> None:
    client = caller(people.gina()).client
    answer = getattr(client, method)(
        f"/api/v1/{path}",
        **{"data": "{", "content_type": "application/json"} if method != "get" else {},
        headers={"Accept-Language": "de"},
    )
    assert (answer.status_code, answer.json()) == (status, {"error": error, "hints": []})
    assert set(answer.headers.get("Allow", "GET, POST").split(", ")) == {"GET", "POST"}


def test_without_a_token_the_way_to_bring_one_is_named(db: None) -> None:
    people.company()
    people.gina()
    answer = people.visitor().get("/api/v1/posts", headers={"Accept-Language": "de"})
    said = {"error": "Der Schlüssel fehlt oder gilt nicht mehr.", "hints": []}
    assert (answer.status_code, answer.json(), answer.headers["WWW-Authenticate"]) == (401, said, "Bearer")
