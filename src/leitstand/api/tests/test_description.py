"""The description of the API is valid, and nothing it allows breaks the house."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.core.failures import FailureGroup
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from tests import people

from leitstand.api import tokens
from leitstand.api.urls import api

METHODS = {"get", "post", "patch", "put", "delete"}
PROMISED = [
    schemathesis.checks.not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]


def operations() -> list[tuple[str, str, dict[str, Any]]]:
    paths = api.get_openapi_schema()["paths"]
    return [
        (path, method, facts) for path, ways in paths.items() for method, facts in ways.items() if method in METHODS
    ]


@pytest.mark.django_db
def test_the_description_can_be_read_by_anybody() -> None:
    people.company()
    people.gina()
    answer = Client().get("/api/openapi.json")
    assert answer.status_code == 200
    assert answer.json()["openapi"].startswith("3.")
    assert Client().get("/api/docs").status_code == 200


def test_every_door_is_described_once() -> None:
    numbers = [facts["operationId"] for _path, _method, facts in operations()]
    assert len(numbers) == len(set(numbers)) >= 20
    for path, _method, facts in operations():
        assert path.startswith("/api/v1/")
        assert facts["security"]
        named = {one["name"] for one in facts["parameters"] if one["in"] == "path"}
        assert named == {part[1:-1] for part in path.split("/") if part.startswith("{")}


def test_every_reference_leads_somewhere() -> None:
    schema = api.get_openapi_schema()
    known = {f"#/components/schemas/{name}" for name in schema["components"]["schemas"]}
    found: set[str] = set()
    waiting: list[Any] = [schema]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            found |= {one["$ref"]} if isinstance(one.get("$ref"), str) else set()
            waiting += one.values()
        elif isinstance(one, list):
            waiting += one
    assert found
    assert found <= known


@pytest.fixture
def one_connection(db: None) -> Iterator[None]:
    """Requests do not end the connection the test stands on."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.parametrize(("mode", "tries"), [(GenerationMode.POSITIVE, 6), (GenerationMode.NEGATIVE, 2)])
@pytest.mark.usefixtures("one_connection")
def test_every_answer_is_as_described_whatever_is_sent(mode: GenerationMode, tries: int) -> None:
    people.company()
    _token, text = tokens.make(people.ada(), "Prüfer", ["read", "write", "publish"])
    schema = schemathesis.openapi.from_wsgi("/api/openapi.json", get_wsgi_application())
    headers = {"Authorization": f"Bearer {text}"}
    broken: list[str] = []
    for found in schema.get_all_operations():
        _try(found.ok(), mode, tries, headers, broken)
    assert broken == []


def _try(operation: Any, mode: GenerationMode, tries: int, headers: dict[str, str], broken: list[str]) -> None:
    @settings(
        max_examples=tries,
        database=None,
        deadline=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def tried(case: Any) -> None:
        try:
            case.call_and_validate(headers=headers, checks=PROMISED)
        except FailureGroup as failures:
            broken.append(f"{[str(one) for one in failures.exceptions]} {case.as_curl_command()}")

    tried()
