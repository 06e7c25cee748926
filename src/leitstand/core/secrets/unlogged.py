"""Keeps links that are keys out of the log: whoever reads it must not get in by them."""

from __future__ import annotations

import logging
import re

KEYS = re.compile(r"(/join/|/accounts/password/reset/key/)[^/\s]+")


class WithoutKeys(logging.Filter):
    """Every line passes; the secret part of such an address is left out."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = KEYS.sub(r"\1…", _message(record)), ()
        return True


def _message(record: logging.LogRecord) -> str:
    """Where a line and its values do not go together, the line alone: whoever writes a log never fails by it."""
    try:
        return record.getMessage()
    except (TypeError, ValueError, KeyError):
        return str(record.msg)
