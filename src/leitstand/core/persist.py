"""Writes down what must not be lost although the database breaks off just now: the answer of a network, above all."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import TypeVar

from django.db import InterfaceError, OperationalError, connection

log = logging.getLogger(__name__)
PAUSES = (0.0, 1.0, 2.0, 5.0, 10.0, 20.0, 30.0)
"""Seconds before each further try: a database that restarts is back within a minute."""
T = TypeVar("T")


def surely(write: Callable[[], T]) -> T:
    """What `write` returns. Where the connection is lost it runs again on a new one, so it must bear running twice.

    What the old session held, its locks too, is gone then. Within a transaction nothing can be done again: it fails.
    """
    for pause in PAUSES:
        try:
            return write()
        except (OperationalError, InterfaceError) as error:
            if connection.in_atomic_block:
                raise
            log.warning("written again in %s s, for the database broke off: %s", pause, error)
        connection.close()
        time.sleep(pause)
    return write()
