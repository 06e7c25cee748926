"""Getting in: password, rate limit, second factor, recovery codes, single sign-on, language."""

from __future__ import annotations

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from pytest_django import Settings
from tests.people import PASSWORD, ada, company, person, signed_in, visitor

from leitstand.core import people

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh_limits() -> None:
    cache.clear()


def _sign_in(browser: Client, password: str = PASSWORD, email: str = "ada@example.org") -> int:
    return browser.post(reverse("account_login"), {"login": email, "password": password}).status_code


def test_with_the_right_password_one_gets_in_whatever_the_case_of_the_address() -> None:
    company()
    ada()
    browser = visitor()
    assert _sign_in(browser, email="ADA@example.org") == 302
    assert browser.get("/").status_code == 200


def test_a_wrong_password_does_not_say_whether_the_account_exists() -> None:
    ada()
    typed = {"login": "ada@example.org", "password": "wrong"}
    known = visitor().post(reverse("account_login"), typed).content.decode()
    unknown = visitor().post(reverse("account_login"), typed | {"login": "eve@example.org"}).content.decode()
    assert ("not correct" in known) == ("not correct" in unknown)


def test_after_five_wrong_passwords_even_the_right_one_must_wait() -> None:
    ada()
    browser = visitor()
    for _try in range(5):
        _sign_in(browser, "wrong password")
    _sign_in(browser)
    assert browser.get("/").status_code == 302


def test_nobody_can_sign_up_by_themselves() -> None:
    ada()
    answer = visitor().get(reverse("account_signup"))
    assert b"<form" not in answer.content.split(b"<main")[1].split(b"</main>")[0]


def _code(secret: str) -> str:
    counter = next(iter(yield_hotp_counters_from_time()))
    return format_hotp_value(hotp_value(secret, counter))


def test_a_second_factor_is_set_up_and_then_asked_for() -> None:
    company()
    members = people.add("ida@example.org", "Ida", PASSWORD, ["administrator"])
    browser = visitor()
    _sign_in(browser, email=members.email)
    assert browser.get(reverse("mfa_index")).status_code == 200
    asked = browser.get(reverse("mfa_activate_totp"))
    assert asked["Location"].startswith(reverse("account_reauthenticate"))
    browser.post(asked["Location"], {"password": PASSWORD})
    form = browser.get(reverse("mfa_activate_totp"))
    assert form.status_code == 200
    secret = form.context["form"].secret
    activated = browser.post(reverse("mfa_activate_totp"), {"code": _code(secret)})
    assert activated.status_code == 302, activated.content.decode()
    assert Authenticator.objects.filter(user=members, type="totp").exists()
    assert browser.get(reverse("mfa_view_recovery_codes")).status_code == 200
    again = visitor()
    _sign_in(again, email=members.email)
    assert again.get("/").status_code == 302
    assert again.get(reverse("mfa_authenticate")).status_code == 200


def test_a_recovery_code_opens_the_door_once() -> None:
    company()
    boss = people.add("ida@example.org", "Ida", PASSWORD, ["administrator"])
    TOTP.activate(boss, "JBSWY3DPEHPK3PXP")
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

    code = RecoveryCodes.activate(boss).get_unused_codes()[0]
    for expected in (200, 302):
        browser = visitor()
        _sign_in(browser, email=boss.email)
        browser.post(reverse("mfa_authenticate"), {"code": code})
        assert browser.get("/").status_code == expected


def test_the_profile_leads_to_password_and_second_factor() -> None:
    shown = signed_in(ada()).get(reverse("core:profile")).content.decode()
    assert reverse("mfa_index") in shown
    assert reverse("account_change_password") in shown


def test_single_sign_on_shows_its_button_only_where_it_is_set(settings: Settings) -> None:
    ada()
    assert "Sign in with Acme" not in visitor().get(reverse("account_login")).content.decode()
    app = {
        "provider_id": "company",
        "name": "Acme",
        "client_id": "leitstand",
        "secret": "s",
        "settings": {"server_url": "https://sso.example.org"},
    }
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app]}}
    shown = visitor().get(reverse("account_login")).content.decode()
    assert "Acme" in shown
    assert "/accounts/oidc/company/login/" in shown


def test_the_form_of_single_sign_on_may_lead_to_its_server(settings: Settings) -> None:
    ada()
    assert "form-action 'self';" in visitor().get("/accounts/login/").headers["Content-Security-Policy"]
    settings.OIDC_URL = "https://sso.example.org:8443/realms/acme"
    policy = visitor().get("/accounts/login/").headers["Content-Security-Policy"]
    assert "form-action 'self' https://sso.example.org:8443;" in policy


@pytest.mark.parametrize(
    ("browser_says", "cookie", "own", "expected"),
    [
        ("de", "", "", "de"),
        ("de", "", "en", "en"),
        ("en", "de", "en", "de"),
        ("fr", "", "", "en"),
        ("en", "xx", "", "en"),
    ],
)
def test_the_language_is_the_switch_then_the_person_then_the_browser(
    browser_says: str, cookie: str, own: str, expected: str
) -> None:
    member = person("Kim", "reader")
    type(member).objects.filter(pk=member.pk).update(language=own)
    browser = signed_in(member, HTTP_ACCEPT_LANGUAGE=browser_says)
    if cookie:
        browser.cookies["leitstand_language"] = cookie
    assert browser.get(reverse("core:profile"))["Content-Language"] == expected


def test_the_switch_remembers() -> None:
    browser = signed_in(ada())
    browser.post(reverse("set_language"), {"language": "de", "next": reverse("core:profile")})
    assert browser.get(reverse("core:profile"))["Content-Language"] == "de"
