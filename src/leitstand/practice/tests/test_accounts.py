"""Accounts: opened by a name, known by a token, limited in their calls, and cut off for practice."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from django.db.models import F
from django.test import Client
from tests import people

from leitstand.core.secrets import house_pass
from leitstand.practice import accounts
from leitstand.practice.models import Account, Post
from leitstand.practice.tests.conftest import API, Caller, let_pass

Join = Callable[..., Caller]


@pytest.mark.parametrize(
    ("typed", "handle"),
    [
        ("Morgenrot", "morgenrot"),
        (" @Rösterei Grün & Söhne ", "roesterei_gruen_soehne"),
        ("Straße.9-a", "strasse.9-a"),
        ("Łódź", "odz"),
        ("x" * 90, "x" * 40),
        ("../../admin", "admin"),
        ("<script>", "script"),
    ],
)
def test_a_name_becomes_a_handle(join: Join, typed: str, handle: str) -> None:
    assert join(typed, "Name").me["handle"] == handle


def test_an_account_is_given_back_to_its_own_kind_only(db: None) -> None:
    square, _token = accounts.open_account("foo.short", "", "practice")
    accounts.end_access(square.handle)
    short, _token = accounts.open_account("foo", "", "practice-short")
    assert (short.handle, short.kind) == ("foo.short2", "practice-short")
    accounts.end_access(short.handle)
    assert accounts.open_account("foo.short", "", "practice")[0] == square


@pytest.mark.parametrize("typed", ["", " ", "@", "咖啡", "___", "\x00", "\ud83d"])
def test_an_account_needs_a_name(db: None, typed: str) -> None:
    people.ada()
    asked = {"handle": typed, "pass": house_pass.issue("practice")}
    answer = Client().post(f"{API}/accounts", asked, content_type="application/json")
    assert (answer.status_code, Account.objects.count()) == (422, 0)


def test_strangers_open_no_account(db: None) -> None:
    """Else anybody could write on pages under the company's own address."""
    people.ada()
    for shown in ("", "x", house_pass.issue("elsewhere"), house_pass.issue("practice") + "x"):
        asked = {"handle": "morgenrot", "pass": shown}
        answer = Client().post(f"{API}/accounts", asked, content_type="application/json")
        assert (answer.status_code, Account.objects.count()) == (403, 0)


def test_a_pass_is_good_for_some_minutes(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    shown, later = house_pass.issue("practice"), time.time() + house_pass.GOOD_FOR + 1
    assert house_pass.is_good(shown, "practice")
    monkeypatch.setattr("time.time", lambda: later)
    assert not house_pass.is_good(shown, "practice")


def test_a_name_that_is_taken_gets_a_number_and_the_audience_keeps_its_names(join: Join) -> None:
    assert [join("Morgenrot").me["handle"] for _number in range(3)] == ["morgenrot", "morgenrot2", "morgenrot3"]
    assert join("lena_k").me["handle"] == "lena_k2"


def test_only_the_hash_of_a_token_is_kept(morgenrot: Caller) -> None:
    token = morgenrot.me["token"]
    assert token not in str(Account.objects.values_list())
    assert morgenrot.account.token_hash == accounts.hashed(token)
    assert "token" not in morgenrot.get("/me").json()


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer ", "Bearer falsch", "Basic {}", "{}"])
def test_without_the_token_nothing_is_told(morgenrot: Caller, header: str) -> None:
    client = Client(HTTP_AUTHORIZATION=header.format(morgenrot.me["token"]))
    for path in ("/me", "/me/figures", "/posts", "/inbox", "/posts/1/figures"):
        assert client.get(API + path).status_code == 401
    assert client.post(f"{API}/posts", {"text": "x"}, content_type="application/json").status_code == 401
    assert not morgenrot.account.posts.exists()


@pytest.mark.parametrize(
    ("method", "path"), [("GET", "/accounts"), ("POST", "/me"), ("PATCH", "/posts"), ("GET", "/media")]
)
def test_other_methods_are_refused(morgenrot: Caller, method: str, path: str) -> None:
    assert morgenrot.raw(method, path, "{}").status_code == 405


def test_calls_are_limited_and_the_limit_is_told(morgenrot: Caller) -> None:
    if (rest := accounts.WINDOW - time.time() % accounts.WINDOW) < 3:
        time.sleep(rest)  # the window must not end in the middle
    first, second = morgenrot.get("/me"), morgenrot.get("/me")
    assert (first["X-RateLimit-Limit"], first["X-RateLimit-Remaining"]) == ("300", "299")
    assert second["X-RateLimit-Remaining"] == "298"
    assert 0 < int(second["X-RateLimit-Reset"]) - time.time() <= 300
    Account.objects.update(spent=300)
    refused = morgenrot.post("Zu viel")
    assert (refused.status_code, refused["X-RateLimit-Remaining"]) == (429, "0")
    assert 0 < int(refused["Retry-After"]) <= 300
    assert not morgenrot.account.posts.exists()
    Account.objects.update(window=F("window") - 1)
    assert morgenrot.get("/me")["X-RateLimit-Remaining"] == "299"


def test_too_many_new_accounts_are_put_off(join: Join) -> None:
    Account.objects.bulk_create(Account(handle=f"a{number}", name="A") for number in range(300))
    asked = {"handle": "noch eins", "pass": house_pass.issue("practice")}
    answer = Client().post(f"{API}/accounts", asked, content_type="application/json")
    assert (answer.status_code, answer["Retry-After"]) == (429, "600")


def test_access_that_is_taken_away_can_be_had_again(morgenrot: Caller, join: Join) -> None:
    path = "/practice/@morgenrot/access/ended/"
    assert people.visitor().post(path).status_code == 302
    assert people.signed_in(people.finn()).post(path).status_code == 404
    assert morgenrot.get("/me").status_code == 200
    gina = people.signed_in(people.gina())
    assert gina.get(path).status_code == 405
    assert gina.post(path).status_code == gina.post(path).status_code == 303
    assert morgenrot.get("/me").status_code == 401
    again = join("Morgenrot")
    assert (again.me["id"], again.me["token"] != morgenrot.me["token"]) == (morgenrot.me["id"], True)
    assert again.get("/me").status_code == 200


def test_a_new_account_is_spoken_of_within_two_minutes(morgenrot: Caller) -> None:
    assert morgenrot.get("/inbox").json()["items"] == []
    let_pass(seconds=121)
    item = morgenrot.get("/inbox").json()["items"][0]
    assert (item["kind"], item["in_reply_to"]) == ("mention", "")
    assert item["text"].startswith("@morgenrot ")
    assert "Rösterei Morgenrot" in Post.objects.get(pk=item["id"]).text
