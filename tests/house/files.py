"""The files of the house, as git knows them or would know them."""

from __future__ import annotations

import subprocess
from functools import cache
from pathlib import Path

from tests.environment import CHECKOUT

SOURCE = CHECKOUT / "src" / "leitstand"


@cache
def kept() -> tuple[Path, ...]:
    """All files that are committed or would be, without what .gitignore names."""
    asked = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    answer = subprocess.run(asked, cwd=CHECKOUT, check=True, capture_output=True, text=True)
    paths = (CHECKOUT / name for name in answer.stdout.split("\0") if name)
    return tuple(sorted(path for path in paths if path.is_file()))


def of(*endings: str, below: Path = CHECKOUT) -> list[Path]:
    """The kept files with these endings below a folder; migrations, which Django writes, left out."""
    return [
        path
        for path in kept()
        if path.suffix in endings and path.is_relative_to(below) and "migrations" not in path.parts
    ]


def source(*endings: str) -> list[Path]:
    """The files of the program itself, without its tests."""
    return [path for path in of(*endings, below=SOURCE) if "tests" not in path.relative_to(SOURCE).parts]


def short(path: Path) -> str:
    return path.relative_to(CHECKOUT).as_posix()
