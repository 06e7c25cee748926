"""Whether work grows in proportion to what it is given, told without a clock that other programs can slow."""

from __future__ import annotations

import time
from collections.abc import Callable

TIMES = 8
MOST_GROWTH = 3 * TIMES  # a step that grows with the square takes TIMES * TIMES as long
LEAST_SECONDS = 0.01  # what is quicker cannot be compared
ATTEMPTS = 5  # a model read in on the way, or a tidying of memory, slows one attempt, never all


def grows_in_proportion(work: Callable[[int], object], size: int) -> bool:
    """Whether ``work`` on ``TIMES`` the ``size`` takes some ``TIMES`` as long, not the square of it."""
    return any(_seconds_for(work, size * TIMES) < MOST_GROWTH * _seconds_for(work, size) for _ in range(ATTEMPTS))


def _seconds_for(work: Callable[[int], object], size: int) -> float:
    """Of the processor, not of the clock: other programs do not count."""
    began = time.process_time()
    work(size)
    return max(LEAST_SECONDS, time.process_time() - began)
