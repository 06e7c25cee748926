"""Every page of the ground floor: who may enter, what it shows, both languages."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from tests.people import ada, ben, company, finn, signed_in, visitor

EVERYBODY = ["core:profile", "core:notifications", "core:bell"]
GUARDED = ["core:people", "core:company", "core:hours", "core:diary", "core:chain", "core:diary-export", "core:jobs"]
pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("name", [*EVERYBODY, *GUARDED])
def test_the_administrator_sees_every_page_in_both_languages(name: str, language: str) -> None:
    company()
    browser = signed_in(ada(), HTTP_ACCEPT_LANGUAGE=language)
    assert browser.get(reverse(name)).status_code == 200


@pytest.mark.parametrize("name", GUARDED)
def test_for_a_reader_guarded_pages_do_not_exist(name: str) -> None:
    company()
    assert signed_in(finn()).get(reverse(name)).status_code == 404


@pytest.mark.parametrize("name", EVERYBODY[:2])
def test_everybody_has_a_profile_and_notifications(name: str) -> None:
    assert signed_in(finn()).get(reverse(name)).status_code == 200


def test_after_signing_out_a_part_that_refreshes_itself_takes_its_page_to_the_sign_in() -> None:
    ada()
    page = {"HTTP_HX_REQUEST": "true", "HTTP_HX_CURRENT_URL": "http://testserver/jobs/?x=1"}
    answer = visitor().get(reverse("core:jobs"), **page)  # type: ignore[arg-type]  # extra headers
    assert (answer.status_code, answer.content) == (204, b"")
    assert answer["HX-Redirect"] == f"{reverse('account_login')}?next=/jobs/%3Fx%3D1"


@pytest.mark.parametrize("name", [*GUARDED, *EVERYBODY[:2]])
def test_signed_out_people_are_led_to_the_sign_in(name: str) -> None:
    ada()
    answer = visitor().get(reverse(name))
    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("account_login"))


@pytest.mark.parametrize(
    "address",
    [
        "core:invite",
        "core:all-read",
        "core:alarms",
        "core:alarm-test",
    ],
)
def test_changes_need_a_post(address: str) -> None:
    assert signed_in(ada()).get(reverse(address)).status_code == 405


@pytest.mark.parametrize(
    "step, belongs_to",
    [
        ("/notifications/read/", "/notifications/"),
        ("/people/7/closing/", "/people/"),
        ("/publishing/posts/7/plan/", "/publishing/posts/7/"),
        ("/welcome/done/", "/welcome/"),
    ],
)
def test_a_step_opened_as_a_page_leads_to_the_page_it_belongs_to(step: str, belongs_to: str) -> None:
    answer = signed_in(ada()).get(step, headers={"accept": "text/html,*/*"})
    assert (answer.status_code, answer.headers["Location"]) == (302, belongs_to)


def test_a_forged_post_is_refused() -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(ada())
    assert browser.post(reverse("core:invite"), {"email": "eve@example.org"}).status_code == 403


def test_an_editor_sees_only_what_an_editor_may_in_the_navigation() -> None:
    shown = signed_in(ben()).get(reverse("core:profile")).content.decode()
    assert reverse("core:jobs") not in shown
    assert reverse("core:people") not in shown
