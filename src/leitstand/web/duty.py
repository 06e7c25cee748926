"""What the top floor adds to the search: the pages themselves, by the words of the navigation."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from leitstand.core.duties import DUTIES, ENTRIES, Hit, register_search
from leitstand.core.models import Person


def find(person: Person, words: str) -> Iterator[Hit]:
    """Pages whose name, or whose duty's title, holds the words."""
    wanted = words.casefold()
    for duty in DUTIES:
        for entry in ENTRIES.get(duty.code, []):
            allowed = not entry.permission or person.may(entry.permission)
            if allowed and wanted in f"{entry.label} {duty.title}".casefold():
                yield Hit(str(entry.label), reverse(entry.url_name), f"{duty.code} · {duty.title}")


register_search(_("Pages"), find)
