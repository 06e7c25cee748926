"""Writes down where an image comes from and how long it may be used."""

from __future__ import annotations

from django.db import transaction

from leitstand.core.events import record
from leitstand.core.models import Person
from leitstand.publishing.compose import respell
from leitstand.publishing.events import LicenceRecorded
from leitstand.publishing.models import Asset


@transaction.atomic
def record_licence(draft: Asset, by: Person) -> int:
    """Saves the record; returns for how many posts another alt text is a change."""
    respelled = Asset.objects.select_for_update().get(pk=draft.pk).alt != draft.alt
    draft.save()
    record(LicenceRecorded(draft.pk), by)
    return respell(draft, by) if respelled else 0
