"""A room's stylesheet stands outside the house's layers and so wins over them: it may not take a name of theirs."""

from __future__ import annotations

import re
from pathlib import Path

from tests.house.files import SOURCE, short, source

SHARED = SOURCE / "core" / "static"
# The practice network is a site of its own with a stylesheet of its own.
ALONE = SOURCE / "practice"
NAME = re.compile(r"\.(-?[A-Za-z_][\w-]*)")


def selectors(path: Path) -> list[str]:
    bare = re.sub(r"/\*.*?\*/", "", path.read_text("utf-8"), flags=re.DOTALL)
    return [one.strip() for group in re.findall(r"([^{}]+)\{", bare) for one in group.split(",")]


def styled(path: Path) -> set[str]:
    """The classes that a selector of this file is about: the last ones named in it."""
    return {
        name for one in selectors(path) if one and "@" not in one for name in NAME.findall(re.split(r"[ >+~]", one)[-1])
    }


def begun(path: Path) -> set[str]:
    """The classes that a selector begins with, bare: whoever writes that says how the part looks everywhere."""
    return {match[1] for one in selectors(path) if (match := re.match(NAME.pattern + r"(?![\w-])", one))}


def test_no_room_restyles_a_part_of_the_house() -> None:
    shared = {name for path in source(".css") if path.is_relative_to(SHARED) for name in styled(path)}
    rooms = [path for path in source(".css") if not path.is_relative_to(SHARED) and not path.is_relative_to(ALONE)]
    assert len(shared) > 100 and len(rooms) > 3
    taken = {short(path): sorted(begun(path) & shared - {"fc", "house"}) for path in rooms}
    assert {path: names for path, names in taken.items() if names} == {}
