"""Home, Today and search, for everybody who is signed in."""

from __future__ import annotations

import re

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.urls import reverse
from tests.people import ada, ben, company, finn, person, signed_in, visitor

from leitstand.core.duties import DUTIES
from leitstand.core.people.holders import assign

pytestmark = pytest.mark.django_db
PAGES = ["web:home", "web:today", "web:search"]


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("name", PAGES)
def test_everybody_sees_home_today_and_search(name: str, language: str) -> None:
    company()
    assert signed_in(finn(), HTTP_ACCEPT_LANGUAGE=language).get(reverse(name)).status_code == 200


@pytest.mark.parametrize("name", PAGES)
def test_signed_out_people_are_led_to_the_sign_in(name: str) -> None:
    ada()
    assert visitor().get(reverse(name))["Location"].startswith(reverse("account_login"))


def test_the_board_has_ten_duties_and_says_who_answers_for_them() -> None:
    company()
    assign("D1", ada(), ben(), ada())
    shown = signed_in(ada()).get("/").content.decode()
    assert all(f'id="duty-{duty.code}"' in shown for duty in DUTIES)
    assert "Ben" in shown
    assert "Nobody is accountable" in shown
    assert "vacant" in shown


def test_a_duty_whose_room_is_missing_says_so() -> None:
    company()
    assert "Not built yet: alarm, playbook and drills" in signed_in(ada()).get("/").content.decode()


def test_only_those_who_may_assign_duties_are_offered_it() -> None:
    company()
    assert reverse("core:duty", args=["D1"]) in signed_in(ada()).get("/").content.decode()
    assert reverse("core:duty", args=["D1"]) not in signed_in(finn()).get("/").content.decode()


@pytest.mark.parametrize(
    ("page", "duty"), [("publishing:queue", "D9"), ("publishing:posts", "D9"), ("listening:sources", "D2")]
)
def test_the_navigation_shows_where_we_are(page: str, duty: str) -> None:
    company()
    shown = signed_in(ada()).get(reverse(page)).content.decode()
    assert re.findall(r'href="([^"]*)"\s+aria-current="page"', shown) == [reverse(page)]
    assert re.findall(r'data-remember="(\w+)" open>', shown) == [duty]


def test_today_shows_what_needs_an_administrator_but_not_a_reader() -> None:
    company(imprint_url="")
    assert "imprint is missing" in signed_in(ada()).get(reverse("web:today")).content.decode()
    assert "Nothing needs you now" in signed_in(finn()).get(reverse("web:today")).content.decode()


def test_the_search_finds_pages_and_people_and_marks_the_words() -> None:
    company()
    person("Jobst Wagner", "reader")
    shown = signed_in(ada()).get(reverse("web:search"), {"q": "job"}).content.decode()
    assert '<mark class="mark mark-amber">Job</mark>s' in shown
    assert '<mark class="mark mark-amber">Job</mark>st Wagner' in shown


def test_the_search_finds_people_by_their_address() -> None:
    company()
    found = person("Kim Lund", "reader", email="kl7@example.org")
    shown = signed_in(ada()).get(reverse("web:search"), {"q": "kl7@"}).content.decode()
    assert reverse("core:roles", args=[found.pk]) in shown


def test_today_names_the_administrators_with_a_password_alone() -> None:
    company()
    browser = signed_in(ada())
    shown = browser.get(reverse("web:today")).content.decode()
    assert "You sign in with a password alone" in shown
    assert "is administrator" not in shown
    TOTP.activate(ada(), "JBSWY3DPEHPK3PXP")
    person("Kim Lund", "administrator")
    shown = browser.get(reverse("web:today")).content.decode()
    assert "You sign in" not in shown
    assert "Kim Lund is administrator and signs in with a password alone" in shown
    assert f'href="{reverse("core:people")}"' in shown


def test_the_search_shows_nothing_a_person_may_not_see_and_takes_odd_words() -> None:
    company()
    person("Jobst Wagner", "reader")
    browser = signed_in(finn())
    assert "Jobst" not in browser.get(reverse("web:search"), {"q": "jobst"}).content.decode().split("results")[1]
    for odd in ("\x00", "<script>alert(1)</script>", "%%", "a" * 5000, "'; --"):
        answer = browser.get(reverse("web:search"), {"q": odd})
        assert answer.status_code == 200
        assert "<script>alert" not in answer.content.decode()


def test_htmx_gets_only_the_part_it_asked_for() -> None:
    company()
    browser = signed_in(ada(), HTTP_HX_REQUEST="true", HTTP_HX_TARGET="results")
    shown = browser.get(reverse("web:search"), {"q": "people"}).content.decode()
    assert shown.strip().startswith('<div id="results"')
