"""What people change in the pages stands in the diary, under their name."""

from __future__ import annotations

from typing import Any

import pytest
from django.apps import apps
from tests import people

from leitstand.core.models import DiaryEntry
from leitstand.web import demo

pytestmark = pytest.mark.django_db
LICENCE = {"licence": "own", "source": "wir"}
READ_GOAL = {"value": "7", "note": ""}
# the event, the page with the number of the first row of a model, what is typed
CHANGES: list[tuple[str, str, str, dict[str, Any]]] = [
    ("publishing.policy_changed", "/publishing/policy/", "", {"four_eyes": "on", "late_minutes": "30"}),
    ("publishing.licence_recorded", "/publishing/images/{0}/", "publishing.Asset", LICENCE),
    ("channels.imprint_changed", "/channels/{0}/imprint/", "channels.Channel", {"imprint_url": "https://a.example/"}),
    ("listening.source_resumed", "/listening/sources/{0}/pause/end/", "listening.Source", {}),
    ("listening.source_removed", "/listening/sources/{0}/remove/", "listening.Source", {}),
    ("listening.query_saved", "/listening/queries/new/", "", {"name": "Neu", "text": "neu", "is_active": "on"}),
    ("listening.query_removed", "/listening/queries/{0}/remove/", "listening.Query", {}),
    ("strategy.reading_written", "/strategy/{0}/readings/", "strategy.Goal", READ_GOAL),
    ("strategy.reading_taken_back", "/strategy/readings/{0}/take-back/", "strategy.Reading", {}),
    ("api.token_made", "/api/tokens/", "", {"name": "Kasse", "scopes": ["read"]}),
]


@pytest.fixture
def _company() -> None:
    demo.load(people.ada())
    facts = {"name": "tasse.jpg", "mime": "image/jpeg", "width": 1, "height": 1, "sha256": "0" * 64}
    apps.get_model("publishing.Asset")._default_manager.create(**facts)


def first(model: str) -> Any:
    return apps.get_model(model)._default_manager.order_by("pk").first()


@pytest.mark.usefixtures("_company")
@pytest.mark.parametrize(("event", "page", "model", "typed"), CHANGES)
def test_a_change_is_told(event: str, page: str, model: str, typed: dict[str, Any]) -> None:
    number = first(model).pk if model else 0
    answer: Any = people.signed_in(people.ada()).post(page.format(number), typed)
    assert answer.status_code in (200, 303)
    assert DiaryEntry.objects.filter(name=event).latest("pk").actor == people.ada()


@pytest.mark.usefixtures("_company")
def test_what_is_undone_is_told_as_well() -> None:
    ada, source, reading = people.signed_in(people.ada()), first("listening.Source"), first("strategy.Reading")
    for turn, step in (("pause/end/", "take-back/"), ("pause/", "put-back/")):
        ada.post(f"/listening/sources/{source.pk}/{turn}")
        ada.post(f"/strategy/readings/{reading.pk}/{step}")
    ada.post("/api/tokens/", {"name": "Kasse", "scopes": ["read"]})
    ada.post(f"/api/tokens/{first('api.Token').pk}/revoke/")
    told = set(DiaryEntry.objects.values_list("name", flat=True))
    assert {"listening.source_paused", "strategy.reading_put_back", "api.token_revoked"} <= told
    made = DiaryEntry.objects.get(name="api.token_made")
    assert set(made.data) == {"token_id", "name", "scopes"}
