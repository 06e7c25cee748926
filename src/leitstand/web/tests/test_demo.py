"""The demo company goes with one click, and only it, and only for who may."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db.models import Max, Min
from django.urls import reverse
from django.utils import timezone
from tests import people

from leitstand.channels.models import Channel
from leitstand.core.models import Company, Person
from leitstand.listening.models import Mention
from leitstand.publishing.models import Post, Publication
from leitstand.web import demo

pytestmark = pytest.mark.django_db
URL = "/demo/"


@pytest.mark.parametrize("language", ["de", "en"])
def test_one_click_removes_it_with_everything(language: str) -> None:
    browser = people.signed_in(people.ada())
    demo.load()
    browser.cookies["leitstand_language"] = language
    assert f'lang="{language}"' in browser.get(URL).content.decode()
    assert browser.post(URL)["Location"] == reverse("web:welcome")
    left = (Person, Channel, Post, Mention)
    assert [model.objects.count() for model in left] == [0] * len(left)
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
    now, times = timezone.now(), Publication.objects.aggregate(first=Min("planned_for"), last=Max("planned_for"))
    assert now - timedelta(days=40) < times["first"] < now - timedelta(days=20)
    assert now < times["last"] < now + timedelta(days=30)
    said = Mention.objects.aggregate(first=Min("at"), last=Max("at"))
    assert now - timedelta(days=40) < said["first"] < said["last"] < now
