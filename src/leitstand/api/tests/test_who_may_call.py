"""Each door asks for its scope and for its permission, and knows nothing of numbers that are guessed."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests import people

from leitstand.api.tests.conftest import ALL, Caller, Calls
from leitstand.api.urls import api
from leitstand.core.models import Person
from leitstand.core.people.roles import PERMISSIONS

pytestmark = pytest.mark.django_db
READ, WRITE, PUBLISH = ALL
DOORS = {
    "get /channels": (READ, "channel.view"),
    "get /channels/{channel_id}": (READ, "channel.view"),
    "get /posts": (READ, "post.view"),
    "post /posts": (WRITE, "post.write"),
    "get /posts/{post_id}": (READ, "post.view"),
    "patch /posts/{post_id}": (WRITE, "post.write"),
    "delete /posts/{post_id}": (WRITE, "post.write"),
    "post /posts/{post_id}/copies": (WRITE, "post.write"),
    "post /posts/{post_id}/restoration": (WRITE, "post.write"),
    "get /posts/{post_id}/findings": (READ, "post.view"),
    "post /posts/{post_id}/submission": (WRITE, "post.write"),
    "get /posts/{post_id}/fingerprint": (READ, "post.view"),
    "post /posts/{post_id}/approval": (PUBLISH, "post.approve"),
    "post /posts/{post_id}/return": (PUBLISH, "post.approve"),
    "post /posts/{post_id}/plan": (PUBLISH, "post.schedule"),
    "post /posts/{post_id}/images": (WRITE, "post.write"),
    "post /images/{asset_id}/uses": (WRITE, "post.write"),
    "patch /posts/{post_id}/images/{image_id}": (WRITE, "post.write"),
    "delete /posts/{post_id}/images/{image_id}": (WRITE, "post.write"),
    "get /images": (READ, "post.view"),
    "get /images/{asset_id}": (READ, "post.view"),
    "patch /images/{asset_id}/licence": (WRITE, "post.write"),
    "get /publications": (READ, "post.view"),
    "get /publications/{publication_id}": (READ, "post.view"),
    "post /publications/{publication_id}/plan": (PUBLISH, "post.schedule"),
    "post /publications/{publication_id}/cancellation": (PUBLISH, "post.schedule"),
    "post /publications/{publication_id}/decision": (PUBLISH, "post.schedule"),
    "post /publications/{publication_id}/amendment": (PUBLISH, "post.schedule"),
    "delete /publications/{publication_id}": (PUBLISH, "post.schedule"),
    "get /hold": (READ, "post.view"),
    "post /hold": (PUBLISH, "post.hold"),
    "delete /hold": (PUBLISH, "post.hold"),
    "get /sources": (READ, "mention.view"),
    "post /sources": (WRITE, "source.edit"),
    "get /sources/{source_id}": (READ, "mention.view"),
    "post /sources/{source_id}/pause": (WRITE, "source.edit"),
    "delete /sources/{source_id}/pause": (WRITE, "source.edit"),
    "delete /sources/{source_id}": (WRITE, "source.edit"),
    "get /queries": (READ, "mention.view"),
    "post /queries": (WRITE, "query.edit"),
    "get /queries/{query_id}": (READ, "mention.view"),
    "patch /queries/{query_id}": (WRITE, "query.edit"),
    "delete /queries/{query_id}": (WRITE, "query.edit"),
    "get /mentions": (READ, "mention.view"),
    "get /mentions/{mention_id}": (READ, "mention.view"),
    "put /mentions/{mention_id}/tone": (WRITE, "mention.judge"),
    "post /mentions/{mention_id}/handover": (WRITE, "mention.judge"),
    "get /conversations": (READ, "conversation.view"),
    "get /conversations/{conversation_id}": (READ, "conversation.view"),
    "get /conversations/{conversation_id}/messages": (READ, "conversation.view"),
    "post /conversations/{conversation_id}/answers": (WRITE, "conversation.answer"),
    "post /conversations/{conversation_id}/closing": (WRITE, "conversation.answer"),
    "delete /conversations/{conversation_id}/closing": (WRITE, "conversation.answer"),
    "post /conversations/{conversation_id}/notes": (WRITE, "conversation.answer"),
    "post /conversations/{conversation_id}/snooze": (WRITE, "conversation.answer"),
    "put /conversations/{conversation_id}/kind": (WRITE, "conversation.answer"),
    "post /conversations/{conversation_id}/assignment": (WRITE, "conversation.answer"),
    "post /messages/{message_id}/decision": (WRITE, "conversation.answer"),
    "delete /messages/{message_id}": (WRITE, "conversation.answer"),
    "get /agents": (READ, "conversation.view"),
    "get /goals": (READ, "goal.view"),
    "post /goals": (WRITE, "goal.edit"),
    "get /goals/{goal_id}": (READ, "goal.view"),
    "patch /goals/{goal_id}": (WRITE, "goal.edit"),
    "post /goals/{goal_id}/reviews": (WRITE, "goal.edit"),
    "get /goals/{goal_id}/readings": (READ, "goal.view"),
    "post /goals/{goal_id}/readings": (WRITE, "goal.edit"),
    "get /events": (READ, "diary.view"),
}
BODIES: dict[str, dict[str, Any]] = {
    "sources": {"url": "https://x.example/"},
    "queries": {"name": "n", "text": "kaffee"},
    "answers": {"text": "Hallo", "seen": 1},
    "readings": {"value": 3},
    "approval": {"seen": "x"},
    "return": {"note": "Bitte kürzer."},
    "notes": {"note": "Ruft an."},
    "snooze": {"until": "2099-01-01T09:00"},
    "kind": {"kind": "praise"},
    "tone": {"tone": "neutral"},
    "assignment": {"person_id": None},
    "hold": {"reason": "Unwetter"},
    "reviews": {"decision": "continue", "note": "Es geht gut voran."},
    "uses": {"post_id": 1},
    "{image_id}": {"alt": ""},
    "decision": {"decision": "leave"},
}


def call(who: Caller, door: str, number: int = 1) -> Any:
    method, _, path = door.partition(" ")
    parts = [str(number) if part.startswith("{") else part for part in path.strip("/").split("/")]
    address = "/api/v1/" + "/".join(parts)
    if door == "post /posts/{post_id}/images":
        return who.client.post(address, {"image": SimpleUploadedFile("a.png", b"x")})
    if method == "get":
        return who.client.get(address)
    body = {"arrived": True} if door.startswith("post /messages") else BODIES.get(path.rpartition("/")[2], {})
    return getattr(who.client, method)(address, body, content_type="application/json")


def test_no_door_is_left_out() -> None:
    paths = api.get_openapi_schema()["paths"]
    there = {f"{method} {path.removeprefix('/api/v1')}" for path, methods in paths.items() for method in methods}
    assert there == set(DOORS)


@pytest.mark.parametrize("door", DOORS)
def test_a_token_without_the_scope_opens_nothing(caller: Calls, door: str) -> None:
    scope, _permission = DOORS[door]
    answer = call(caller(people.ada(), *(one for one in ALL if one != scope)), door)
    assert answer.status_code == 403
    assert scope in answer.json()["error"]


@pytest.mark.parametrize("door", DOORS)
def test_who_lacks_the_permission_is_not_let_in_by_any_scope(caller: Calls, door: str) -> None:
    _scope, permission = DOORS[door]
    answer = call(caller(mightiest_without(permission)), door)
    assert (answer.status_code, answer.json()["error"]) == (403, "You may not do this.")


def mightiest_without(permission: str) -> Person:
    """Somebody who may do as much as one role gives, but not this; nobody in particular where every role may."""
    lacking = [role for role, may in PERMISSIONS.items() if permission not in may]
    return people.person("Otto", *sorted(lacking, key=lambda role: len(PERMISSIONS[role]))[-1:])


@pytest.mark.parametrize("door", [door for door in DOORS if "{" in door])
def test_guessed_numbers_do_not_exist(caller: Calls, door: str) -> None:
    calls = caller(people.ada())
    for number in (999_999, 10**30, -1):
        answer = call(calls, door, number)
        assert (answer.status_code, answer.json()["error"]) == (404, "Not there, or not for you.")
