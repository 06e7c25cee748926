"""Every door is walked once, with its effect."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import httpx
import pytest
from django.utils import timezone
from tests import people

from leitstand.api.tests.conftest import Caller
from leitstand.connectors.protocol import Author, Item
from leitstand.core import jobs
from leitstand.listening.judge import judge_all
from leitstand.listening.store import matcher, store
from leitstand.strategy import queries as goals
from leitstand.strategy.set_goal import write_down

pytestmark = pytest.mark.django_db
Calls = Callable[..., Caller]
Sent = list[httpx.Request]
COFFEE = "Unser Winterkaffee ist da, mit einer Note von Orange."


def test_channels(caller: Calls, channel_id: int) -> None:
    items = caller(people.finn(), "read").get("channels").json()["items"]
    assert [(one["id"], one["network"], one["state"]) for one in items] == [(channel_id, "practice", "ready")]
    assert "geheim" not in str(items)


def test_a_post_from_draft_to_plan(caller: Calls, channel_id: int) -> None:
    gina, dora = caller(people.gina()), caller(people.dora())
    made = gina.post("posts", text=COFFEE, title="Winter", versions=[{"channel_id": channel_id}])
    assert made.status_code == 201
    post = made.json()
    path = f"posts/{post['id']}"
    assert gina.get(path).json() == post
    changed = gina.patch(path, title="Winterkaffee", revision=post["revision"])
    assert changed.json()["title"] == "Winterkaffee"
    assert changed.json()["text"] == COFFEE
    assert gina.patch(path, title="Zu spät", revision=post["revision"]).status_code == 409
    assert gina.post(f"{path}/submission").json()["state"] == "submitted"
    assert gina.post(f"{path}/plan").status_code == 422
    mark = dora.get(f"{path}/fingerprint").json()["fingerprint"]
    assert dora.post(f"{path}/approval", seen="falsch").status_code == 409
    assert dora.post(f"{path}/approval", seen=mark).json()["state"] == "approved"
    when = (timezone.now() + timedelta(days=1)).isoformat()
    planned = gina.post(f"{path}/plan", at=when).json()
    assert gina.post(f"{path}/plan", at=when).json() == planned
    assert [(one["post_id"], one["channel_id"], one["state"]) for one in planned] == [
        (post["id"], channel_id, "scheduled")
    ]
    listed = gina.get("publications", state="open").json()
    assert [one["id"] for one in listed["items"]] == [planned[0]["id"]]
    one = f"publications/{planned[0]['id']}"
    assert gina.get(one).json() == planned[0]
    assert gina.post(f"{one}/cancellation").json()["state"] == "cancelled"
    assert gina.get("publications", state="open").json()["count"] == 0
    assert gina.get("posts", q="winterkaffee").json()["count"] == 1


def test_the_gate_refuses_a_post_and_says_why(caller: Calls, channel_id: int) -> None:
    gina = caller(people.gina())
    post = gina.post("posts", text="x" * 501, versions=[{"channel_id": channel_id}]).json()
    findings = gina.get(f"posts/{post['id']}/findings").json()
    blocks = [one for one in findings if one["severity"] == "block"]
    assert blocks
    assert {one["channel_id"] for one in blocks} == {channel_id}
    refused = gina.post(f"posts/{post['id']}/submission")
    assert refused.status_code == 422
    assert refused.json()["hints"] == [f"{one['say']} {one['remedy']}" for one in blocks]
    assert gina.get(f"posts/{post['id']}").json()["state"] == "draft"


def test_a_time_without_zone_is_the_company_s(caller: Calls, channel_id: int) -> None:
    gina, dora = caller(people.gina()), caller(people.dora())
    path = f"posts/{gina.post('posts', text=COFFEE, versions=[{'channel_id': channel_id}]).json()['id']}"
    dora.post(f"{path}/approval", seen=dora.get(f"{path}/fingerprint").json()["fingerprint"])
    year = timezone.now().year + 1
    planned = gina.post(f"{path}/plan", at=f"{year}-07-01T09:00:00").json()
    assert planned[0]["planned_for"] == f"{year}-07-01T07:00:00Z"


def test_an_hour_that_is_missing_or_comes_twice_is_declined(caller: Calls, channel_id: int) -> None:
    gina, dora = caller(people.gina()), caller(people.dora())
    path = f"posts/{gina.post('posts', text=COFFEE, versions=[{'channel_id': channel_id}]).json()['id']}"
    dora.post(f"{path}/approval", seen=dora.get(f"{path}/fingerprint").json()["fingerprint"])
    missing = gina.post(f"{path}/plan", at="2027-03-28T02:30:00")
    assert (missing.status_code, "03:30" in missing.json()["hints"][0]) == (422, True)
    twice = gina.post(f"{path}/plan", at="2027-10-31T02:30:00")
    assert twice.status_code == 422
    assert twice.json()["hints"] == ["2027-10-31T02:30:00+02:00", "2027-10-31T02:30:00+01:00"]
    assert gina.post(f"{path}/plan", at=twice.json()["hints"][1]).json()[0]["planned_for"] == "2027-10-31T01:30:00Z"


BAD_POSTS = [
    {"title": "x" * 201},
    {"text": "a\x00b"},
    {"language": "xx"},
    {"consideration": "bribe"},
    {"link": "javascript:alert(1)"},
    {"lowest_price": "123456789012"},
    {"versions": [{"channel_id": "x"}]},
]


@pytest.mark.parametrize("body", BAD_POSTS)
def test_bad_posts_are_declined_and_leave_nothing(caller: Calls, body: dict[str, object]) -> None:
    gina = caller(people.gina())
    assert gina.post("posts", **body).status_code == 422
    assert gina.get("posts").json()["count"] == 0


def test_sources(caller: Calls) -> None:
    gina = caller(people.gina())
    made = gina.post("sources", url="https://blog.example/feed", title="Blog")
    assert made.status_code == 201
    assert gina.post("sources", url="https://blog.example/feed").status_code == 422
    assert gina.post("sources", url="blog").status_code == 422
    items = gina.get("sources").json()["items"]
    assert [(one["url"], one["state"]) for one in items] == [("https://blog.example/feed", "alive")]
    assert gina.delete(f"sources/{made.json()['id']}").status_code == 204
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
    found = gina.get("mentions", query=made.json()["id"]).json()["items"]
    assert [one["text"] for one in found] == ["Der Kaffee ist leider kalt."]
    assert gina.get("mentions", tone="positive").json()["count"] == 1
    assert gina.get("mentions", q="Tees").json()["count"] == 1
    assert gina.get("mentions", q="Milch").json()["count"] == 0
    assert gina.get(f"mentions/{found[0]['id']}").json() == found[0]


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
    assert cleo.post(f"{path}/answers", text="An laden@example.org.", seen=seen).status_code == 422
    for _again in range(2):
        assert cleo.post(f"{path}/answers", text="Um acht Uhr.", seen=seen).status_code == 201
        jobs.run_waiting()
    assert len(sent) == 1
    assert [message["state"] for message in cleo.get(f"{path}/messages").json()] == ["done", "done"]
    assert cleo.post(f"{path}/closing").json()["state"] == "closed"
    assert cleo.get("conversations").json()["count"] == 0


def test_goals_and_readings(caller: Calls) -> None:
    today = timezone.localdate()
    facts = {"title": "Mehr Leute", "unit": "Leute", "start": 100, "target": 200, "begins_on": today}
    goal = write_down(people.gina(), ends_on=today + timedelta(days=90), **facts)
    gina, hugo = caller(people.gina()), caller(people.hugo())
    assert [one["title"] for one in gina.get("goals").json()["items"]] == ["Mehr Leute"]
    path = f"goals/{goal.pk}/readings"
    at = f"{today}T09:00:00"
    assert hugo.post(path, value="120.5", at=at).status_code == 201
    assert hugo.post(path, value="121", at=at, note="verbessert").status_code == 201
    assert [one["value"] for one in gina.get(path).json()] == ["121.00"]
    assert [point.value for point in goals.points_of(goal)] == [121.0]
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


def test_problems_speak_the_caller_s_language(caller: Calls) -> None:
    gina = caller(people.gina())
    gina.client.defaults["HTTP_ACCEPT_LANGUAGE"] = "de"
    assert gina.post("sources", url="blog").json()["error"] == "Das ist keine Webadresse."
