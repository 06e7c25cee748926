"""Every page as each role sees it: no link and no button leads to what this person may not do."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import Resolver404, resolve

from leitstand.core import jobs
from leitstand.core.models import Person
from leitstand.core.people.roles import Role
from leitstand.web import demo, first_run
from tests import people

LINK = re.compile(r'href="(/[^"#]*)"')
BUTTON = re.compile(r'(?:action|formaction|hx-post)="(/[^"#]*)"')
ELSEWHERE = ("/static", "/accounts/", "/api/")
OF_A_KIND = 4  # pages under one name look alike


def led_to(found: re.Pattern[str], page: str) -> Iterator[str]:
    for url in found.findall(page):
        if not url.startswith(ELSEWHERE):
            yield url.replace("&amp;", "&")


def is_refused(person: Person, url: str) -> bool:
    """Whether the view behind a button asks for a permission this person lacks."""
    try:
        view = resolve(url.partition("?")[0]).func
    except Resolver404:
        return True
    permission = getattr(view, "permission", "")
    return bool(permission) and not person.may(permission)


def walk(client: Client, person: Person) -> tuple[int, list[str]]:
    """How many pages were seen, and what was wrong on them."""
    waiting, seen, kinds, wrong = ["/"], set(), Counter[str](), []
    while waiting:
        url = waiting.pop(0)
        kind = resolve(url.partition("?")[0]).view_name
        if url in seen or kinds[kind] >= OF_A_KIND:
            continue
        seen.add(url)
        kinds[kind] += 1
        response = client.get(url)
        if response.status_code != 200:
            wrong.append(f"{url}: {response.status_code}")
        elif "html" in response.headers["Content-Type"]:
            page = response.content.decode()
            wrong += [f"{url}: button to {to}" for to in led_to(BUTTON, page) if is_refused(person, to)]
            waiting += led_to(LINK, page)
    return len(seen), wrong


@pytest.mark.django_db
def test_no_role_is_led_to_what_it_may_not_do(client: Client) -> None:
    administrator, _password = first_run.demo_administrator("en")
    demo.load(administrator)
    jobs.run_waiting()
    for pages in walks(client, administrator):
        assert pages > 25


@pytest.mark.django_db
def test_nor_where_nothing_is_yet(client: Client) -> None:
    people.company()
    for pages in walks(client, people.ada()):
        assert pages > 15


def walks(client: Client, person: Person) -> Iterator[int]:
    """This person walks through the house in each role."""
    for role in Role:
        person.roles = [role]
        person.save()
        client.force_login(person)
        pages, wrong = walk(client, person)
        assert (role, wrong) == (role, [])
        yield pages
