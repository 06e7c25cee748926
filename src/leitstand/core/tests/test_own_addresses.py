"""E-mail addresses of one's own, with and without a mail server, and the words of the sign-in library around them."""

from __future__ import annotations

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client
from django.urls import reverse
from pytest_django import Settings
from tests.people import PASSWORD, company, visitor

from leitstand.core.models import Person
from leitstand.core.people import membership

pytestmark = pytest.mark.django_db


def _ida() -> Client:
    """Her browser; she signed in with her password just now."""
    company()
    membership.add("ida@example.org", "Ida", PASSWORD, ["administrator"])
    browser = visitor()
    browser.post(reverse("account_login"), {"login": "ida@example.org", "password": PASSWORD})
    return browser


def test_without_a_mail_server_nothing_says_that_a_mail_was_sent() -> None:
    browser = _ida()
    EmailAddress.objects.create(user=Person.objects.get(), email="old@example.org")
    added = browser.post(reverse("account_email"), {"action_add": "", "email": "other@example.org"})
    again = browser.post(reverse("account_email"), {"action_send": "", "email": "old@example.org"})
    forgotten = visitor().post(reverse("account_reset_password"), {"email": "ida@example.org"})
    for answer in (added, again, forgotten):
        assert (answer.status_code, "LEITSTAND_MAIL_HOST" in answer.content.decode()) == (503, True)
    assert not EmailAddress.objects.filter(email="other@example.org").exists()
    assert "sent" not in browser.get(reverse("account_email")).content.decode()


def test_an_unconfirmed_second_address_leaves_two_step_sign_in_open() -> None:
    browser = _ida()
    EmailAddress.objects.create(user=Person.objects.get(), email="other@example.org")
    browser.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    assert browser.get(reverse("mfa_activate_totp")).status_code == 200


def test_the_link_of_the_mail_confirms_the_address(settings: Settings) -> None:
    settings.EMAIL_HOST = "mail.example.org"
    browser = _ida()
    browser.post(reverse("account_email"), {"action_add": "", "email": "other@example.org"})
    link = next(word for word in mail.outbox[-1].body.split() if "confirm-email" in word)
    link = link[link.index("/accounts/") :]
    browser.cookies["leitstand_language"] = "de"
    assert "Gehört other@example.org zu Ida?" in browser.get(link).content.decode()
    assert "other@example.org ist bestätigt." in browser.post(link, follow=True).content.decode()
    assert "Dieser Link gilt nicht mehr" in browser.get("/accounts/confirm-email/gone/").content.decode()


def test_the_sign_in_library_speaks_our_german() -> None:
    browser = _ida()
    browser.cookies["leitstand_language"] = "de"
    wrong = {"oldpassword": "wrong", "password1": "another horse", "password2": "another mare"}
    changed = browser.post(reverse("account_change_password"), wrong).content.decode()
    assert "Bitte geben Sie Ihr jetziges Passwort ein." in changed
    assert "Geben Sie beide Male dasselbe Passwort ein." in changed
    browser.post(reverse("account_email"), {"action_remove": "", "email": "ida@example.org"})
    assert "Mit ida@example.org melden Sie sich an" in browser.get(reverse("account_email")).content.decode()
    assert "Sie sind abgemeldet." in browser.post(reverse("account_logout"), follow=True).content.decode()
