"""Connecting, reconnecting, disconnecting: through the pages, with a real network behind them."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.core.management import call_command
from tests import people

from leitstand.channels import queries
from leitstand.channels.check import check
from leitstand.channels.connect import connect
from leitstand.channels.models import Channel
from leitstand.channels.tests.conftest import status
from leitstand.core.models import DiaryEntry
from leitstand.core.vault import unseal
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
