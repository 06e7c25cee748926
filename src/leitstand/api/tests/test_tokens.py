"""Tokens: made once, within their scopes, with the rights of their person and no others."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from tests import people

from leitstand.api.models import Token
from leitstand.api.tests.conftest import Caller

pytestmark = pytest.mark.django_db
Calls = Callable[..., Caller]


def test_a_token_is_shown_once_and_kept_as_a_hash() -> None:
    people.company()
    gina = people.signed_in(people.gina())
    shown = gina.post("/api/tokens/", {"name": "Kasse", "scopes": ["read"]}).content.decode()
    text = re.search(r"ls_[\w-]{43}", shown)
    assert text
    assert text.group() not in gina.get("/api/tokens/").content.decode()
    kept = Token.objects.get()
    assert text.group() not in repr(kept.__dict__)
    answer = gina.get("/api/v1/channels", headers={"Authorization": f"Bearer {text.group()}"})
    assert answer.json() == {"items": [], "count": 0}
    kept.refresh_from_db()
    assert kept.used_at is not None


@pytest.mark.parametrize("form", [{"name": "", "scopes": ["read"]}, {"name": "x"}, {"name": "x", "scopes": ["root"]}])
def test_a_token_needs_a_name_and_known_scopes(form: dict[str, object]) -> None:
    people.company()
    assert people.signed_in(people.gina()).post("/api/tokens/", form).status_code == 422
    assert not Token.objects.exists()


@pytest.mark.parametrize("header", ["", "Bearer ", "Bearer ls_falsch", "Basic abc", "Bearer ls_\x00", "Bearer é"])
def test_without_a_valid_token_nothing_opens(header: str) -> None:
    people.company()
    people.gina()
    client = people.visitor()
    for path in ("channels", "posts", "events", "conversations"):
        assert client.get(f"/api/v1/{path}", headers={"Authorization": header}).status_code == 401


def test_a_session_is_no_token() -> None:
    people.company()
    assert people.signed_in(people.ada()).get("/api/v1/posts").status_code == 401


def test_revoked_means_revoked_and_only_by_its_owner(caller: Calls) -> None:
    calls = caller(people.gina())
    revoke = f"/api/tokens/{calls.token.pk}/revoke/"
    assert people.signed_in(people.ben()).post(revoke).status_code == 404
    assert calls.get("posts").status_code == 200
    assert people.signed_in(people.gina()).post(revoke).status_code == 303
    assert calls.get("posts").status_code == 401


def test_who_left_calls_no_more(caller: Calls) -> None:
    calls, gina = caller(people.gina()), people.gina()
    gina.is_active = False
    gina.save()
    assert calls.get("posts").status_code == 401


READ = ["channels", "posts", "publications", "sources", "queries", "mentions", "conversations", "goals", "events"]
WRITE = ["posts", "sources", "queries", "conversations/1/answers", "goals/1/readings", "posts/1/submission"]
BODIES = {
    "sources": {"url": "https://x.example/"},
    "queries": {"name": "n", "text": "kaffee"},
    "conversations/1/answers": {"text": "Hallo", "seen": 1},
    "goals/1/readings": {"value": 3},
    "posts/1/approval": {"seen": "x"},
}


@pytest.mark.parametrize("path", READ)
def test_reading_needs_the_scope(caller: Calls, path: str) -> None:
    assert caller(people.gina(), "read").get(path).status_code == 200
    answer = caller(people.gina(), "write", "publish").get(path)
    assert answer.status_code == 403
    assert "read" in answer.json()["error"]


@pytest.mark.parametrize("path", WRITE)
def test_writing_needs_the_scope(caller: Calls, path: str) -> None:
    answer = caller(people.gina(), "read", "publish").post(path, **BODIES.get(path, {}))
    assert answer.status_code == 403
    assert "write" in answer.json()["error"]


@pytest.mark.parametrize("path", ["posts/1/approval", "posts/1/plan", "publications/1/cancellation"])
def test_publishing_needs_the_scope(caller: Calls, path: str) -> None:
    answer = caller(people.gina(), "read", "write").post(path, **BODIES.get(path, {}))
    assert answer.status_code == 403
    assert "publish" in answer.json()["error"]


@pytest.mark.parametrize("path", [*WRITE, "posts/1/approval", "posts/1/plan"])
def test_a_reader_may_not_write_with_any_scope(caller: Calls, path: str) -> None:
    assert caller(people.finn()).post(path, **BODIES.get(path, {})).status_code == 403


def test_the_diary_is_for_those_who_may_read_it(caller: Calls) -> None:
    assert caller(people.finn()).get("events").status_code == 403
    assert caller(people.person("Nobody")).get("posts").status_code == 403


GUESSED = [
    "posts/{0}",
    "posts/{0}/findings",
    "posts/{0}/fingerprint",
    "publications/{0}",
    "mentions/{0}",
    "conversations/{0}/messages",
    "goals/{0}/readings",
]


@pytest.mark.parametrize("path", GUESSED)
def test_guessed_numbers_do_not_exist(caller: Calls, path: str) -> None:
    calls = caller(people.gina())
    for number in (999_999, 10**30, -1):
        answer = calls.get(path.format(number))
        assert answer.status_code == 404
        assert answer.json()["error"] == "not found"


def test_guessed_numbers_cannot_be_changed(caller: Calls) -> None:
    calls = caller(people.gina())
    for path in [*WRITE[3:], "posts/1/approval", "posts/1/plan", "publications/1/cancellation"]:
        assert calls.post(path.replace("/1/", "/999999/"), **BODIES.get(path, {})).status_code == 404
    assert calls.delete("sources/999999").status_code == 404
    assert calls.patch("posts/999999", text="x").status_code == 404
    assert calls.post("posts", goal_id=999_999).status_code == 404
    assert calls.post("posts", versions=[{"channel_id": 999_999}]).status_code == 404
    assert calls.get("posts").json()["count"] == 0
