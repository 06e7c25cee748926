"""Getting in: password, rate limit, second factor, recovery codes, single sign-on, language."""

from __future__ import annotations

import socket

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.urls import reverse
from pytest_django import Settings
from tests.people import PASSWORD, ada, company, person, signed_in, visitor

from leitstand.core.people import membership

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh_limits() -> None:
    cache.clear()


@pytest.fixture
def _mail_server(settings: Settings) -> None:
    settings.EMAIL_HOST = "mail.example.org"


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


FLOOD = "INSERT INTO core_cache SELECT 'flood ' || n, '', now() + interval '1 day' FROM generate_series(1, 5000) n"


def test_a_flood_of_requests_lifts_no_lock() -> None:
    """Each request of a stranger leaves a few entries in the cache, and a full one throws out what it holds."""
    ada()
    browser = visitor()
    for _try in range(5):
        _sign_in(browser, "wrong password")
    with connection.cursor() as cursor:
        cursor.execute(FLOOD)
    visitor().post(reverse("account_reset_password"), {"email": "nobody@example.org"})
    _sign_in(browser)
    assert browser.get("/").status_code == 302


def test_nobody_can_sign_up_by_themselves() -> None:
    ada()
    answer = visitor().get(reverse("account_signup"))
    assert b"<form" not in answer.content.split(b"<main")[1].split(b"</main>")[0]


def _ask_for_a_new_password(email: str, language: str) -> str:
    """Subject and text of the mail, asked for with a forged Host header."""
    forged = visitor(HTTP_HOST="evil.example", HTTP_ACCEPT_LANGUAGE=language)
    forged.post(reverse("account_reset_password"), {"email": email})
    return f"{mail.outbox[-1].subject}\n{mail.outbox[-1].body}"


@pytest.mark.usefixtures("_mail_server")
def test_a_forged_host_leads_no_link_of_a_mail_elsewhere(settings: Settings) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    ada()
    english = _ask_for_a_new_password("ada@example.org", "en")
    german = _ask_for_a_new_password("ada@example.org", "de")
    unknown = _ask_for_a_new_password("eve@example.org", "de")
    assert english.startswith("Leitstand: your link for a new password\n")
    assert german.startswith("Leitstand: Ihr Link für ein neues Passwort\n")
    assert unknown.startswith("Leitstand: kein Konto mit dieser Adresse\n")
    assert "eve@example.org" in unknown and "http" not in unknown
    link = f"{settings.PUBLIC_URL}/accounts/password/reset/key/"
    assert link in english and link in german
    assert "evil" not in english + german + unknown


@pytest.mark.usefixtures("_mail_server")
def test_the_link_of_the_mail_opens_the_form() -> None:
    ada()
    visitor().post(reverse("account_reset_password"), {"email": "ada@example.org"})
    link = next(word for word in mail.outbox[-1].body.split() if word.startswith("http"))
    assert b'name="password1"' in visitor().get(link[link.index("/accounts/") :], follow=True).content


@pytest.mark.usefixtures("_mail_server")
def test_the_link_that_confirms_an_address_follows_the_settings_too(settings: Settings) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    browser = signed_in(ada(), HTTP_HOST="evil.example")
    browser.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    browser.post(reverse("account_email"), {"action_add": "", "email": "neu@example.org"})
    assert f"{settings.PUBLIC_URL}/accounts/confirm-email/" in mail.outbox[-1].body
    assert "evil" not in mail.outbox[-1].subject + mail.outbox[-1].body


def test_who_comes_by_an_unknown_name_reads_which_setting_to_make() -> None:
    ada()
    answer = visitor(HTTP_HOST="evil.example").get(reverse("account_login"))
    assert (answer.status_code, b"LEITSTAND_URL" in answer.content) == (400, True)


def _code(secret: str) -> str:
    counter = next(iter(yield_hotp_counters_from_time()))
    return format_hotp_value(hotp_value(secret, counter))


def test_a_second_factor_is_set_up_and_then_asked_for() -> None:
    company()
    members = membership.add("ida@example.org", "Ida", PASSWORD, ["administrator"])
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
    boss = membership.add("ida@example.org", "Ida", PASSWORD, ["administrator"])
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


@pytest.fixture
def no_mail_server(settings: Settings) -> None:
    """Set, but nobody listens there."""
    with socket.socket() as once:
        once.bind(("127.0.0.1", 0))
        settings.EMAIL_PORT = once.getsockname()[1]
    settings.EMAIL_HOST, settings.EMAIL_BACKEND = "127.0.0.1", "django.core.mail.backends.smtp.EmailBackend"


@pytest.mark.usefixtures("no_mail_server")
@pytest.mark.parametrize("email", ["ada@example.org", "nobody@example.org"])
def test_a_forgotten_password_says_that_the_mail_server_is_away(email: str) -> None:
    ada()
    answer = visitor().post(reverse("account_reset_password"), {"email": email})
    assert answer.status_code == 503
    assert "The mail server cannot be reached" in answer.content.decode()


@pytest.mark.usefixtures("no_mail_server")
def test_an_address_whose_mail_was_not_sent_is_not_added() -> None:
    company()
    membership.add("ida@example.org", "Ida", PASSWORD, ["administrator"])
    browser = visitor()
    _sign_in(browser, email="ida@example.org")
    answer = browser.post(reverse("account_email"), {"action_add": "", "email": "other@example.org"})
    assert answer.status_code == 503
    assert not EmailAddress.objects.filter(email="other@example.org").exists()


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
