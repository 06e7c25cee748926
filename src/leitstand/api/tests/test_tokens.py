"""Tokens: made once, within their scopes, with the rights of their person and no others."""

from __future__ import annotations

import re

import pytest
from django.conf import settings
from django.urls import reverse
from tests import people

from leitstand.api.models import Token
from leitstand.api.tests.conftest import Calls
from leitstand.core import jobs
from leitstand.core.people.membership import come_back, leave
from leitstand.core.people.sign_in_help import password_link

pytestmark = pytest.mark.django_db


def test_a_token_is_shown_once_and_kept_as_a_hash() -> None:
    people.company()
    gina = people.signed_in(people.gina())
    answer = gina.post("/api/tokens/", {"name": "Kasse", "scopes": ["read"]}, follow=True)
    text = re.search(r"ls_[\w-]{43}", answer.content.decode())
    assert text
    assert answer.redirect_chain == [("/api/tokens/", 303)]
    assert "no-store" in answer.headers["Cache-Control"]
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


def test_who_manages_people_sees_and_revokes_the_tokens_of_others(caller: Calls) -> None:
    calls, ada = caller(people.gina()), people.signed_in(people.ada())
    shown = ada.get("/api/tokens/").content.decode()
    assert "Skript</b> · Gina" in shown
    assert "Read everything the person may see · Write posts" in shown
    assert "Skript" not in people.signed_in(people.ben()).get("/api/tokens/").content.decode()
    assert ada.post(f"/api/tokens/{calls.token.pk}/revoke/").status_code == 303
    assert calls.get("posts").status_code == 401


def test_a_closed_account_ends_its_tokens_for_good(caller: Calls) -> None:
    calls = caller(people.gina())
    leave(people.gina(), people.ada())
    come_back(people.gina(), people.ada())
    later = caller(people.gina())
    jobs.run_waiting()
    assert (calls.get("posts").status_code, later.get("posts").status_code) == (401, 200)


def test_a_new_password_ends_the_tokens(caller: Calls) -> None:
    calls, browser = caller(people.gina()), people.signed_in(people.gina())
    fresh = "another horse battery"
    typed = {"oldpassword": people.PASSWORD, "password1": fresh, "password2": fresh}
    browser.post(reverse("account_change_password"), typed)
    assert calls.get("posts").status_code == 401


def test_a_password_chosen_by_a_link_ends_them_too(caller: Calls) -> None:
    calls, fresh, browser = caller(people.gina()), "another horse battery", people.visitor()
    form = browser.get(password_link(people.gina())[len(settings.PUBLIC_URL) :], follow=True).request["PATH_INFO"]
    browser.post(form, {"password1": fresh, "password2": fresh})
    assert calls.get("posts").status_code == 401


def test_guessed_goals_and_channels_cannot_be_named(caller: Calls) -> None:
    calls = caller(people.gina())
    assert calls.post("posts", goal_id=999_999).status_code == 404
    assert calls.post("posts", versions=[{"channel_id": 999_999}]).status_code == 404
    assert calls.get("posts").json()["count"] == 0
