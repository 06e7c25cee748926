"""The demo company goes with one click, and only it, and only for who may."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db.models import Max, Min
from django.urls import reverse
from django.utils import timezone
from tests import people

from leitstand.core.models import Company, Person
from leitstand.web import demo

pytestmark = pytest.mark.django_db
URL = "/demo/"


def rows(model: str) -> Any:
    """All rows of a room's table, from outside of that room."""
    return apps.get_model(model)._default_manager.all()


@pytest.mark.parametrize("language", ["de", "en"])
def test_one_click_removes_it_with_everything(language: str) -> None:
    browser = people.signed_in(people.ada())
    demo.load()
    browser.cookies["leitstand_language"] = language
    assert f'lang="{language}"' in browser.get(URL).content.decode()
    assert browser.post(URL)["Location"] == reverse("web:welcome")
    for model in ("core.Person", "channels.Channel", "publishing.Post", "listening.Mention", "community.Conversation"):
        assert not rows(model).exists(), model
    assert not Company.current().is_set_up
    assert browser.get("/")["Location"] == reverse("web:welcome")


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
