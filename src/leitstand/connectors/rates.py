"""Reads what a network says of our rate limit: how many calls are left, and how long to wait."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

import httpx

from leitstand.connectors.protocol import Budget

DEFAULT_WAIT = 60.0
LONGEST_WAIT = 86_400.0
# Mastodon, X, and the draft that Bluesky follows
# https://docs.joinmastodon.org/api/rate-limits/ · https://docs.x.com/x-api/fundamentals/rate-limits
# https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/
PREFIXES = ("x-ratelimit-", "x-rate-limit-", "ratelimit-")
EPOCH_FROM = 1_000_000_000


def wait_of(response: httpx.Response) -> float:
    """Seconds to wait: Retry-After (RFC 9110, number or date), else the reset of the limit, else a minute.

    At least one second, at most a day.
    """
    again = moment(response.headers.get("retry-after", "")) or _reset_of(response)
    wait = (again - datetime.now(UTC)).total_seconds() if again else DEFAULT_WAIT
    return min(max(1.0, wait), LONGEST_WAIT)


def budget_of(response: httpx.Response) -> Budget | None:
    """Calls left, of how many, and when the window begins anew; None where the headers do not say."""
    left = _count(response, "remaining")
    return None if left is None else Budget(_count(response, "limit"), left, _reset_of(response))


def _count(response: httpx.Response, name: str) -> int | None:
    value = _header(response, name)
    return int(value) if value.isdecimal() and len(value) < 10 else None


def _reset_of(response: httpx.Response) -> datetime | None:
    return moment(_header(response, "reset"))


def _header(response: httpx.Response, name: str) -> str:
    found = (response.headers.get(prefix + name, "") for prefix in PREFIXES)
    return next((value for value in found if value), "")


def moment(value: str) -> datetime | None:
    """A date in any form networks use: seconds from now, epoch seconds, ISO 8601, HTTP date. None: unreadable."""
    try:
        if value.isdecimal():
            return _from_seconds(int(value))
        found = datetime.fromisoformat(value) if value[:4].isdecimal() else parsedate_to_datetime(value)
    except (ValueError, TypeError, OverflowError, OSError):
        return None
    return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)


def _from_seconds(number: int) -> datetime:
    return datetime.fromtimestamp(number, UTC) if number > EPOCH_FROM else datetime.now(UTC) + timedelta(seconds=number)
