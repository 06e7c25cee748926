"""The first minute: welcome, the five steps, and everything that may go wrong in them."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from tests.people import PASSWORD, ada, company, finn, signed_in, visitor

from leitstand.core.errors import Declined
from leitstand.core.models import Company, Invitation, Person
from leitstand.web import first_run

ADA = {"name": "Ada", "email": "Ada@Example.org", "password": PASSWORD}
FIRM = {"name": "Röstwerk", "country": "AT", "languages": ["de"]}
HOURS = {"time_zone": "Europe/Vienna", "holiday_region": "9", "opens_0_0": "08:00", "closes_0_0": "12:00"}


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/", "/people/", "/accounts/login/", "/no-such-page/"])
def test_before_anybody_is_here_every_page_leads_to_the_welcome(address: str) -> None:
    assert visitor().get(address)["Location"] == reverse("web:welcome")


@pytest.mark.django_db
def test_the_welcome_speaks_the_language_one_chooses() -> None:
    browser = visitor()
    assert "Welcome" in browser.get("/welcome/", HTTP_ACCEPT_LANGUAGE="en").content.decode()
    browser.post(reverse("set_language"), {"language": "de", "next": "/welcome/"})
    assert 'lang="de"' in browser.get("/welcome/").content.decode()


def _walk(browser: Client, name: str, typed: dict[str, Any]) -> str:
    answer = browser.post(reverse(f"web:welcome-{name}"), typed)
    assert answer.status_code == 303, answer.content.decode()
    return str(answer["Location"])


@pytest.mark.django_db
def test_a_colleague_typed_in_is_invited_though_one_only_goes_on() -> None:
    browser, network = visitor(), reverse("web:welcome-network")
    for name, typed in (("you", ADA), ("company", FIRM), ("hours", HOURS)):
        _walk(browser, name, typed)
    roles = {"roles": ["editor"]}
    for wrong in ({"email": "ben@"}, {"name": "Ben"}):
        assert browser.post(network, wrong | roles).status_code == 422
    stays = _walk(browser, "network", {"email": "ben@example.org", "practice": "1"} | roles)
    shown = browser.get(stays).content.decode()
    assert (Invitation.objects.get().token in shown, 'value="1" checked' in shown) == (True, True)
    stays = _walk(browser, "network", {"email": "cleo@example.org"} | roles)
    assert 'value="1" checked' not in browser.get(stays).content.decode()
    assert _walk(browser, "network", roles) == reverse("web:welcome-goal")


@pytest.mark.django_db
def test_five_steps_lead_from_nothing_to_the_board() -> None:
    browser = visitor()
    assert _walk(browser, "you", ADA) == reverse("web:welcome-company")
    assert _walk(browser, "company", FIRM) == reverse("web:welcome-hours")
    assert _walk(browser, "hours", HOURS) == reverse("web:welcome-network")
    typed = {"invite": "1", "email": "ben@example.org", "roles": ["editor"]}
    assert _walk(browser, "network", typed).startswith(reverse("web:welcome-network"))
    assert Invitation.objects.get().token in browser.get(reverse("web:welcome-network")).content.decode()
    assert _walk(browser, "network", {}) == reverse("web:welcome-goal")
    assert Invitation.objects.count() == 1
    assert _walk(browser, "done", {}) == "/"
    made = Company.current()
    assert (made.name, made.country, made.time_zone, made.holiday_region) == ("Röstwerk", "AT", "Europe/Vienna", "9")
    assert made.service_hours == {"0": [["08:00", "12:00"]]}
    assert made.is_set_up
    assert Person.objects.get().email == "ada@example.org"
    assert browser.get("/").status_code == 200


@pytest.mark.django_db
def test_steps_cannot_be_jumped_but_gone_back_to() -> None:
    browser = visitor()
    _walk(browser, "you", ADA)
    assert browser.get(reverse("web:welcome-goal"))["Location"] == reverse("web:welcome-company")
    _walk(browser, "company", FIRM)
    assert browser.get(reverse("web:welcome-company")).status_code == 200
    assert _walk(browser, "done", {}) == "/"


@pytest.mark.django_db
def test_a_lost_session_goes_on_where_the_database_knows() -> None:
    browser = visitor()
    _walk(browser, "you", ADA)
    _walk(browser, "company", FIRM)
    again = signed_in(Person.objects.get())
    assert again.get(reverse("web:welcome"))["Location"] == reverse("web:welcome-hours")


@pytest.mark.django_db
def test_sending_the_first_step_twice_makes_one_person() -> None:
    browser = visitor()
    _walk(browser, "you", ADA)
    assert _walk(browser, "you", ADA) == reverse("web:welcome-company")
    assert Person.objects.count() == 1


@pytest.mark.django_db
def test_a_weak_password_is_explained_beside_the_field() -> None:
    answer = visitor().post(reverse("web:welcome-you"), ADA | {"password": "1234567890"})
    assert answer.status_code == 422
    assert not Person.objects.exists()


@pytest.mark.django_db
def test_wrong_hours_are_explained_and_nothing_is_saved() -> None:
    browser = visitor()
    _walk(browser, "you", ADA)
    _walk(browser, "company", FIRM)
    answer = browser.post(reverse("web:welcome-hours"), HOURS | {"opens_1_0": "10:00", "closes_1_0": "09:00"})
    assert answer.status_code == 422
    assert "It must close after it opens." in answer.content.decode()
    assert Company.current().time_zone == "Europe/Berlin"


@pytest.mark.django_db
def test_once_set_up_the_wizard_is_closed() -> None:
    company()
    assert visitor().get("/welcome/")["Location"] == "/" if Person.objects.exists() else True
    browser = signed_in(ada())
    assert browser.get("/welcome/")["Location"] == "/"
    assert browser.get(reverse("web:welcome-hours"))["Location"] == "/"
    assert visitor().post(reverse("web:welcome-you"), ADA | {"email": "eve@example.org"})["Location"] == "/"
    assert Person.objects.count() == 1


@pytest.mark.django_db
def test_the_wizard_is_not_for_people_who_may_not_edit_the_company() -> None:
    ada()
    assert signed_in(finn()).get(reverse("web:welcome-company")).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_of_many_who_come_first_only_one_becomes_administrator() -> None:
    def come(number: int) -> str:
        try:
            first_run.first_administrator(f"p{number}@example.org", f"P{number}", PASSWORD, "en")
        except Declined as declined:
            return str(declined.status)
        finally:
            connection.close()
        return "in"

    with ThreadPoolExecutor(6) as pool:
        outcomes = sorted(pool.map(come, range(6)))
    assert outcomes == ["409"] * 5 + ["in"]
    assert Person.objects.count() == 1
