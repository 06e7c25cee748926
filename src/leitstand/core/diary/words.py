"""The diary in plain words: what an entry says besides its label, readable for people who know no ids."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext, gettext_lazy
from django.utils.translation import gettext as _

from leitstand.core.duties import DUTIES
from leitstand.core.errors import Text
from leitstand.core.events import LABELS, WORDS
from leitstand.core.models import Company, DiaryEntry, Person
from leitstand.core.people.roles import names

PEOPLE = {"person_id", "accountable_id", "deputy_id", "owner_id", "author_id", "assignee_id", "agent_id"}
NAMES: dict[str, Text] = {
    "person_id": gettext_lazy("Person"),
    "accountable_id": gettext_lazy("Accountable"),
    "deputy_id": gettext_lazy("Deputy"),
    "owner_id": gettext_lazy("Owner"),
    "invitation_id": gettext_lazy("Invitation"),
    "email": gettext_lazy("E-mail"),
    "roles": gettext_lazy("Roles"),
    "fields": gettext_lazy("Fields"),
    "code": gettext_lazy("Duty"),
    "name": gettext_lazy("Name"),
    "reason": gettext_lazy("Reason"),
    "note": gettext_lazy("Note"),
    "post_id": gettext_lazy("Post"),
    "publication_id": gettext_lazy("Publication"),
    "channel_id": gettext_lazy("Channel"),
    "mention_id": gettext_lazy("Mention"),
    "conversation_id": gettext_lazy("Conversation"),
    "goal_id": gettext_lazy("Goal"),
    "source_id": gettext_lazy("Source"),
    "query_id": gettext_lazy("Query"),
    "asset_id": gettext_lazy("Image"),
    "token_id": gettext_lazy("Personal token"),
    "scopes": gettext_lazy("Rights"),
    "four_eyes": gettext_lazy("Four eyes"),
    "late_minutes": gettext_lazy("Minutes of delay allowed"),
    "url": gettext_lazy("Address"),
    "count": gettext_lazy("Number"),
    "guideline_id": gettext_lazy("Guideline"),
    "remote_id": gettext_lazy("Number on the network"),
    "planned_for": gettext_lazy("Planned for"),
    "before": gettext_lazy("Before"),
    "decision": gettext_lazy("Decision"),
    "state": gettext_lazy("State"),
    "query_ids": gettext_lazy("Queries"),
    "message_id": gettext_lazy("Message"),
    "hold_id": gettext_lazy("Hold"),
    "reading_id": gettext_lazy("Reading"),
    "rule": gettext_lazy("Rule"),
    "severity": gettext_lazy("Severity"),
    "tone": gettext_lazy("Tone"),
    "number": gettext_lazy("Version"),
    "text_hash": gettext_lazy("Fingerprint of the text"),
    "days": gettext_lazy("Days"),
    "until": gettext_lazy("Until"),
}
ORDER = {name: place for place, name in enumerate(NAMES)}
HIDDEN = {"content_hash", "key"}
MOMENTS = {"planned_for", "before", "until"}
PLACE = re.compile(r"\{\w+\}")  # of what connectors say; what stood in it is told where the thing itself is shown


@dataclass(frozen=True, slots=True)
class Line:
    """One entry as the page shows it: label, who, and facts as (name, value)."""

    entry: DiaryEntry
    label: str
    facts: list[tuple[str, str]]


def lines(entries: Iterable[DiaryEntry]) -> list[Line]:
    """Entries in plain words; people are looked up once for all."""
    found = list(entries)
    known = Person.objects.in_bulk({value for entry in found for value in _person_ids(entry.data)})
    return [Line(entry, label(entry.name), _facts(entry, known)) for entry in found]


def label(name: str) -> str:
    """The event's own words; its bare name where the room that knew it is gone."""
    return str(LABELS.get(name) or name.split(".")[-1].replace("_", " ").capitalize())


def labels() -> list[tuple[str, str]]:
    """All events, by label, for the filter."""
    return sorted(((name, label(name)) for name in LABELS if not name.startswith("test.")), key=lambda pair: pair[1])


def _person_ids(data: Mapping[str, Any]) -> list[int]:
    return [value for name, value in data.items() if name in PEOPLE and isinstance(value, int)]


def _facts(entry: DiaryEntry, known: Mapping[int, Person]) -> list[tuple[str, str]]:
    words = WORDS.get(entry.name, {})
    shown = [
        (name, value) for name, value in entry.data.items() if name not in HIDDEN and not _says_nothing(name, value)
    ]
    shown.sort(key=lambda fact: ORDER.get(fact[0], len(ORDER)))  # the database keeps no order of its own
    return [(_fact_name(name), _in_words(words.get(name), value) or _fact(name, value, known)) for name, value in shown]


def _in_words(words: Mapping[str, Any] | None, value: Any) -> str:
    """What the event itself calls this value, or each of these; empty where it does not say."""
    if words and isinstance(value, list):
        return " · ".join(str(words.get(one, one)) for one in value)
    return str(words.get(value, "")) if words and isinstance(value, str) else ""


def _says_nothing(name: str, value: Any) -> bool:
    return value in (None, "", []) or (name.endswith("_id") and value == 0)


def _fact_name(name: str) -> str:
    return str(NAMES.get(name) or name.removesuffix("_id").removesuffix("_ids").replace("_", " ").capitalize())


def _fact(name: str, value: Any, known: Mapping[int, Person]) -> str:
    if name in PEOPLE:
        return str(known.get(value) or _("somebody who is gone"))
    if name == "reason":
        return PLACE.sub("", gettext(value)).rstrip(" :")
    if name in MOMENTS:
        return _moment(str(value))
    if name == "roles":
        return ", ".join(names(value))
    if name == "code":
        return next((f"{duty.code} {duty.title}" for duty in DUTIES if duty.code == value), str(value))
    if name == "fields":
        return ", ".join(_field_name(field) for field in value)
    return _plain(name, value)


def _plain(name: str, value: Any) -> str:
    """A value that needs no knowledge of its name."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return f"#{value}" if name.endswith("_id") and isinstance(value, int) else str(value)


def _moment(text: str) -> str:
    """A stored moment in the company's zone, with its year; text that is none stays as it is."""
    try:
        return date_format(timezone.localtime(datetime.fromisoformat(text)), "DATETIME_FORMAT")
    except ValueError:
        return text


def _field_name(field: str) -> str:
    """A field of the company profile as its form calls it."""
    try:
        return str(Company._meta.get_field(field).verbose_name)  # type: ignore[union-attr]  # no relation
    except FieldDoesNotExist:
        return field
