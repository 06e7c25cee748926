"""Takes tokens and passwords out of everything a person or a log may see."""

from __future__ import annotations

import base64
import binascii
import json
import logging
import re
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import parse_qsl, unquote

import httpx

GONE = "•••"
NAMES = r"[\w-]*(?:token|password|passwd|secret|api[_-]?key|jwt|authorization)"
SCHEME = re.compile(r"\b(Bearer|Basic|OAuth|DPoP)\s+[\w.~+/=-]{6,}", re.IGNORECASE)
PAIR = re.compile(rf"""(["']?\b{NAMES}["']?\s*[=:]\s*["']?)([^\s"'&,;)}}]+)""", re.IGNORECASE)
JWT = re.compile(r"\beyJ[\w-]+\.[\w-]+\.[\w-]*")
NAME = re.compile(NAMES, re.IGNORECASE)


def redact(text: str, secrets: Iterable[str] = ()) -> str:
    """The text without these secrets, and without whatever looks like one."""
    for secret in sorted(set(secrets), key=len, reverse=True):
        text = text.replace(secret, GONE) if len(secret) > 3 else text
    text = SCHEME.sub(rf"\1 {GONE}", JWT.sub(GONE, text))
    return PAIR.sub(rf"\1{GONE}", text)


def secrets_of(request: httpx.Request) -> set[str]:
    """What in this request nobody may see: from its headers, its address and its JSON."""
    pairs = [*parse_qsl(request.url.query.decode()), *_body(request)]
    named = {value for name, value in pairs if NAME.fullmatch(name)}
    found = {*named, *_authorization(request.headers.get("authorization", ""))}
    return {one for one in found | {unquote(one) for one in found} if one}


def _authorization(header: str) -> Iterator[str]:
    scheme, _space, credential = header.partition(" ")
    yield credential
    if scheme.lower() == "basic":
        try:
            yield base64.b64decode(credential).decode().partition(":")[2]
        except (binascii.Error, UnicodeDecodeError):
            return


def _body(request: httpx.Request) -> list[tuple[str, str]]:
    if "json" not in request.headers.get("content-type", ""):
        return []
    try:
        body: Any = json.loads(request.content)
    except (ValueError, httpx.RequestNotRead):
        return []
    return [(name, value) for name, value in body.items() if isinstance(value, str)] if isinstance(body, dict) else []


class Redacting(logging.Filter):
    """For the log of httpx, which writes whole addresses."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = redact(record.getMessage()), ()
        return True


def keep_logs_clean() -> None:
    """Makes the log of httpx redact; once is enough."""
    log = logging.getLogger("httpx")
    if not any(isinstance(one, Redacting) for one in log.filters):
        log.addFilter(Redacting())
