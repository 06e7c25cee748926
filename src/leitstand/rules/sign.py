"""A person signs the version in force."""

from __future__ import annotations

import hashlib

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from leitstand.core.errors import Declined
from leitstand.core.events import record
from leitstand.core.models import Person
from leitstand.core.notify import seen_to
from leitstand.rules import queries
from leitstand.rules.events import GuidelineSigned
from leitstand.rules.models import Acknowledgement


@transaction.atomic
def sign(person: Person, number: int, language: str) -> Acknowledgement:
    """Signs the version `number` that was shown. Declined when a newer one came meanwhile. Twice is once."""
    guideline = queries.current_guideline()
    if guideline is None or guideline.number != number:
        raise Declined(_("A newer version was published meanwhile. Please read that one."), status=409)
    language = language if language in ("de", "en") else "en"
    digest = hashlib.sha256(guideline.text(language).encode()).hexdigest()
    signature, fresh = Acknowledgement.objects.get_or_create(
        guideline=guideline, person=person, defaults={"language": language, "text_hash": digest}
    )
    if fresh:
        record(GuidelineSigned(guideline.pk, person.pk, digest), person)
        seen_to(person, url=reverse("rules:sign"))
    return signature
