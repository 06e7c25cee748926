"""The only fake of the house: a network that plays recorded answers and remembers what it was asked.

    wire = Wire("mastodon")                       # all answers under tests/connectors/answers/mastodon
    connector = Mastodon(wire.client, account)
    wire.instead("publish", status=429)           # this time the recorded answer "publish" is another one
    wire.sent("publish")                          # the requests that were answered by it

An answer file holds a request to match (method, path, and parts of query, headers and JSON) and a `response`, or
several `responses` that are played in turn, the last one for ever. A request nobody recorded ends the test.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import httpx

from leitstand.connectors.http import OnBudget, open_wire

ANSWERS = Path(__file__).parent / "connectors" / "answers"
Json = dict[str, Any]


class UnknownRequest(AssertionError):
    """Something was asked that no recorded answer fits."""


class Wire:
    """A network made of recorded answers, those of its family (`name-kind`). `client` is what a connector gets."""

    def __init__(self, network: str = "", on_budget: OnBudget | None = None) -> None:
        folder = ANSWERS / network.partition("-")[0]
        self.answers = (
            {path.stem: json.loads(path.read_text()) for path in sorted(folder.glob("*.json"))} if network else {}
        )
        self.requests: list[httpx.Request] = []
        self._sent: dict[str, list[httpx.Request]] = defaultdict(list)
        self._played: Counter[str] = Counter()
        self._instead: dict[str, list[httpx.Response | Exception]] = defaultdict(list)
        self.client = open_wire(on_budget=on_budget, transport=httpx.MockTransport(self._answer))

    def add(self, name: str, method: str, path: str, *, query: Json | None = None, **response: Any) -> None:
        """One more answer, for a test of its own: `status`, `headers`, and `json` or `text`."""
        request = {"method": method, "path": path, "query": query or {}}
        self.answers[name] = {"request": request, "response": response}

    def instead(self, name: str, error: Exception | None = None, **response: Any) -> None:
        """The next request that fits this answer gets another one, or breaks; several are played in turn."""
        assert name in self.answers, f"there is no answer {name!r}"
        self._instead[name].append(error or _response(response))

    def sent(self, name: str) -> list[httpx.Request]:
        """The requests this answer was played for, oldest first."""
        return self._sent[name]

    def _answer(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        name = self._name_of(request)
        self._sent[name].append(request)
        if self._instead[name]:
            return _play(self._instead[name].pop(0))
        answer = self.answers[name]
        turns = answer.get("responses") or [answer["response"]]
        self._played[name] += 1
        return _response(turns[min(self._played[name], len(turns)) - 1])

    def _name_of(self, request: httpx.Request) -> str:
        fitting = [
            (_weight(one["request"]), name) for name, one in self.answers.items() if _fits(one["request"], request)
        ]
        if not fitting:
            raise UnknownRequest(f"{request.method} {request.url} {request.content[:500]!r}")
        return max(fitting)[1]


def _recorded(network: str) -> dict[str, Json]:
    files = sorted((ANSWERS / network).glob("*.json"))
    return {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in files}


def _play(turn: httpx.Response | Exception) -> httpx.Response:
    if isinstance(turn, Exception):
        raise turn
    return turn


def _response(facts: Mapping[str, Any]) -> httpx.Response:
    body = {name: facts[name] for name in ("json", "text", "content") if name in facts}
    return httpx.Response(facts.get("status", 200), headers=facts.get("headers"), **body)


def _weight(wanted: Mapping[str, Any]) -> int:
    """The more an answer demands, the better it fits."""
    return sum(len(wanted.get(name, {})) for name in ("query", "headers", "json"))


def _fits(wanted: Mapping[str, Any], request: httpx.Request) -> bool:
    return (
        wanted["method"] == request.method
        and wanted["path"] == request.url.path
        and wanted.get("host", request.url.host) == request.url.host
        and _holds(wanted.get("query", {}), dict(request.url.params))
        and _holds(wanted.get("headers", {}), dict(request.headers))
        and _holds(wanted.get("json", {}), body_of(request) if "json" in wanted else {})
    )


def _holds(wanted: Mapping[str, Any], given: Mapping[str, Any]) -> bool:
    return all(given.get(name) == value for name, value in wanted.items())


def body_of(request: httpx.Request) -> Json:
    """The JSON a request carried."""
    found: Json = json.loads(request.content)
    return found
