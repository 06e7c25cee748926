"""Unknown values and names are refused, and whatever breaks is told in the shape of the API."""

from __future__ import annotations

from typing import Any, get_args

import pytest
from django.db import OperationalError
from django.test import Client
from django.urls import reverse
from tests import people

from leitstand.api import tokens
from leitstand.api.shapes import channels, community, images, listening, posts, publications, strategy
from leitstand.api.tests.conftest import Calls
from leitstand.channels import queries as channels_there
from leitstand.community import queries as community_there
from leitstand.listening import queries as listening_there
from leitstand.publishing import queries as publishing_there
from leitstand.strategy import queries as strategy_there

pytestmark = pytest.mark.django_db
UNKNOWN = [
    ("posts", {"state": "nonsense"}),
    ("posts", {"nonsense": "1"}),
    ("publications", {"state": "nonsense"}),
    ("publications", {"channel": "x"}),
    ("mentions", {"days": "-5"}),
    ("mentions", {"tone": "loud"}),
    ("mentions", {"query": "x"}),
    ("conversations", {"who": "zz"}),
    ("conversations", {"kind": "zz"}),
    ("conversations", {"state": "zz"}),
    ("goals", {"state": "zz"}),
    ("channels", {"state": "ready"}),
]


@pytest.mark.parametrize(("path", "query"), UNKNOWN)
def test_a_filter_that_is_not_known_is_refused_by_name(caller: Calls, path: str, query: dict[str, str]) -> None:
    answer = caller(people.ada()).get(path, **query)
    (name,) = query
    assert answer.status_code == 422
    assert answer.json()["hints"][0].startswith(f"{name}: ")


KNOWN: list[tuple[Any, Any, str]] = [
    (channels_there.Channel, "state", channels.ChannelOut.model_fields["state"].annotation),
    (publishing_there.Post, "state", posts.PostState),
    (publishing_there.Post, "consideration", posts.Consideration),
    (publishing_there.Post, "ai", posts.Ai),
    (publishing_there.Post, "language", posts.Language),
    (publishing_there.Publication, "state", publications.PublicationState),
    (publishing_there.Asset, "licence", images.Licence),
    (listening_there.Source, "state", listening.SourceState),
    (listening_there.Mention, "tone", listening.Tone),
    (community_there.Conversation, "state", community.ConversationState),
    (community_there.Conversation, "kind", community.Kind),
    (community_there.Message, "direction", community.MessageOut.model_fields["direction"].annotation),
    (community_there.Message, "state", community.MessageOut.model_fields["state"].annotation),
    (strategy_there.Goal, "state", strategy.GoalState),
    (strategy_there.Goal, "measure", strategy.Measure),
    (strategy_there.Goal, "rhythm", strategy.Rhythm),
]


@pytest.mark.parametrize(("model", "field", "told"), KNOWN)
def test_the_description_names_the_values_there_are(model: Any, field: str, told: Any) -> None:
    assert list(get_args(told)) == [value for value, _label in model._meta.get_field(field).choices]


def test_a_body_that_is_too_large_is_told_so(caller: Calls, settings: Any) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    answer = caller(people.gina()).post("posts", text="x" * 200)
    assert (answer.status_code, answer.json()) == (413, {"error": "The body is too large.", "hints": []})


def test_a_host_we_do_not_know_is_told_so(caller: Calls) -> None:
    answer = caller(people.gina()).client.get("/api/v1/posts", headers={"Host": "elsewhere.example"})
    assert (answer.status_code, answer.json()["error"]) == (400, "This request was not understood.")


@pytest.mark.parametrize(
    ("error", "status"), [(OperationalError("gone"), 503), (ZeroDivisionError(), 500), (OSError(28, "full"), 507)]
)
def test_what_breaks_is_told_in_the_same_shape(
    caller: Calls, monkeypatch: pytest.MonkeyPatch, error: Exception, status: int
) -> None:
    calls = caller(people.gina())

    def fails(_text: str) -> None:
        raise error

    monkeypatch.setattr(tokens, "check", fails)
    answer = calls.get("posts")
    assert (answer.status_code, set(answer.json())) == (status, {"error", "hints"})
    assert answer.headers.get("Retry-After") == (None if status == 500 else "10")


def test_people_still_get_a_page(db: None, settings: Any) -> None:
    people.company()
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    answer = Client(raise_request_exception=False).post(reverse("account_login"), {"login": "x" * 200})
    assert answer.status_code == 413
    assert "text/html" in answer.headers["Content-Type"]
