"""Invitations: links that bring somebody in once, and links that do not any more."""

from __future__ import annotations

import logging
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from io import StringIO

import pytest
from django.core import mail
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings
from tests.people import PASSWORD, ada, ben, company, gina, person, signed_in, visitor
from tests.sessions import until_all_wait

from leitstand.core.errors import Declined
from leitstand.core.models import DiaryEntry, Invitation, Person
from leitstand.core.people import membership
from leitstand.core.secrets.unlogged import WithoutKeys

pytestmark = pytest.mark.django_db
IDA = {"email": "Ida@Example.org", "name": "Ida", "roles": ["editor", "agent"]}
JOINING = {"name": "Ida Klein", "password": PASSWORD}


def _invitation() -> Invitation:
    return membership.invite("ida@example.org", "Ida", ["editor"], ada())


def _join(invitation: Invitation) -> str:
    return reverse("core:join", args=[invitation.token])


def test_an_invited_person_joins_with_the_roles_of_the_invitation() -> None:
    company()
    browser = signed_in(ada())
    assert browser.post(reverse("core:invite"), IDA).status_code == 303
    invitation = Invitation.objects.get()
    assert invitation.token in browser.get(reverse("core:people")).content.decode()
    guest = visitor(HTTP_ACCEPT_LANGUAGE="de")
    assert "ida@example.org" in guest.get(_join(invitation)).content.decode()
    assert guest.post(_join(invitation), JOINING)["Location"] == "/"
    joined = Person.objects.get(email="ida@example.org")
    assert (joined.name, joined.roles, joined.language) == ("Ida Klein", ["editor", "agent"], "de")
    assert guest.get("/").status_code == 200
    names = set(DiaryEntry.objects.values_list("name", flat=True))
    assert {"core.person_invited", "core.person_joined"} <= names


def test_the_link_is_mailed_where_there_is_a_mail_server(settings: Settings) -> None:
    settings.EMAIL_HOST = "mail.example.org"
    signed_in(ada()).post(reverse("core:invite"), IDA)
    assert Invitation.objects.get().token in mail.outbox[0].body
    assert mail.outbox[0].to == ["ida@example.org"]


def test_a_mail_server_that_is_down_is_said_and_the_invitation_stands(settings: Settings) -> None:
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    answer = signed_in(ada()).post(reverse("core:invite"), IDA, follow=True)
    assert "did not take the mail" in answer.content.decode()
    assert Invitation.objects.count() == 1


@pytest.mark.parametrize("state", ["used", "old", "revoked", "never"])
def test_a_dead_link_says_what_to_do(state: str) -> None:
    invitation = _invitation()
    address = _join(invitation)
    if state == "used":
        membership.join(invitation.token, "Ida", PASSWORD)
    if state == "old":
        Invitation.objects.update(created_at=timezone.now() - timedelta(days=8))
    if state == "revoked":
        signed_in(ada()).post(reverse("core:revoke", args=[invitation.pk]))
    if state == "never":
        address = reverse("core:join", args=["guessed-token"])
    for answer in (visitor().get(address), visitor().post(address, JOINING)):
        assert answer.status_code == 410
        assert "ask the person who invited you" in answer.content.decode()
    assert Person.objects.count() == (2 if state == "used" else 1)


def test_a_weak_password_is_refused_beside_its_field() -> None:
    invitation = _invitation()
    answer = visitor().post(_join(invitation), JOINING | {"password": "password12"})
    assert answer.status_code == 422
    assert "too weak" in answer.content.decode()
    assert Person.objects.count() == 1


@pytest.mark.parametrize("end", ["core:leave", "core:roles"])
def test_whoever_may_not_invite_any_more_has_no_link_left(end: str) -> None:
    second = person("Alan", "administrator")
    own = membership.invite("second-me@example.org", "", ["administrator"], second)
    others = _invitation()
    signed_in(ada()).post(reverse(end, args=[second.pk]), {"roles": ["reader"]})
    assert visitor().post(_join(own), JOINING).status_code == 410
    assert membership.join_vouched(own.email) is None
    assert DiaryEntry.objects.get(name="core.invitation_revoked").data["email"] == own.email
    signed_in(ada()).post(reverse("core:come-back", args=[second.pk]))
    assert visitor().get(_join(own)).status_code == 410
    assert visitor().get(_join(others)).status_code == 200


def test_an_administrator_who_gets_another_role_as_well_keeps_the_links() -> None:
    second = person("Alan", "administrator")
    invitation = membership.invite("ida@example.org", "", ["editor"], second)
    signed_in(ada()).post(reverse("core:roles", args=[second.pk]), {"roles": ["administrator", "legal"]})
    assert visitor().get(_join(invitation)).status_code == 200


