"""People through the pages: roles, leave, come back."""

from __future__ import annotations

import logging
from concurrent.futures import ThreadPoolExecutor
from unittest.mock import ANY

import pytest
from django.db import connection
from django.urls import reverse
from tests.people import PASSWORD, ada, ben, finn, person, signed_in, visitor

from leitstand.core.errors import Declined
from leitstand.core.models import DiaryEntry, Invitation, Person
from leitstand.core.people import membership
from leitstand.core.secrets.unlogged import WithoutKeys
from leitstand.core.tests.test_invitations import _invitation

pytestmark = pytest.mark.django_db


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
            membership.change_roles(both[number], ["reader"], both[1 - number])
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


@pytest.mark.parametrize(
    ("line", "values"), [("%d of /join/x", ("a",)), ("%(n)s /join/x", ({"m": 1},)), ("%y /join/x", (1,))]
)
def test_a_log_line_that_does_not_fit_its_values_fails_nobody(line: str, values: tuple[object, ...]) -> None:
    record = logging.LogRecord("leitstand", logging.INFO, "", 1, line, values, None)
    assert WithoutKeys().filter(record)
    assert record.getMessage() == line.replace("/x", "/…")
