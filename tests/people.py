"""The people in the tests, each with the role that fits the tale, and ways to sit at their screen.

ada runs the house (administrator), gina is social media manager, ben edits, cleo answers the community,
dora approves, emil is legal, hugo sells, finn only reads. Each call returns the same person again.
"""

from __future__ import annotations

from typing import Any

from django.test import Client
from django.utils import timezone

from leitstand.core.models import Company, Person
from leitstand.core.people.roles import Role

PASSWORD = "correct horse battery"


def person(name: str, *roles: str, **fields: Any) -> Person:
    """The person of that name, made on first use; e-mail is name@example.org, password `PASSWORD`."""
    email = fields.pop("email", f"{name.lower().replace(' ', '.')}@example.org")
    known = Person.objects.filter(email=email).first()
    return known or Person.objects.create_user(email, PASSWORD, name=name, roles=list(roles), language="en", **fields)


def ada() -> Person:
    return person("Ada", Role.ADMINISTRATOR)


def gina() -> Person:
    return person("Gina", Role.MANAGER)


def ben() -> Person:
    return person("Ben", Role.EDITOR)


def cleo() -> Person:
    return person("Cleo", Role.AGENT)


def dora() -> Person:
    return person("Dora", Role.APPROVER)


def emil() -> Person:
    return person("Emil", Role.LEGAL)


def hugo() -> Person:
    return person("Hugo", Role.SALES)


def finn() -> Person:
    return person("Finn", Role.READER)


def company(**fields: Any) -> Company:
    """The company of the tests, set up, in Berlin; `fields` change it."""
    facts = {"name": "Rösterei Morgenrot", "country": "DE", "languages": ["de", "en"], "set_up_at": timezone.now()}
    made, _ = Company.objects.update_or_create(pk=1, defaults=facts | fields)
    return made


def signed_in(who: Person, **headers: str) -> Client:
    """A browser in which this person is signed in. `headers` go with each request, e.g. HTTP_HX_REQUEST="true"."""
    client = Client(**headers)
    client.force_login(who)
    return client


def visitor(**headers: str) -> Client:
    """A browser in which nobody is signed in."""
    return Client(**headers)
