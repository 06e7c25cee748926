"""Writes and publishes the guideline; a new version asks everybody to sign anew."""

from __future__ import annotations

from pathlib import Path

from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from leitstand.core.errors import Declined
from leitstand.core.events import record
from leitstand.core.models import Company, Person
from leitstand.core.notify import notify
from leitstand.rules import queries
from leitstand.rules.events import GuidelinePublished
from leitstand.rules.models import Guideline

TEMPLATES = Path(__file__).parent / "guideline_templates"


def begin() -> Guideline:
    """The draft to write on: the one there is, a copy of the version in force, or our template."""
    draft = queries.guideline_draft()
    if draft:
        return draft
    current = queries.current_guideline()
    german, english = (current.text_de, current.text_en) if current else (template("de"), template("en"))
    return Guideline.objects.create(text_de=german, text_en=english)


def template(language: str) -> str:
    """Our template with the company's name."""
    company = Company.current().name or "…"
    return (TEMPLATES / f"{language}.md").read_text().replace("{company}", company)


def save(draft: Guideline, text_de: str, text_en: str, note: str) -> None:
    Guideline.objects.filter(pk=draft.pk, number=None).update(text_de=text_de, text_en=text_en, note=note[:300])


@transaction.atomic
def publish(by: Person) -> Guideline:
    """The draft becomes the version in force; everybody is asked to sign."""
    draft = Guideline.objects.select_for_update().filter(number=None).first()
    if draft is None or not (draft.text_de.strip() or draft.text_en.strip()):
        raise Declined(_("Write the guideline first."))
    number = (Guideline.objects.aggregate(newest=Max("number"))["newest"] or 0) + 1
    Guideline.objects.filter(pk=draft.pk).update(number=number, published_at=timezone.now(), published_by=by)
    record(GuidelinePublished(draft.pk, number), by)
    ask_to_sign()
    return Guideline.objects.get(pk=draft.pk)


def ask_to_sign() -> int:
    """Reminds everybody who has not signed; returns how many were told."""
    text = _("Until then you can write, but not publish.")
    url = reverse("rules:sign")
    return notify(queries.unsigned_people(), _("Please read and sign the guideline"), text, url=url, key="sign")
