"""Reads of rules for the rooms above and the pages."""

from __future__ import annotations

from django.http import Http404

from leitstand.core.models import Person
from leitstand.rules.checks import ALL
from leitstand.rules.judge import Switchboard
from leitstand.rules.models import Acknowledgement, Guideline, Switch, Waiver
from leitstand.rules.rule import Rule


def switchboard() -> Switchboard:
    """The company's own severities."""
    # The checker does not know that the column has but these words.
    return {row.rule: None if row.severity == "off" else row.severity for row in Switch.objects.all()}  # type: ignore[misc]


def waived_rules(content_hash: str) -> set[str]:
    """Rules waived for exactly this content."""
    return set(Waiver.objects.filter(content_hash=content_hash).values_list("rule", flat=True))


def current_guideline() -> Guideline | None:
    """The version in force."""
    return Guideline.objects.exclude(number=None).order_by("-number").first()


def guideline_version(number: int) -> Guideline:
    """That version as it was put in force, or 404."""
    found = Guideline.objects.filter(number=number).select_related("published_by").first()
    if found is None:
        raise Http404
    return found


def has_signed(person: Person, guideline: Guideline) -> bool:
    return Acknowledgement.objects.filter(person=person, guideline=guideline).exists()


def may_publish(person: Person) -> bool:
    """Whether the person has signed the version in force; true while there is none."""
    guideline = current_guideline()
    return guideline is None or has_signed(person, guideline)


def unsigned_people() -> list[Person]:
    """Active people who have not signed the version in force."""
    guideline = current_guideline()
    if guideline is None:
        return []
    signed = Acknowledgement.objects.filter(guideline=guideline).values("person")
    return list(Person.objects.filter(is_active=True).exclude(pk__in=signed).order_by("name"))


def rule(slug: str) -> Rule | None:
    return next((one for one in ALL if one.slug == slug), None)
