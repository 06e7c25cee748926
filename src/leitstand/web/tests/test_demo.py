"""The demo company goes with one click, and only it, and only for who may."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.db.models import Max, Min
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests import people

from leitstand.core.errors import Declined
from leitstand.core.models import Company, Person
from leitstand.core.people.membership import invite
from leitstand.listening import add
from leitstand.publishing import compose
from leitstand.web import demo, first_run

pytestmark = pytest.mark.django_db
URL = "/demo/"
LOADING = "/welcome/demo/loading/"


def rows(model: str) -> Any:
    """All rows of a room's table, from outside of that room."""
    return apps.get_model(model)._default_manager.all()


@pytest.mark.parametrize("language", ["de", "en"])
def test_one_click_removes_it_with_everything(language: str) -> None:
    browser = people.signed_in(people.ada())
    demo.load()
    browser.cookies["leitstand_language"] = language
    asked = rows("core.Notification").filter(url=reverse("rules:sign"), read_at=None)
    assert asked.count() == 1, "only who has not signed"
    assert f'lang="{language}"' in browser.get(URL).content.decode()
    assert browser.post(URL)["Location"] == reverse("web:welcome")
    for model in ("core.Person", "channels.Channel", "publishing.Post", "listening.Mention", "community.Conversation"):
        assert not rows(model).exists(), model
    assert not Company.current().is_set_up
    assert browser.get("/")["Location"] == reverse("web:welcome")


def opened() -> tuple[Client, str]:
    """A newcomer's browser on the page that loads, and the password it shows."""
    browser = people.visitor()
    offered = browser.get(reverse("web:welcome")).context["password"]
    assert browser.post(reverse("web:welcome-demo"), {"password": offered})["Location"] == LOADING
    return browser, offered


def test_the_newcomer_is_in_before_it_is_loaded_and_reads_the_password_until_the_board() -> None:
    browser, password = opened()
    assert not Company.current().is_set_up
    for _reload in range(2):
        assert password in browser.get(LOADING).content.decode()
    assert browser.get("/")["Location"] == LOADING
    assert browser.get(reverse("web:welcome"))["Location"] == LOADING
    for _press in range(2):
        assert browser.post(LOADING)["Location"] == LOADING
    assert Company.current().is_demo
    board = browser.get(LOADING, follow=True)
    assert board.redirect_chain == [("/", 303)]
    assert password in board.content.decode()
    assert password not in browser.get("/").content.decode()


def test_a_tab_closed_while_it_loads_still_shows_the_password_later() -> None:
    browser, password = opened()
    browser.post(LOADING)
    assert password in browser.get("/", follow=True).content.decode()


def test_sent_twice_it_is_still_the_same_newcomer_but_nobody_else() -> None:
    _browser, password = opened()
    again, other = people.visitor(), people.visitor()
    assert again.post(reverse("web:welcome-demo"), {"password": password})["Location"] == LOADING
    assert other.post(reverse("web:welcome-demo"), {"password": "another"}).status_code == 409
    assert Person.objects.count() == 1
    again.post(LOADING)
    assert other.post(reverse("web:welcome-demo"), {"password": password}).status_code == 409


def test_with_a_new_session_it_goes_on_without_the_password() -> None:
    _browser, password = opened()
    browser = people.signed_in(Person.objects.get())
    assert password not in browser.get(LOADING).content.decode()
    browser.post(LOADING)
    assert browser.get("/").status_code == 200


def test_only_the_demo_administrator_loads_it() -> None:
    ada = people.signed_in(people.ada())
    assert ada.post(LOADING)["Location"] == LOADING
    assert ada.get(LOADING)["Location"] == "/"
    assert not Company.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_loaded_by_two_at_the_same_moment_it_is_there_once() -> None:
    person, _password = first_run.demo_administrator("de")

    def load(_press: int) -> None:
        try:
            first_run.load_demo(person)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(load, range(2)))
    assert Company.current().is_demo
    assert Person.objects.count() == 5


@pytest.mark.parametrize("begun", ["company", "half a company", "colleague", "invitation", "post", "query"])
def test_it_is_not_loaded_over_what_somebody_has_begun(begun: str) -> None:
    ada = people.ada()
    if begun == "colleague":
        people.ben()
    elif begun == "invitation":
        invite("ida@example.org", "Ida", ["editor"], ada)
    elif begun == "post":
        compose.start(ada)
    elif begun == "query":
        add.new_query("Wir", "morgenrot", ada)
    else:
        people.company(set_up_at=None if begun == "half a company" else timezone.now())
    with pytest.raises(Declined):
        demo.load()
    with pytest.raises(Declined):
        demo.remove()
    assert not Company.current().is_demo


def test_what_is_no_demo_company_is_not_removed() -> None:
    people.company()
    assert people.signed_in(people.ada()).post(URL).status_code == 404
    assert Person.objects.exists()


def test_who_may_not_edit_the_company_removes_nothing() -> None:
    people.ada()
    demo.load()
    assert people.signed_in(people.finn()).post(URL).status_code == 404
    assert Company.current().is_demo


def test_its_dates_lie_around_today() -> None:
    people.ada()
    demo.load()
    now, times = (
        timezone.now(),
        rows("publishing.Publication").aggregate(first=Min("planned_for"), last=Max("planned_for")),
    )
    assert now - timedelta(days=40) < times["first"] < now - timedelta(days=20)
    assert now < times["last"] < now + timedelta(days=30)
    said = rows("listening.Mention").aggregate(first=Min("at"), last=Max("at"))
    assert now - timedelta(days=40) < said["first"] < said["last"] < now
