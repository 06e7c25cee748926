"""An administrator helps colleagues who forgot the password or lost the second factor."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from html import unescape

import pytest
from allauth.account.forms import default_token_generator
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.test import Client
from django.urls import reverse
from tests.people import PASSWORD, ada, ben, company, emil, gina, signed_in, visitor

from leitstand.core.models import DiaryEntry, Notification, Person
from leitstand.core.people import membership

pytestmark = pytest.mark.django_db
NEW = "another good horse"
SECRET = "JBSWY3DPEHPK3PXP"


@pytest.fixture
def colleague() -> Person:
    """Somebody who came with the demo company: no password, no confirmed address."""
    company()
    return Person.objects.create_user("jonas@nordlicht.example", None, name="Jonas", roles=["editor"], language="en")


def page_of(person: Person) -> str:
    return reverse("core:roles", args=[person.pk])


def made_link(colleague: Person) -> str:
    browser = signed_in(ada())
    assert browser.post(reverse("core:help-password", args=[colleague.pk]))["Location"] == page_of(colleague)
    shown = browser.get(page_of(colleague)).content.decode()
    (link,) = set(re.findall(r"<code[^>]*>(http[^<]+)</code>", shown))
    assert "/accounts/password/reset/key/" not in browser.get(page_of(colleague)).content.decode(), "it is shown once"
    return "/" + unescape(link).split("/", 3)[3]


def choose(link: str, password: str = NEW) -> Client:
    """Opens the link and types the new password, as allauth's two pages ask for it."""
    guest = visitor()
    form = guest.get(link)
    if form.status_code == 302:
        guest.post(form["Location"], {"password1": password, "password2": password})
    return guest


def can_enter(person: Person, password: str) -> bool:
    browser = visitor()
    browser.post(reverse("account_login"), {"login": person.email, "password": password})
    return browser.get("/").status_code == 200


def test_the_link_gives_a_new_password_once(colleague: Person) -> None:
    link = made_link(colleague)
    choose(link)
    assert can_enter(colleague, NEW)
    choose(link, "a third good horse")
    assert not can_enter(colleague, "a third good horse")
    assert DiaryEntry.objects.get(name="core.password_link_made").actor == ada()
    assert "Ada made a link for a new password for you." in Notification.objects.get(person=colleague).title
    assert NEW not in str(list(DiaryEntry.objects.values_list("data", flat=True)))


def test_the_old_password_works_until_then_and_open_browsers_end_after(colleague: Person) -> None:
    member = membership.add("ida@example.org", "Ida", PASSWORD, ["editor"])
    browser = signed_in(member)
    link = made_link(member)
    assert browser.get("/").status_code == 200
    choose(link)
    assert browser.get("/").status_code == 302
    assert not can_enter(member, PASSWORD)


def test_the_link_dies_after_three_days(colleague: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    link = made_link(colleague)
    later = datetime.now() + timedelta(days=3, minutes=1)
    monkeypatch.setattr(default_token_generator, "_now", lambda: later)
    choose(link)
    assert not can_enter(colleague, NEW)


def test_whoever_came_by_the_link_may_set_up_a_second_factor(colleague: Person) -> None:
    choose(made_link(colleague))
    browser = visitor()
    browser.post(reverse("account_login"), {"login": colleague.email, "password": NEW})
    again = browser.get(reverse("mfa_activate_totp"))["Location"]
    browser.post(again, {"password": NEW})
    form = browser.get(reverse("mfa_activate_totp"))
    assert form.status_code == 200
    assert form.context["form"].secret


def test_a_lost_second_factor_is_removed(colleague: Person) -> None:
    TOTP.activate(colleague, SECRET)
    browser = signed_in(ada())
    assert "Remove the second factor" in browser.get(page_of(colleague)).content.decode()
    assert browser.post(reverse("core:help-second-factor", args=[colleague.pk])).status_code == 303
    assert not Authenticator.objects.filter(user=colleague).exists()
    assert "Ada removed your second factor" in Notification.objects.get(person=colleague).title
    assert DiaryEntry.objects.filter(name="core.second_factor_removed").count() == 1
    assert "Remove the second factor" not in browser.get(page_of(colleague)).content.decode()
    assert browser.post(reverse("core:help-second-factor", args=[colleague.pk])).status_code == 409


@pytest.mark.parametrize("address", ["core:help-password", "core:help-second-factor"])
def test_only_administrators_help_and_only_by_a_button(colleague: Person, address: str) -> None:
    TOTP.activate(colleague, SECRET)
    for stranger in (ben(), gina(), emil(), colleague):
        assert signed_in(stranger).post(reverse(address, args=[colleague.pk])).status_code == 404
    assert visitor().post(reverse(address, args=[colleague.pk])).status_code == 302
    assert signed_in(ada()).get(reverse(address, args=[colleague.pk])).status_code == 405
    assert signed_in(ada()).post(reverse(address, args=[999_999])).status_code == 404
    assert Authenticator.objects.filter(user=colleague).exists()
    assert not DiaryEntry.objects.filter(name__in=["core.password_link_made", "core.second_factor_removed"]).exists()


def test_a_closed_account_gets_no_link(colleague: Person) -> None:
    membership.leave(colleague, ada())
    browser = signed_in(ada())
    assert browser.post(reverse("core:help-password", args=[colleague.pk])).status_code == 409
    assert "sign-in-help" not in browser.get(page_of(colleague)).content.decode()
