"""Every page that a link leads to, in both languages, for the demo company, also for who hears it; and its removal."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from leitstand.core import jobs
from leitstand.core.models import DiaryEntry, Person
from leitstand.web import demo, first_run
from tests.journeys.reading_aid import missing

LINK = re.compile(r'href="(/[^"#]*)"')
ELSEWHERE = ("/static", "/accounts/", "/api/")
MOST = 200


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["de", "en"])
def test_no_link_leads_nowhere(client: Client, language: str) -> None:
    person, _password = first_run.demo_administrator(language)
    demo.load(person)
    jobs.run_waiting()
    client.force_login(person)
    client.cookies["leitstand_language"] = language
    waiting, seen, broken, unheard = ["/"], set(), [], []
    while waiting and len(seen) < MOST:
        url = waiting.pop(0)
        if url in seen:
            continue
        seen.add(url)
        response = client.get(url)
        if response.status_code != 200:
            broken.append((url, response.status_code))
        elif "html" in response.headers["Content-Type"]:
            unheard += [(url, what) for what in missing(response.content.decode())]
            found = (link.replace("&amp;", "&") for link in LINK.findall(response.content.decode()))
            waiting += [link for link in found if not link.startswith(ELSEWHERE)]
    assert broken == []
    assert unheard == []
    assert len(seen) > 80


@pytest.mark.django_db
def test_the_demo_company_goes_without_a_trace() -> None:
    first_run.demo_administrator("de")
    demo.load()
    demo.load()  # pressed twice
    demo.remove()
    assert not Person.objects.exists()
    assert not DiaryEntry.objects.exists()