@pytest.mark.django_db(transaction=True)
def test_whose_account_is_closed_at_this_moment_invites_nobody() -> None:
    """The invitation waits for the closing, and finds that its maker may not any more."""
    boss, second = ada(), person("Alan", "administrator")
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            membership.leave(second, boss)
            invited = pool.submit(_invite_in_a_thread, second)
            until_all_wait([invited])
        assert invited.result() == 403
    assert not Invitation.objects.exists()


def test_whoever_does_not_manage_people_invites_nobody() -> None:
    with pytest.raises(Declined) as told:
        membership.invite("ida@example.org", "", ["administrator"], gina())
    assert told.value.status == 403
    assert not Invitation.objects.exists()


def _invite_in_a_thread(by: Person) -> int:
    try:
        membership.invite("second-me@example.org", "", ["administrator"], by)
    except Declined as declined:
        return declined.status
    finally:
        connection.close()
    return 200


def test_inviting_somebody_again_makes_the_first_link_worthless() -> None:
    first, second = _invitation(), _invitation()
    assert visitor().get(_join(first)).status_code == 410
    assert visitor().get(_join(second)).status_code == 200


@pytest.mark.django_db(transaction=True)
def test_several_clicks_at_the_same_moment_make_one_link() -> None:
    makers = [ada(), person("Alan", "administrator")] * 3

    def click(by: Person) -> None:
        try:
            membership.invite("ida@example.org", "Ida", ["editor"], by)
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(click, makers))
    assert visitor().get(_join(Invitation.objects.get())).status_code == 200


def test_a_link_that_is_made_again_is_valid_for_seven_days_more() -> None:
    first = _invitation()
    Invitation.objects.update(created_at=timezone.now() - timedelta(days=8))
    again = membership.invite("ida@example.org", "", ["reader"], person("Alan", "administrator"))
    found = Invitation.objects.get()
    assert (found.pk, found.token, found.is_open) == (first.pk, again.token, True)
    assert (found.name, found.roles, found.invited_by) == ("", ["reader"], again.invited_by)


def test_who_has_an_account_is_not_invited() -> None:
    ben()
    answer = signed_in(ada()).post(reverse("core:invite"), IDA | {"email": "BEN@example.org"})
    assert answer.status_code == 422
    assert "has an account already" in answer.content.decode()


def test_a_name_is_one_line_however_it_was_typed() -> None:
    signed_in(ada()).post(reverse("core:invite"), IDA | {"name": "Ida\nKlein"})
    assert Invitation.objects.get().name == "Ida Klein"
    visitor().post(_join(Invitation.objects.get()), JOINING | {"name": "Ida\r\nvan\tDamme"})
    ida = Person.objects.get(email="ida@example.org")
    assert ida.name == "Ida van Damme"
    signed_in(ida).post(reverse("core:profile"), {"name": "Ida\nGroß", "language": ""})
    assert Person.objects.get(pk=ida.pk).name == "Ida Groß"


@pytest.mark.parametrize("email", ["not an email", "", "a" * 250 + "@example.org", "ida@", "ida@example.org\nb"])
def test_who_has_no_address_is_not_added(email: str) -> None:
    with pytest.raises(Declined):
        membership.add(email, "Ida", PASSWORD, ["administrator"])
    assert not Person.objects.exists()


def test_a_name_that_is_too_long_for_its_column_is_cut() -> None:
    assert membership.add("ida@example.org", "Ida " * 100, PASSWORD, ["reader"]).name == ("Ida " * 30).strip()
    membership.invite("jo@example.org", "", ["reader"], ada())
    vouched = membership.join_vouched("jo@example.org", "Jo " * 100)
    assert vouched is not None and vouched.name == ("Jo " * 40).strip()


def test_an_invitation_without_a_role_is_refused() -> None:
    answer = signed_in(ada()).post(reverse("core:invite"), {"email": "ida@example.org"})
    assert answer.status_code == 422
    assert "Choose at least one role." in answer.content.decode()


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_the_same_moment_make_one_account() -> None:
    invitation = _invitation()

    def come(number: int) -> str:
        try:
            membership.join(invitation.token, f"Ida {number}", PASSWORD)
        except Declined as declined:
            return str(declined.status)
        finally:
            connection.close()
        return "in"

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(come, range(4))) == ["410", "410", "410", "in"]
    assert Person.objects.filter(email="ida@example.org").count() == 1


def test_a_link_that_is_still_valid_is_not_in_the_log() -> None:
    company()
    invitation, written = _invitation(), StringIO()
    console = next(
        one for one in logging.getLogger().handlers if any(isinstance(it, WithoutKeys) for it in one.filters)
    )
    before = console.setStream(written)  # type: ignore[attr-defined]  # the handler writes to a stream
    visitor().post(_join(invitation), JOINING | {"password": "123"})
    console.setStream(before)  # type: ignore[attr-defined]  # the handler writes to a stream
    assert "Unprocessable Entity: /join/…/" in written.getvalue()
    assert invitation.token not in written.getvalue()
