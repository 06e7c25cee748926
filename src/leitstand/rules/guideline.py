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
    """The draft to write on: the one there is, a copy of the version in force, or our template. There is only one."""
    current = queries.current_guideline()
    german, english = (current.text_de, current.text_en) if current else (template("de"), template("en"))
    draft, _fresh = Guideline.objects.get_or_create(number=None, defaults={"text_de": german, "text_en": english})
    return draft


def template(language: str) -> str:
    """Our template with the company's name."""
    company = Company.current().name or "…"
    return (TEMPLATES / f"{language}.md").read_text().replace("{company}", company)


@transaction.atomic
def save(seen: str, text_de: str, text_en: str, note: str) -> None:
    """Keeps the words in the draft. Declined when it is not the one any more whose `mark` the writer has seen."""
    draft = _draft()
    if draft is None or draft.mark != seen:
        say = _("This text was changed or put in force meanwhile. Yours is not saved.")
        hint = _("The preview shows what is kept now. Saving again puts your words in its place.")
        raise Declined(say, hints=[hint], status=409)
    Guideline.objects.filter(pk=draft.pk).update(text_de=text_de, text_en=text_en, note=note[:300])


def _draft() -> Guideline | None:
    """The draft, locked until the step is done."""
    return Guideline.objects.select_for_update().filter(number=None).first()


@transaction.atomic
def publish_typed(seen: str, text_de: str, text_en: str, note: str, by: Person) -> Guideline:
    """Puts these very words in force. Declined as in `save` and `publish`; sent twice they are one version."""
    save(seen, text_de, text_en, note)
    return publish(by)


@transaction.atomic
def publish(by: Person) -> Guideline:
    """The draft becomes the version in force; everybody is asked to sign."""
    draft = _draft()
    if draft is None or not (draft.text_de.strip() or draft.text_en.strip()):
        raise Declined(_("Write the guideline first."))
    number = (Guideline.objects.aggregate(newest=Max("number"))["newest"] or 0) + 1
    Guideline.objects.filter(pk=draft.pk).update(number=number, published_at=timezone.now(), published_by=by)
    record(GuidelinePublished(draft.pk, number), by)
    ask_to_sign()
    return Guideline.objects.get(pk=draft.pk)


def ask_to_sign() -> int:
    """Tells everybody who has not signed, each time anew; returns how many were told."""
    text = _("Until then you can write, but not publish.")
    url = reverse("rules:sign")
    return notify(queries.unsigned_people(), _("Please read and sign the guideline"), text, url=url)
