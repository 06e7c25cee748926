"""The company profile and its service hours through the pages."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from django.utils import translation
from tests.people import ada, company, signed_in

from leitstand.core.company import countries, languages
from leitstand.core.forms.hours import HoursForm
from leitstand.core.models import Company, DiaryEntry

pytestmark = pytest.mark.django_db
FACTS = {"name": "Röstwerk", "legal_form": "GmbH", "country": "AT", "languages": ["de"], "markets": ["DE", "AT"]}
ZONE = {"time_zone": "Europe/Vienna", "holiday_region": ""}


def test_facts_are_saved_and_only_the_changed_ones_stand_in_the_diary() -> None:
    company(name="Röstwerk", languages=["de"])
    browser = signed_in(ada())
    assert browser.post(reverse("core:company"), FACTS).status_code == 303
    kept = Company.current()
    assert (kept.legal_form, kept.country, kept.markets) == ("GmbH", "AT", ["DE", "AT"])
    changed = DiaryEntry.objects.filter(name="core.company_changed").get()
    assert changed.data == {"fields": ["country", "legal_form", "markets"]}
    assert browser.post(reverse("core:company"), FACTS).status_code == 303
    assert DiaryEntry.objects.filter(name="core.company_changed").count() == 1


def test_another_country_begins_without_a_region_but_with_its_holidays() -> None:
    company(languages=["de"], holiday_region="BY")
    browser = signed_in(ada())
    browser.post(reverse("core:company"), FACTS | {"country": "AT"})
    assert Company.current().holiday_region == ""
    assert "holiday_region" in DiaryEntry.objects.get(name="core.company_changed").data["fields"]
    assert "Christmas" in browser.get(reverse("core:hours"), HTTP_ACCEPT_LANGUAGE="en").content.decode()


@pytest.mark.parametrize(
    "wrong", [{"name": ""}, {"country": "XX"}, {"imprint_url": "javascript:alert(1)"}, {"languages": []}]
)
def test_facts_that_make_no_sense_are_refused(wrong: dict[str, object]) -> None:
    company()
    assert signed_in(ada()).post(reverse("core:company"), FACTS | wrong).status_code == 422
    assert Company.current().name == "Rösterei Morgenrot"


def test_hours_are_saved_with_breaks_and_midnight() -> None:
    company()
    typed = ZONE | {"opens_0_0": "09:00", "closes_0_0": "12:00", "opens_0_1": "13:00", "closes_0_1": "00:00"}
    assert signed_in(ada()).post(reverse("core:hours"), typed).status_code == 303
    kept = Company.current()
    assert kept.service_hours == {"0": [["09:00", "12:00"], ["13:00", "24:00"]]}
    assert kept.time_zone == "Europe/Vienna"
    shown = signed_in(ada()).get(reverse("core:hours")).content.decode()
    assert 'value="00:00"' in shown
    assert shown.count('aria-hidden="true">opens</span>') == 2


def test_a_preview_saves_nothing() -> None:
    company()
    browser = signed_in(ada())
    assert browser.post(reverse("core:hours"), ZONE | {"preview": "1"}).status_code == 200
    shown = browser.post(reverse("core:hours"), ZONE, HTTP_HX_REQUEST="true", HTTP_HX_TARGET="preview")
    assert shown.content.decode().strip().startswith('<div id="preview"')
    assert "day and night" in shown.content.decode()
    assert Company.current().time_zone == "Europe/Berlin"


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ({"opens_0_0": "09:00"}, "Both times are needed."),
        ({"opens_0_0": "09:00", "closes_0_0": "09:00"}, "It must close after it opens."),
        ({"opens_0_0": "09:00", "closes_0_0": "12:00", "opens_0_1": "11:00", "closes_0_1": "14:00"}, "second span"),
        ({"opens_0_0": "09:00", "closes_0_0": "00:00", "opens_0_1": "11:00", "closes_0_1": "14:00"}, "second span"),
        ({"opens_0_0": "nine", "closes_0_0": "12:00"}, "valid time"),
    ],
)
def test_hours_that_make_no_sense_say_why(typed: dict[str, str], problem: str) -> None:
    form = HoursForm(typed, week={})
    assert not form.is_valid()
    assert problem in str(form.errors)


def test_a_zone_or_region_that_does_not_exist_is_refused() -> None:
    company()
    for wrong in ({"time_zone": "Mars/Olympus"}, {"holiday_region": "XX"}):
        assert signed_in(ada()).post(reverse("core:hours"), ZONE | wrong).status_code == 422


def test_without_any_company_there_are_defaults_and_only_one_row_is_possible() -> None:
    assert Company.current().time_zone == "Europe/Berlin"
    company()
    company(name="Other")
    assert Company.objects.count() == 1


def test_what_is_chosen_stands_above_the_long_list() -> None:
    company(markets=["FR", "AT"], languages=["de"])
    page = signed_in(ada()).get(reverse("core:company")).content.decode()
    assert re.findall(r'name="markets" value="(..)"', page)[:4] == ["FR", "AT", "DE", "CH"]


def test_choices_stand_where_people_look_for_them() -> None:
    with translation.override("de"):
        names = [name for _code, name in countries.choices()]
        spoken = [name for _code, name in languages.choices()]
    assert names[:5] == ["Deutschland", "Österreich", "Schweiz", "Afghanistan", "Ägypten"]
    assert names.index("Dänemark") < names.index("Dschibuti")
    assert spoken[:2] == ["Deutsch", "Englisch"]
    assert spoken.index("Dänisch") < spoken.index("Kroatisch") < spoken.index("Tschechisch")
