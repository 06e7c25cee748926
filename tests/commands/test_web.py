"""What comes over the wire from the real web server; Django's own test client tidies it up."""

from __future__ import annotations

from pathlib import Path

import httpx

from tests.running import running

ADDRESSES = {
    "/healthz": 200,
    "/accounts/login/": 200,
    "/nowhere": 404,
    "/api/openapi.json": 200,
    "/api/v1/posts": 401,
    "/static/vendor/htmx.org/dist/htmx.min.js": 200,
}


def test_head_answers_as_get_does_without_its_body(home: Path) -> None:
    """On one connection: what followed the headers would be read as the next answer."""
    with running(home) as house, httpx.Client(base_url=house.url) as client:
        for address, status in ADDRESSES.items():
            head, whole = client.head(address), client.get(address)
            assert (head.status_code, whole.status_code) == (status, status), address
            assert head.headers["Content-Length"] == str(len(whole.content)), address
