"""What an answer that is not 2xx means: one of the five outcomes, in the network's own words where it has some."""

from __future__ import annotations

import re
from html import unescape

import httpx

from leitstand.connectors.errors import ConnectorError, NotAllowed, Refused, TooFast, Unreachable, Unsure
from leitstand.connectors.rates import wait_of
from leitstand.connectors.redact import redact, secrets_of

SAY_DOWN = "The network cannot be reached right now."
SAY_UNSURE = "The network gave no clear answer. It may have done what we asked."
SAY_ODD = "The network answered something we do not understand."
SAY_ACCESS = "The network does not accept our access any more. Please reconnect the channel."
SAY_FAST = "The network asks us to slow down."
SAY_REFUSED = "The network refused this: {reason}"
SAY_TOO_MUCH = "The answer of the network is too large and was cut off."
SAY_REDIRECTS = "The network sends us from one address to the next without end."
SAY_ADDRESS = "This is not an address we can reach: {host}"
TITLE = re.compile(r"<title[^>]*>([^<]+)", re.IGNORECASE)


def failure_of(response: httpx.Response, changing: bool) -> ConnectorError:
    """The outcome a status means (RFC 9110, RFC 6585)."""
    reason = reason_of(response)
    error = _outcome(response, changing, reason, f"{response.status_code} from {response.url.host}: {reason}")
    error.status, error.code = response.status_code, code_of(response)
    return error


def _outcome(response: httpx.Response, changing: bool, reason: str, detail: str) -> ConnectorError:
    status = response.status_code
    if status in (401, 403):
        return NotAllowed(SAY_ACCESS, detail)
    if status == 429 or (status == 503 and "retry-after" in response.headers):
        return TooFast(SAY_FAST, detail, after=wait_of(response))
    if status in (408, 425):  # the request did not arrive whole, or was not begun
        return Unreachable(SAY_DOWN, detail)
    if status >= 500 and status not in (501, 505):
        return Unsure(SAY_UNSURE, detail) if changing else Unreachable(SAY_DOWN, detail)
    if status == 303 and changing:  # "see the result over there"
        return Unsure(SAY_UNSURE, detail)
    return Refused(SAY_REFUSED, detail, reason=reason)


def reason_of(response: httpx.Response) -> str:
    """The network's own words about a refusal: short, without markup, without our secrets."""
    found = _first(response, ("message", "error_description", "error", "detail")) or _title(response)
    return found[:200] or response.reason_phrase or str(response.status_code)


def code_of(response: httpx.Response) -> str:
    """The network's own code of the error ("ExpiredToken", "rest_forbidden"), or nothing."""
    return _first(response, ("code", "error"))[:100]


def _title(response: httpx.Response) -> str:
    """What a page is called that came in place of JSON: a firewall's, for example."""
    found = TITLE.search(response.text[:20_000])
    return _clean(unescape(found[1]), response) if found else ""


def _first(response: httpx.Response, names: tuple[str, ...]) -> str:
    """The first of these fields that says something."""
    try:
        body = response.json()
    except ValueError:
        return ""
    found = (body.get(name) for name in names) if isinstance(body, dict) else iter(())
    return _clean(next((str(value) for value in found if value), ""), response)


def _clean(text: str, response: httpx.Response) -> str:
    """On one line, with whatever the network echoed of our secrets taken out."""
    return redact(" ".join(text.split()), secrets_of(response.request))
