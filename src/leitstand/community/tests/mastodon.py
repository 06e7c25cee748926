"""One account on a Mastodon server, as far as the community speaks to it; answers as its documentation says.

https://docs.joinmastodon.org/methods/accounts/#statuses, https://docs.joinmastodon.org/methods/statuses/#create
"""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import httpx
from django.utils import timezone

from leitstand.community.tests.conftest import Mood

US = {"id": "7", "acct": "morgenrot", "url": "https://m.example/@morgenrot"}


class Mastodon:
    """One account's statuses, by whatever app. `moods` answer the next look-ups instead, `posting` the next answers."""

    def __init__(self) -> None:
        self.statuses: list[dict[str, Any]] = []
        self.posted: list[str] = []
        self.looks = 0
        self.moods: list[Mood] = []
        self.posting: list[Mood] = []

    def write(self, text: str, to: str, ago: timedelta = timedelta(), **more: Any) -> dict[str, Any]:
        """In the app."""
        number, at = str(900 + len(self.statuses)), (timezone.now() - ago).isoformat()
        facts = {"id": number, "uri": f"https://m.example/{number}", "created_at": at, "in_reply_to_id": to}
        self.statuses.insert(0, facts | {"content": f"<p>{text}</p>", "visibility": "public"} | more)
        return self.statuses[0]

    def answer(self, request: httpx.Request) -> httpx.Response:
        if request.url.path == "/api/v1/accounts/7/statuses":
            return self._look(request)
        if request.method == "GET":
            return httpx.Response(
                200, json={"id": request.url.path.rsplit("/")[-1], "account": US, "visibility": "public"}
            )
        return self.posting.pop(0)(request) if self.posting else self.post(request)

    def _look(self, request: httpx.Request) -> httpx.Response:
        self.looks += 1
        if self.moods:
            return self.moods.pop(0)(request)
        return httpx.Response(200, json=[] if "max_id" in request.url.params else self.statuses)

    def post(self, request: httpx.Request) -> httpx.Response:
        """From here."""
        body = json.loads(request.content)
        self.posted.append(body["status"])
        return httpx.Response(200, json=self.write(body["status"], body["in_reply_to_id"]))

    def cut_off(self, request: httpx.Request) -> httpx.Response:
        self.post(request)
        raise httpx.ReadError("cut off", request=request)
