"""The processes of one house, as the kernel lists them: also those that have overwritten their command line."""

from __future__ import annotations

import os
from pathlib import Path


def processes_on(home: Path) -> set[int]:
    """All that were started with this folder, and their children: PostgreSQL's change their names. This one is none."""
    parents = {number: parent for number in _all() if (parent := _parent(number)) is not None}
    found = {number for number in parents if _names(number, home) and number != os.getpid()}
    while more := {number for number, parent in parents.items() if parent in found} - found:
        found |= more
    return found


def _all() -> list[int]:
    return [int(entry.name) for entry in Path("/proc").glob("[0-9]*")]


def _parent(number: int) -> int | None:
    """None when it has ended meanwhile."""
    try:
        lines = Path(f"/proc/{number}/status").read_text().splitlines()
    except OSError:
        return None
    return next(int(line.split()[1]) for line in lines if line.startswith("PPid:"))


def _names(number: int, home: Path) -> bool:
    """In its command line or environment; or it works in the folder, as PostgreSQL's children do without a parent."""
    process = Path(f"/proc/{number}")
    try:
        facts = b"".join((process / name).read_bytes() for name in ("cmdline", "environ"))
        return str(home).encode() in facts or (process / "cwd").resolve().is_relative_to(home)
    except OSError:
        return False
