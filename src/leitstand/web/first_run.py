"""The first minute: nobody is here yet. Whoever comes first becomes administrator, and only they."""

from __future__ import annotations

import secrets
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType

from django.db import connection, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leitstand.core.errors import Declined
from leitstand.core.models import Company, Person
from leitstand.core.people import membership
from leitstand.core.people.roles import Role

LOCK = 4_711_002
DEMO_EMAIL = "demo@example.org"


def nobody_is_here() -> bool:
    return not Person.objects.exists()


def first_administrator(email: str, name: str, password: str, language: str) -> Person:
    """Makes the first person. Declined (409) for everybody who comes second, even at the same moment."""
    with transaction.atomic():
        _one_at_a_time()
        if not nobody_is_here():
            raise Declined(
                gettext_lazy("Somebody else has just set up Leitstand here. Ask them for an invitation."),
                "first run lost the race",
                status=409,
            )
        return membership.add(email, name, password, [Role.ADMINISTRATOR], language)


def demo_company() -> ModuleType | None:
    """The demo company, where this installation has one: `load(person)` and `remove()`."""
    return import_module("leitstand.web.demo") if find_spec("leitstand.web.demo") else None


def fresh_password() -> str:
    """For the demo administrator. The page that offers the demo company brings it, so that sending twice is no harm."""
    return "-".join(secrets.token_hex(2) for _part in range(4))


def demo_administrator(language: str, password: str = "") -> tuple[Person, str]:
    """Who looks after the demo company, and their password, which is shown once.

    Sent twice with the same password it gives the same person, until the demo company is loaded.
    """
    if demo_company() is None:
        raise Declined(gettext_lazy("The demo company is not part of this installation."))
    password = password or fresh_password()
    try:
        return first_administrator(DEMO_EMAIL, _("Demo administrator"), password, language), password
    except Declined:
        came_before = Person.objects.filter(email=DEMO_EMAIL).first()
        if came_before and awaits_demo(came_before) and came_before.check_password(password):
            return came_before, password
        raise


def awaits_demo(person: Person) -> bool:
    """Whether this is the demo administrator, and there is no company yet."""
    return person.email == DEMO_EMAIL and not Company.objects.exists()


def load_demo(person: Person) -> None:
    """Loads the demo company; whoever asks meanwhile or again waits for it, and changes nothing."""
    if module := demo_company():
        with transaction.atomic():
            _one_at_a_time()
            module.load(person)


def _one_at_a_time() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
