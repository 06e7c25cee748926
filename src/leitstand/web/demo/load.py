"""Fills an empty house with the demo company."""

from __future__ import annotations

from datetime import timedelta

from django.apps import apps
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from leitstand.community import saved
from leitstand.core.errors import Declined
from leitstand.core.models import Company, Person
from leitstand.core.people import holders
from leitstand.core.people.roles import Role
from leitstand.listening import add
from leitstand.rules import guideline
from leitstand.rules.sign import sign
from leitstand.strategy import read, set_goal
from leitstand.web.demo import posts, said, words

COLLEAGUES = (
    ("mia", "Mia Petersen", [Role.MANAGER]),
    ("jonas", "Jonas Brandt", [Role.EDITOR]),
    ("selin", "Selin Aydın", [Role.AGENT]),
    ("ruth", "Ruth Keller", [Role.LEGAL]),
)
UNSIGNED = "jonas"
BEGUN = (
    *("core.Company", "core.Invitation", "channels.Channel", "publishing.Post", "publishing.Asset"),
    *("listening.Source", "listening.Query", "strategy.Goal", "community.Conversation"),
)
STAFFED = (("D1", "mia"), ("D2", "mia"), ("D6", "ruth"), ("D8", "selin"), ("D9", "mia"))


@transaction.atomic
def load(person: Person | None = None) -> bool:
    """The whole company, led by this person or the first administrator; a second call changes nothing, and says False.

    Declined where somebody has begun something of their own: it would be removed together with the demo company.
    """
    if Company.current().is_demo:
        return False
    if _somebody_has_begun():
        raise Declined(_("There are data of your own here already. The demo company needs an empty installation."))
    _company()
    demo = person or Person.objects.filter(roles__contains=[Role.ADMINISTRATOR], is_active=True).earliest("pk")
    team = _colleagues()
    _duties(team, demo)
    _guideline(demo, team)
    goal_id = _goals(team["mia"])
    add.new_query("Nordlicht", 'Nordlicht OR "Rösterei Nordlicht"', team["mia"])
    add.new_query("Kaffeepreise", "kaffee NEAR/8 preis*", team["mia"])
    posts.write(demo, team, goal_id)
    said.remember(team["selin"])
    for title, language, text in words.SAVED:
        saved.keep(title, language, text)
    return True


def _somebody_has_begun() -> bool:
    """A company, even one that is not set up to the end; a second person; anything made in a room."""
    begun = any(apps.get_model(label)._default_manager.exists() for label in BEGUN)
    return begun or Person.objects.count() > 1


def _company() -> None:
    Company(
        pk=1,
        name=words.COMPANY,
        legal_form="GmbH",
        street="Hafenstraße 12",
        postal_code="24103",
        city="Kiel",
        country="DE",
        markets=["DE", "AT"],
        languages=["de", "en"],
        website="https://nordlicht.example",
        imprint_url="https://nordlicht.example/impressum",
        holiday_region="SH",
        is_demo=True,
        set_up_at=timezone.now(),
    ).save()


def _colleagues() -> dict[str, Person]:
    """They have no password: nobody signs in as them."""
    made = {}
    for name, full, roles in COLLEAGUES:
        made[name] = Person.objects.create_user(
            f"{name}@nordlicht.example", None, name=full, roles=roles, wants_mail=False
        )
    return made


def _duties(team: dict[str, Person], demo: Person) -> None:
    for code, name in STAFFED:
        holders.assign(code, team[name], demo, demo)


def _guideline(demo: Person, team: dict[str, Person]) -> None:
    guideline.begin()
    current = guideline.publish(demo)
    for name, colleague in {**team, "demo": demo}.items():
        if name != UNSIGNED:
            sign(colleague, current.number or 1, "de")


def _goals(owner: Person) -> int:
    today = timezone.localdate()
    first = set_goal.write_down(
        owner,
        title="Mehr Gäste bei den Verkostungen",
        why="Wer probiert, kauft wieder. Die Verkostungen sollen sich in den nächsten Wochen füllen.",
        unit="Anmeldungen im Monat",
        start=40,
        target=120,
        begins_on=today - timedelta(days=60),
        ends_on=today + timedelta(days=40),
        rhythm="fortnightly",
    )
    for days, value in ((60, 40), (48, 46), (36, 58), (24, 63), (12, 79), (3, 88)):
        read.record_reading(first.pk, value, timezone.now() - timedelta(days=days), by=owner)
    set_goal.write_down(
        owner,
        title="Zehn Bewerbungen für die Ausbildung",
        why="Wir suchen zwei Auszubildende.",
        unit="Bewerbungen",
        start=0,
        target=10,
        begins_on=today - timedelta(days=10),
        ends_on=today + timedelta(days=90),
        rhythm="monthly",
    )
    return first.pk
