"""The doors of posts and publications: written, judged, approved, planned, moved."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image
from tests import people
from tests.days import AUTUMN, SPRING

from leitstand.api.tests.conftest import Calls
from leitstand.publishing import compose, pictures, queries
from leitstand.strategy.set_goal import write_down

pytestmark = pytest.mark.django_db
COFFEE = "Unser Winterkaffee ist da, mit einer Note von Orange."


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


def test_who_wrote_of_a_post_may_not_approve_it_and_is_told_who_may(caller: Calls, channel_id: int) -> None:
    people.signed_in(people.gina()).post("/publishing/policy/", {"four_eyes": "on", "late_minutes": "720"})
    gina, ada = caller(people.gina()), caller(people.ada())
    path = f"posts/{gina.post('posts', text=COFFEE, versions=[{'channel_id': channel_id}]).json()['id']}"
    ada.patch(path, text="Ganz anders")
    gina.patch(path, text="Ganz anders.")
    people.dora()
    said = ada.post(f"{path}/approval", seen=ada.get(f"{path}/fingerprint").json()["fingerprint"])
    assert (said.status_code, said.json()["error"].partition(":")[0]) == (403, "Four eyes")
    assert said.json()["hints"] == [
        "May not approve it, because they began it or changed it since its last approval: Ada, Gina.",
        "May approve it: Dora.",
    ]


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
    missing = gina.post(f"{path}/plan", at=f"{SPRING}T02:30:00")
    assert (missing.status_code, "03:30" in missing.json()["hints"][0]) == (422, True)
    twice = gina.post(f"{path}/plan", at=f"{AUTUMN}T02:30:00")
    assert twice.status_code == 422
    assert twice.json()["hints"] == [f"{AUTUMN}T02:30:00+02:00", f"{AUTUMN}T02:30:00+01:00"]
    assert gina.post(f"{path}/plan", at=twice.json()["hints"][1]).json()[0]["planned_for"] == f"{AUTUMN}T01:30:00Z"


FACTS = {
    "consideration": "paid",
    "ai": "assisted",
    "prize_terms_url": "https://morgenrot.example/lose",
    "evidence": "Ordner 3",
    "lowest_price": "9.90",
}


def test_a_change_keeps_what_it_does_not_name_and_null_empties(caller: Calls, channel_id: int) -> None:
    gina = caller(people.gina())
    own = {"channel_id": channel_id, "own_text": "Nur hier.", "with_images": False, "as_thread": True}
    post = gina.post("posts", text=COFFEE, title="Winter", versions=[own], **FACTS).json()
    assert post["versions"] == [own | {"own_title": ""}]
    assert {name: post[name] for name in FACTS} == FACTS
    path = f"posts/{post['id']}"
    changed = gina.patch(path, versions=[{"channel_id": channel_id, "own_title": "Oben"}]).json()
    assert changed["versions"] == [own | {"own_title": "Oben"}]
    assert changed | {"versions": 0, "revision": 0, "revised_at": 0} == post | {
        "versions": 0,
        "revision": 0,
        "revised_at": 0,
    }
    emptied = gina.patch(path, title=None, **dict.fromkeys(FACTS)).json()
    nothing = {"consideration": "none", "ai": "none", "prize_terms_url": "", "evidence": "", "lowest_price": None}
    assert {name: emptied[name] for name in FACTS} == nothing
    assert (emptied["title"], emptied["text"]) == ("", COFFEE)
    assert gina.patch(path, versions=[]).json()["versions"] == []


def test_a_post_leaves_its_goal_and_shows_its_images(caller: Calls) -> None:
    gina, today = caller(people.gina()), timezone.localdate()
    facts = {"title": "Mehr Leute", "unit": "Leute", "start": 100, "target": 200, "begins_on": today}
    goal = write_down(people.gina(), ends_on=today + timedelta(days=90), **facts)
    post = gina.post("posts", text=COFFEE, goal_id=goal.pk).json()
    image = compose.add_image(queries.post_for(people.gina(), post["id"]), picture(), people.gina())
    shown = gina.patch(f"posts/{post['id']}", goal_id=None).json()
    assert (post["goal_id"], shown["goal_id"]) == (goal.pk, None)
    assert shown["images"] == [{"id": image.pk, "asset_id": image.asset_id, "alt": "Eine Tasse"}]
    assert gina.get("posts").json()["items"] == [shown]


def picture() -> Any:
    file = BytesIO()
    Image.new("RGB", (8, 8)).save(file, "PNG")
    asset = pictures.store(SimpleUploadedFile("tasse.png", file.getvalue(), "image/png"), people.gina())
    asset.alt = "Eine Tasse"
    asset.save()
    return asset


def planned(caller: Calls, channel_id: int) -> dict[str, Any]:
    """A publication of tomorrow."""
    gina, dora = caller(people.gina()), caller(people.dora())
    path = f"posts/{gina.post('posts', text=COFFEE, versions=[{'channel_id': channel_id}]).json()['id']}"
    dora.post(f"{path}/approval", seen=dora.get(f"{path}/fingerprint").json()["fingerprint"])
    made: dict[str, Any] = gina.post(f"{path}/plan", at=(timezone.now() + timedelta(days=1)).isoformat()).json()[0]
    return made


def test_a_publication_is_found_by_its_post_and_moved(caller: Calls, channel_id: int) -> None:
    gina, one = caller(people.gina()), planned(caller, channel_id)
    for post, count in ((one["post_id"], 1), (one["post_id"] + 1, 0), (10**30, 0)):
        assert gina.get("publications", post=post).json()["count"] == count
    year = timezone.now().year + 1
    moved = gina.post(f"publications/{one['id']}/plan", at=f"{year}-07-01T09:00:00").json()
    assert moved["planned_for"] == f"{year}-07-01T07:00:00Z"
    assert gina.post(f"publications/{one['id']}/plan", at="2001-01-01T09:00:00").status_code == 422


def test_a_post_is_sent_back_with_a_note_and_its_plan_stops(caller: Calls, channel_id: int) -> None:
    dora, one = caller(people.dora()), planned(caller, channel_id)
    assert dora.post(f"posts/{one['post_id']}/return", note=" ").status_code == 422
    assert dora.post(f"posts/{one['post_id']}/return", note="Bitte kürzer.").json()["state"] == "returned"
    assert dora.get(f"publications/{one['id']}").json()["state"] == "stopped"


BAD_POSTS = [
    {"title": "x" * 201},
    {"text": "a\x00b"},
    {"language": "xx"},
    {"consideration": "bribe"},
    {"link": "javascript:alert(1)"},
    {"lowest_price": "123456789012"},
    {"versions": [{"channel_id": "x"}]},
    {"versions": [{"channel_id": 1, "text": "?"}]},
    {"consideraton": "paid"},
    {"link": "https://["},
    {"evidence": "x" * 301},
    {"language": None},
]


@pytest.mark.parametrize("body", BAD_POSTS)
def test_bad_posts_are_declined_and_leave_nothing(caller: Calls, body: dict[str, object]) -> None:
    gina = caller(people.gina())
    assert gina.post("posts", **body).status_code == 422
    assert gina.get("posts").json()["count"] == 0


@pytest.mark.parametrize("body", ["[]", "5", "null", '"x"', "[[]]"])
def test_only_an_object_makes_a_post(caller: Calls, body: str) -> None:
    gina = caller(people.gina())
    answer = gina.client.post("/api/v1/posts", body, content_type="application/json")
    assert (answer.status_code, answer.json()["hints"]) == (422, ["body: must be an object"])
    assert gina.get("posts").json()["count"] == 0


def test_links_and_evidence_may_be_as_long_as_on_the_page(caller: Calls) -> None:
    long = {"link": f"https://morgenrot.example/{'x' * 474}", "evidence": "x" * 300}
    made = caller(people.gina()).post("posts", **long).json()
    assert {name: made[name] for name in long} == long
