"""Connecting, reconnecting, disconnecting: through the pages, with a real network behind them."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import nullcontext
from typing import Any
from uuid import uuid4

import httpx
import pytest
from django.core.management import call_command
from tests import people

from leitstand.channels import queries
from leitstand.channels.check import check
from leitstand.channels.connect import connect
from leitstand.channels.disconnect import disconnect
from leitstand.channels.models import Channel
from leitstand.channels.pause import pause
from leitstand.channels.reconnect import reconnect
from leitstand.channels.tests.conftest import Answer, answering, status
from leitstand.core.errors import Declined
from leitstand.core.models import DiaryEntry
from leitstand.core.secrets.vault import unseal
from leitstand.practice.accounts import end_access

FORM = "/channels/connect/practice/"
ME = {"id": "1", "acct": "morgenrot", "display_name": "Morgenrot", "url": "https://social.example/@morgenrot"}


def test_from_the_list_to_the_connected_channel(house: Any) -> None:
    gina = people.signed_in(people.gina())
    assert "/channels/connect/" in gina.get("/channels/").content.decode()
    assert FORM in gina.get("/channels/connect/").content.decode()
    made = gina.post(FORM, {"handle": "Rösterei Morgenrot"}, follow=True)
    page = made.content.decode()
    assert "Connected as Rösterei Morgenrot" in page
    assert "may publish" in page
    channel = Channel.objects.get()
    assert channel.handle == "roesterei_morgenrot"
    assert channel.state == "ready"
    assert DiaryEntry.objects.filter(name="channels.connected").count() == 1


def test_the_token_is_nowhere_to_be_seen(channel: Channel) -> None:
    token = unseal(channel.sealed_secrets)["token"]
    ada = people.signed_in(people.ada())
    for path in ("/channels/", f"/channels/{channel.pk}/", f"/channels/{channel.pk}/reconnect/", "/diary/"):
        assert token not in ada.get(path).content.decode()
    assert token not in repr(list(DiaryEntry.objects.values()))
    assert token not in repr(channel.__dict__)


def test_a_form_sent_twice_makes_one_channel(house: Any) -> None:
    gina, ticket = people.signed_in(people.gina()), str(uuid4())
    for _again in range(2):
        assert gina.post(FORM, {"handle": "morgenrot", "ticket": ticket}).status_code == 303
    assert Channel.objects.count() == 1


@pytest.mark.django_db
def test_a_refused_access_saves_nothing_and_keeps_what_was_typed() -> None:
    people.company()
    gina = people.signed_in(people.gina())
    with status(401):
        answer = gina.post(
            "/channels/connect/mastodon/", {"server": "https://social.example", "token": "streng-geheim-99"}
        )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "https://social.example" in page
    assert "streng-geheim-99" not in page
    assert not Channel.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("slug", "form", "told"),
    [
        ("mastodon", {"token": "x" * 9}, ("Please check: Server, Access token", "Preferences, Development")),
        (
            "bluesky",
            {"handle": "a.example", "password": "x" * 9},
            ("this name and app password", "Privacy and security"),
        ),
        (
            "wordpress",
            {"user": "anna", "password": "x" * 9},
            ("User name, Application password", "From Users, Profile"),
        ),
    ],
)
def test_who_mistypes_the_access_is_told_what_to_check(slug: str, form: dict[str, str], told: tuple[str, str]) -> None:
    people.company()
    door = {"Link": '<https://blog.example/wp-json/>; rel="https://api.w.org/"'}

    def answer(request: httpx.Request) -> httpx.Response:
        return httpx.Response(200 if request.url.path == "/" else 401, json={"error": "no"}, headers=door)

    with answering(answer):
        form = {"server": "https://blog.example", **form}
        page = people.signed_in(people.gina()).post(f"/channels/connect/{slug}/", form).content.decode()
    errors = (
        page.partition("<form")[2].partition("<input")[0] + page.partition('role="alert"')[2].partition("</div>")[0]
    )
    assert all(words in errors for words in told)
    assert "reconnect" not in errors.lower()


@pytest.mark.django_db
@pytest.mark.parametrize("odd", [{"display_name": "A\x00\ud800B"}, {"followers_count": 2**40}, {"followers_count": -1}])
def test_an_odd_account_can_be_connected(odd: dict[str, object]) -> None:
    people.company()
    form = {"server": "social.example", "token": "streng-geheim-99"}
    with answering(lambda request: httpx.Response(200, text=json.dumps(ME | odd))):
        answer = people.signed_in(people.gina()).post("/channels/connect/mastodon/", form)
    assert answer.status_code == 303
    assert Channel.objects.get().name in ("AB", ME["display_name"])


@pytest.mark.django_db
def test_an_address_that_does_not_fit_is_declined() -> None:
    people.company()
    door = f'<https://blog.example/{"x" * 300}/wp-json/>; rel="https://api.w.org/"'
    me = {"id": 3, "slug": "anna", "name": "Anna", "link": "https://blog.example/a"}
    form = {"server": "blog.example", "user": "anna", "password": "streng-geheim-99"}
    with status(200, me, Link=door):
        answer = people.signed_in(people.gina()).post("/channels/connect/wordpress/", form)
    assert answer.status_code == 422
    assert "not an address we can reach" in answer.content.decode()


@pytest.mark.django_db
def test_missing_fields_are_named() -> None:
    people.company()
    answer = people.signed_in(people.gina()).post("/channels/connect/mastodon/", {"server": "social.example"})
    assert answer.status_code == 422
    assert "Access token" in answer.content.decode()


@pytest.mark.django_db
def test_the_limits_of_a_server_are_kept_to_and_read_again() -> None:
    people.company()
    told = {"max_characters": 1000, "max_media_attachments": 2, "characters_reserved_per_url": -1}
    with status(200, ME | {"configuration": {"statuses": told}}):
        channel = connect("mastodon", {"server": "https://social.example", "token": "streng-geheim"}, people.gina())
    assert limits_of(channel) == (1000, 23, 2)
    for later, limits in (({"max_characters": 700}, (700, 23, 4)), ({"max_characters": "many"}, (700, 23, 4))):
        with status(200, ME | {"configuration": {"statuses": later}}):
            check(channel_id=channel.pk)
        assert limits_of(channel) == limits


def limits_of(channel: Channel) -> tuple[int, int | None, int]:
    """Characters, what an address counts, images."""
    channel.refresh_from_db()
    network = queries.network_of(channel)
    return network.text.limit, network.text.url_length, network.media.images


@pytest.mark.django_db
def test_the_same_account_twice_renews_its_access() -> None:
    people.company()
    answers = {"server": "https://social.example", "token": "erster-zugang"}
    with status(200, ME):
        first = connect("mastodon", answers, people.gina())
        second = connect("mastodon", answers | {"token": "zweiter-zugang"}, people.gina())
    assert first.pk == second.pk
    assert unseal(second.sealed_secrets)["token"] == "zweiter-zugang"


def test_reconnecting_keeps_number_and_history(channel: Channel) -> None:
    end_access(channel.handle)
    check(channel_id=channel.pk)
    channel.refresh_from_db()
    assert channel.state == "reconnect"
    gina = people.signed_in(people.gina())
    form = gina.get(f"/channels/{channel.pk}/reconnect/").content.decode()
    assert 'value="Morgenrot"' in form
    assert gina.post(f"/channels/{channel.pk}/reconnect/", {"handle": "Morgenrot"}).status_code == 303
    channel.refresh_from_db()
    assert channel.state == "ready"
    assert not channel.trouble
    assert channel.checks.exists()
    check(channel_id=channel.pk)
    assert (Channel.objects.get().state, Channel.objects.get().trouble) == ("ready", "")


def test_reconnecting_where_the_access_still_works_changes_nothing(channel: Channel) -> None:
    gina = people.signed_in(people.gina())
    assert gina.post(f"/channels/{channel.pk}/reconnect/", {"handle": "Morgenrot"}).status_code == 303
    kept = Channel.objects.get()
    assert kept.remote_id == channel.remote_id
    assert unseal(kept.sealed_secrets) == unseal(channel.sealed_secrets)


@pytest.mark.django_db
def test_what_a_colleague_did_while_the_network_was_asked_holds() -> None:
    people.company()
    answers = {"server": "https://social.example", "token": "erster-zugang"}
    with status(200, ME):
        found = connect("mastodon", answers, people.gina())
    with answering(meanwhile(lambda: pause(found, people.gina()))):
        assert reconnect(found, answers | {"token": "zweiter-zugang"}, people.gina()).state == "paused"
    assert unseal(Channel.objects.get().sealed_secrets)["token"] == "zweiter-zugang"
    ending = meanwhile(lambda: disconnect(found, "morgenrot@social.example", people.gina()))
    with answering(ending), pytest.raises(Declined):
        reconnect(Channel.objects.get(), answers, people.gina())
    assert (Channel.objects.get().state, Channel.objects.get().sealed_secrets) == ("gone", "")


@pytest.mark.django_db
@pytest.mark.parametrize(("before", "now", "same"), [("http", "https", True), ("https", "http", False)])
def test_an_account_may_move_to_https_and_never_back(before: str, now: str, same: bool) -> None:
    people.company()
    answers = {"server": f"{before}://social.example", "token": "erster-zugang"}
    with status(200, ME), nullcontext() if same else pytest.raises(Declined):
        channel = connect("mastodon", answers, people.gina())
        reconnect(channel, answers | {"server": f"{now}://social.example"}, people.gina())
    assert Channel.objects.get().address == "https://social.example"


def meanwhile(step: Callable[[], object]) -> Answer:
    """The network answers; somebody does something before."""

    def answer(request: httpx.Request) -> httpx.Response:
        step()
        return httpx.Response(200, json=ME)

    return answer


def test_another_account_is_not_taken_for_ours(channel: Channel) -> None:
    end_access(channel.handle)
    answer = people.signed_in(people.gina()).post(f"/channels/{channel.pk}/reconnect/", {"handle": "jemand-anders"})
    assert answer.status_code == 422
    assert "another account" in answer.content.decode()
    kept = Channel.objects.get()
    assert unseal(kept.sealed_secrets) == unseal(channel.sealed_secrets)


def test_disconnecting_says_what_it_means_and_wants_the_name(channel: Channel) -> None:
    hook = [lambda channel_id: "7 planned posts wait"]
    queries.DEPENDANTS.extend(hook)
    gina = people.signed_in(people.gina())
    url = f"/channels/{channel.pk}/disconnect/"
    try:
        assert "7 planned posts wait" in gina.get(url).content.decode()
    finally:
        queries.DEPENDANTS.remove(hook[0])
    assert gina.post(url, {"typed": "falsch"}).status_code == 422
    assert gina.post(url, {"typed": "@morgenrot"}).status_code == 303
    gone = Channel.objects.get()
    assert gone.state == "gone"
    assert gone.sealed_secrets == ""
    assert gina.post(url, {"typed": "morgenrot"}).status_code == 303
    assert DiaryEntry.objects.filter(name="channels.gone").count() == 1
    assert f"/channels/{channel.pk}/" not in gina.get("/channels/").content.decode()
    assert gina.get(f"/channels/{channel.pk}/").status_code == 200


def test_a_disconnected_account_can_be_connected_anew(channel: Channel) -> None:
    Channel.objects.update(state="gone", sealed_secrets="")
    made = connect("practice", {"handle": "Morgenrot"}, people.gina())
    assert made.pk != channel.pk


def test_pause_and_resume(channel: Channel) -> None:
    gina = people.signed_in(people.gina())
    gina.post(f"/channels/{channel.pk}/pause/")
    assert channel.pk not in queries.publishable_ids()
    gina.post(f"/channels/{channel.pk}/pause/")
    gina.post(f"/channels/{channel.pk}/pause/end/")
    assert channel.pk in queries.publishable_ids()
    names = DiaryEntry.objects.filter(name__in=["channels.paused", "channels.resumed"])
    assert names.count() == 2


@pytest.mark.django_db
def test_migrations_are_complete() -> None:
    call_command("makemigrations", "channels", "practice", check=True, dry_run=True, verbosity=0)
