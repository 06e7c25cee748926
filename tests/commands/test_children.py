"""The processes of `leitstand run`: what one says at its end, and how long its successor waits."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import pytest

from leitstand.config.children import FIRST_PAUSE, LONG_LIFE, LONGEST_PAUSE, Child, fork


def fails() -> NoReturn:
    raise ValueError("the disk of the moon is full")


def refuses() -> NoReturn:
    sys.exit("The port is taken.")


@pytest.mark.parametrize(
    ("work", "code", "says"),
    [(lambda: 0, 0, ""), (fails, 1, "the disk of the moon is full"), (refuses, 1, "The port is taken.")],
)
def test_what_ends_a_child_is_told(
    work: Callable[[], int], code: int, says: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    with (tmp_path / "lock").open("w") as lock:
        _pid, status = os.waitpid(fork(work, lock), 0)
    assert os.waitstatus_to_exitcode(status) == code
    assert says in capfd.readouterr().err


def test_only_what_ends_again_and_again_waits() -> None:
    long_ago = Child("worker", LONGEST_PAUSE)
    long_ago.born -= LONG_LIFE + 1
    assert [Child("worker").pause, Child("worker", 1.6).pause, Child("worker", 99.0).pause, long_ago.pause] == [
        FIRST_PAUSE,
        1.6,
        LONGEST_PAUSE,
        FIRST_PAUSE,
    ]
