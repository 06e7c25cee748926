"""Single sign-on with an OpenID Connect server on this machine: who gets in, who joins, who is turned away."""

from __future__ import annotations

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from pytest_django import Settings
from tests.people import ada, ben, company, visitor

from leitstand.core.models import DiaryEntry, Invitation, Person
from leitstand.core.people import membership

pytestmark = pytest.mark.django_db
SUBJECT = {"sub": "4711", "email": "Ida@example.org", "email_verified": True, "name": "Ida Winter"}


class Server(HTTPServer):
    """Knows one person, and tells of them what `claims` says."""

    claims: dict[str, Any]
    discovery: Any = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class Desk(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        url = self.server.url
        facts = {"issuer": url, "authorization_endpoint": f"{url}/authorize", "token_endpoint": f"{url}/token"}
        facts |= {"userinfo_endpoint": f"{url}/userinfo", "jwks_uri": f"{url}/jwks"}
        self._say(self.server.claims if self.path == "/userinfo" else self.server.discovery or facts)

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self._say({"access_token": "t", "token_type": "Bearer"})

    def _say(self, answer: dict[str, Any]) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(answer).encode())

    def log_message(self, *_words: object) -> None:
        return


@pytest.fixture
def server(settings: Settings) -> Iterator[Server]:
    company()
    ada()
    found = Server(("127.0.0.1", 0), Desk)
    found.claims = dict(SUBJECT)
    thread = Thread(target=found.serve_forever)
    thread.start()
    _use(settings, found)
    yield found
    found.shutdown()
    thread.join()
    found.server_close()


def _use(settings: Settings, server: Server, *domains: str) -> None:
    app = {"provider_id": "company", "name": "Acme", "client_id": "leitstand", "secret": "s"}
    # The checker took the settings for text.
    app["settings"] = {"server_url": server.url, "verified_email": list(domains)}  # type: ignore[assignment]
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app]}}


def _sign_in() -> Client:
    browser = visitor()
    sent = browser.post("/accounts/oidc/company/login/")
    state = parse_qs(urlsplit(sent["Location"]).query)["state"][0]
    browser.get("/accounts/oidc/company/login/callback/", {"code": "c", "state": state})
    return browser


def _is_in(browser: Client) -> bool:
    return browser.get("/").status_code == 200


def test_who_was_invited_joins_with_the_roles_of_the_invitation(server: Server) -> None:
    membership.invite("ida@example.org", "", ["editor"], ada())
    assert _is_in(_sign_in())
    ida = Person.objects.get(email="ida@example.org")
    assert (ida.name, ida.roles, ida.has_usable_password()) == ("Ida Winter", ["editor"], False)
    assert Invitation.objects.get().used_at is not None
    assert DiaryEntry.objects.filter(name="core.person_joined", actor=ida).count() == 1
    assert _is_in(_sign_in())
    assert Person.objects.count() == 2


def test_who_has_an_account_gets_in(server: Server) -> None:
    server.claims["email"] = ben().email
    assert _is_in(_sign_in())


def test_who_was_not_invited_is_turned_away(server: Server) -> None:
    assert not _is_in(_sign_in())
    assert Person.objects.count() == 1


def test_an_invitation_that_ended_or_was_revoked_opens_nothing(server: Server) -> None:
    membership.revoke(membership.invite("ida@example.org", "", ["editor"], ada()), ada())
    assert not _is_in(_sign_in())
    membership.invite("ida@example.org", "", ["editor"], ada())
    Invitation.objects.update(created_at="2020-01-01T00:00Z")
    assert not _is_in(_sign_in())


@pytest.mark.parametrize("told", [{"email_verified": False}, {"email_verified": None}])
@pytest.mark.parametrize(("domain", "expected"), [("", False), ("example.com", False), ("Example.org", True)])
def test_an_address_the_server_does_not_vouch_for_counts_only_in_domains_it_owns(
    server: Server, settings: Settings, told: dict[str, Any], domain: str, expected: bool
) -> None:
    membership.invite("ida@example.org", "", ["editor"], ada())
    server.claims |= told
    _use(settings, server, *filter(None, [domain]))
    assert _is_in(_sign_in()) is expected


def test_a_closed_account_stays_closed(server: Server) -> None:
    server.claims["email"] = ben().email
    membership.leave(ben(), ada())
    assert not _is_in(_sign_in())


@pytest.mark.parametrize("discovery", ["away", {"issuer": "x"}, ["x"], "x"])
def test_while_the_server_is_away_or_broken_one_is_told_to_use_the_password(
    server: Server, settings: Settings, discovery: Any
) -> None:
    server.discovery = discovery
    if discovery == "away":
        app = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]
        app["settings"]["server_url"] = "http://127.0.0.1:1"
    answer = visitor().post("/accounts/oidc/company/login/")
    assert answer.status_code == 503
    assert "Sign in with your password" in answer.content.decode()


def test_a_server_nobody_set_leads_nowhere(server: Server) -> None:
    assert visitor().post("/accounts/oidc/other/login/").status_code == 404
