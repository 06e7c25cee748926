"""People through the pages: invite, join, roles, leave, come back."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from unittest.mock import ANY

import pytest
from django.core import mail
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings
from tests.people import PASSWORD, ada, ben, company, finn, person, signed_in, visitor

from leitstand.core import people
from leitstand.core.errors import Declined
from leitstand.core.models import DiaryEntry, Invitation, Person

pytestmark = pytest.mark.django_db
IDA = {"email": "Ida@Example.org", "name": "Ida", "roles": ["editor", "agent"]}
JOINING = {"name": "Ida Klein", "password": PASSWORD}


def _invitation() -> Invitation:
    return people.invite("ida@example.org", "Ida", ["editor"], ada())


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
        people.join(invitation.token, "Ida", PASSWORD)
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


def test_inviting_somebody_again_makes_the_first_link_worthless() -> None:
    first, second = _invitation(), _invitation()
    assert visitor().get(_join(first)).status_code == 410
    assert visitor().get(_join(second)).status_code == 200


def test_who_has_an_account_is_not_invited() -> None:
    ben()
    answer = signed_in(ada()).post(reverse("core:invite"), IDA | {"email": "BEN@example.org"})
    assert answer.status_code == 422
    assert "has an account already" in answer.content.decode()


def test_an_invitation_without_a_role_is_refused() -> None:
    answer = signed_in(ada()).post(reverse("core:invite"), {"email": "ida@example.org"})
    assert answer.status_code == 422
    assert "Choose at least one role." in answer.content.decode()


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_the_same_moment_make_one_account() -> None:
    invitation = _invitation()

    def come(number: int) -> str:
        try:
            people.join(invitation.token, f"Ida {number}", PASSWORD)
        except Declined as declined:
            return str(declined.status)
        finally:
            connection.close()
        return "in"

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(come, range(4))) == ["410", "410", "410", "in"]
    assert Person.objects.filter(email="ida@example.org").count() == 1


def test_roles_are_changed_and_the_change_is_in_the_diary() -> None:
    browser, member = signed_in(ada()), ben()
    assert browser.post(reverse("core:roles", args=[member.pk]), {"roles": ["reader"]}).status_code == 303
    assert Person.objects.get(pk=member.pk).roles == ["reader"]
    assert DiaryEntry.objects.filter(name="core.roles_changed").get().data == {"person_id": ANY, "roles": ["reader"]}


def test_a_role_that_does_not_exist_is_refused() -> None:
    answer = signed_in(ada()).post(reverse("core:roles", args=[ben().pk]), {"roles": ["emperor"]})
    assert answer.status_code == 422


def test_the_last_administrator_stays() -> None:
    boss = ada()
    browser = signed_in(boss)
    demoted = browser.post(reverse("core:roles", args=[boss.pk]), {"roles": ["reader"]})
    assert demoted.status_code == 422
    assert "last administrator" in demoted.content.decode()
    assert browser.post(reverse("core:leave", args=[boss.pk])).status_code == 422
    assert Person.objects.get(pk=boss.pk).may("people.manage")


@pytest.mark.django_db(transaction=True)
def test_two_administrators_cannot_demote_each_other_at_the_same_moment() -> None:
    both = [ada(), person("Alan", "administrator")]

    def demote(number: int) -> str:
        try:
            people.change_roles(both[number], ["reader"], both[1 - number])
        except Declined:
            return "declined"
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(demote, range(2))) == ["declined", "done"]
    assert Person.objects.filter(roles__contains=["administrator"]).count() == 1


def test_a_closed_account_is_signed_out_at_once_and_can_come_back() -> None:
    member = ben()
    browser, boss = signed_in(member), signed_in(ada())
    assert browser.get(reverse("core:profile")).status_code == 200
    boss.post(reverse("core:leave", args=[member.pk]))
    assert browser.get(reverse("core:profile")).status_code == 302
    credentials = {"login": member.email, "password": PASSWORD}
    visitor_browser = visitor()
    visitor_browser.post(reverse("account_login"), credentials)
    assert visitor_browser.get(reverse("core:profile")).status_code == 302
    boss.post(reverse("core:come-back", args=[member.pk]))
    visitor_browser.post(reverse("account_login"), credentials)
    assert visitor_browser.get(reverse("core:profile")).status_code == 200


@pytest.mark.parametrize("name", ["core:roles", "core:leave", "core:come-back", "core:revoke"])
def test_guessed_numbers_of_people_and_invitations_lead_nowhere(name: str) -> None:
    invitation = _invitation()
    target = invitation.pk if name == "core:revoke" else ben().pk
    assert signed_in(finn()).post(reverse(name, args=[target]), {"roles": ["reader"]}).status_code == 404
    assert signed_in(ada()).post(reverse(name, args=[987_654]), {"roles": ["reader"]}).status_code == 404
    assert Invitation.objects.filter(pk=invitation.pk).exists()


def test_revoking_twice_is_harmless() -> None:
    invitation = _invitation()
    browser = signed_in(ada())
    assert browser.post(reverse("core:revoke", args=[invitation.pk])).status_code == 303
    assert browser.post(reverse("core:revoke", args=[invitation.pk])).status_code == 404
