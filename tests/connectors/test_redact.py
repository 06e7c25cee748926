"""Nothing secret is told, and nothing harmless is lost."""

from __future__ import annotations

import base64

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from leitstand.connectors.redact import GONE, redact, secrets_of

SECRETS = (
    "Authorization: Bearer abc.def-ghi",
    "Basic YW5uYTpzZWNyZXQ=",
    "https://x.example/?access_token=abc.def-ghi&a=1",
    '{"password": "abc.def-ghi"}',
    "{'app_password': 'abc.def-ghi'}",
    "client_secret=abc.def-ghi",
    "refreshJwt: abc.def-ghi",
    "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc_def-ghi",
    "API-KEY = abc.def-ghi",
)


@pytest.mark.parametrize("text", SECRETS)
def test_what_looks_secret_goes(text: str) -> None:
    told = redact(text)
    assert GONE in told and not any(part in told for part in ("abc.def", "YW5uYT", "abc_def"))


@pytest.mark.parametrize("text", ["The access token is invalid", "Text is too long: 501 characters", "key: value", ""])
def test_harmless_words_stay(text: str) -> None:
    assert redact(text) == text


@given(st.text(alphabet="abcXYZ019-_.~", min_size=8, max_size=40), st.text(max_size=40))
def test_a_known_secret_never_survives(secret: str, around: str) -> None:
    assert secret not in redact(f"{around}{secret}{around}", {secret}).replace(GONE, "")


def test_secrets_of_a_request() -> None:
    pair = base64.b64encode(b"anna:pass word").decode()
    request = httpx.Request(
        "POST",
        "https://x.example/?access_token=in-query&q=harmless",
        headers={"Authorization": f"Basic {pair}"},
        json={"password": "in-body", "identifier": "anna"},
    )
    assert secrets_of(request) == {"in-query", pair, "pass word", "in-body"}


def test_uploads_are_not_read() -> None:
    request = httpx.Request("POST", "https://x.example/", files={"file": ("a", b"b")})
    assert secrets_of(request) == set()
