"""Nothing in the component kit without a user: tags, parts, behaviours, and the words that scripts read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

from tests.house.files import SOURCE, of, source

CORE = SOURCE / "core"
SCRIPTS = CORE / "static" / "core" / "js"
PARTS = CORE / "templates" / "components"
BEHAVIOUR = re.compile(r"\[data-([a-z-]+)|dataset\.([a-zA-Z]+)")
# Read by Tabler and by FullCalendar.
THEIRS = {"bs-theme", "fullcalendar"}


def written(*endings: str) -> str:
    return "\n".join(path.read_text("utf-8") for path in source(*endings))


def libraries() -> dict[str, Path]:
    """The modules of template tags that templates can load."""
    paths = [path for path in source(".py") if path.parent.name == "templatetags"]
    return {f"leitstand.{path.parts[-3]}.templatetags.{path.stem}": path for path in paths if path.stem != "__init__"}


def registers() -> Iterator[tuple[str, str]]:
    """Every tag and every filter of ours, and how a template uses it."""
    for name in libraries():
        register = getattr(import_module(name), "register", None)
        yield from ((tag, rf"{{% *{tag}\b") for tag in getattr(register, "tags", ()))
        yield from ((one, rf"\|{one}\b") for one in getattr(register, "filters", ()))


def test_every_tag_and_filter_is_used() -> None:
    pages = written(".html")
    known = list(registers())
    assert len(known) > 20
    assert [name for name, use in known if not re.search(use, pages)] == []


def test_every_part_is_used() -> None:
    """By a tag of the same name, or by its path: in a template, or as an argument in Python."""
    tags = {name for name, _use in registers()}
    named = set(re.findall(r"\"components/(\w+)\.html\"", written(".html")))
    named |= set(re.findall(r"\"components/(\w+)\.html\"[,)]", written(".py")))
    parts = {path.stem for path in source(".html") if path.parent == PARTS}
    assert len(parts) > 10
    assert parts - tags - named == set()


def scripts() -> list[str]:
    """The house's own scripts without their comments."""
    paths = [path for path in source(".js") if path.parent == SCRIPTS]
    return [re.sub(r"^\s*//.*$", "", path.read_text("utf-8"), flags=re.MULTILINE) for path in paths]


def dashed(name: str) -> str:
    """`checkAll` is data-check-all."""
    return re.sub(r"[A-Z]", lambda letter: f"-{letter[0].lower()}", name)


def test_every_behaviour_is_used() -> None:
    names = {bare or dashed(name) for script in scripts() for bare, name in BEHAVIOUR.findall(script)}
    used = set(re.findall(r"\sdata-([a-z-]+)", written(".html"))) | THEIRS
    assert len(names) > 20
    assert names - used == set()


def test_every_attribute_is_read() -> None:
    """By a script, a stylesheet or a test; the words for scripts by their names. The calendar calls its own `words`."""
    tests = [path.read_text("utf-8") for path in of(".py") if "tests" in path.parts]
    told = "\n".join([written(".js", ".css"), *tests])
    read = {dashed(name) for name in re.findall(r"\b(?:dataset|words)\.(\w+)", told)}
    read |= set(re.findall(r"data-([a-z-]+)", told)) | set(re.findall(r"\"(\w+)\"", "".join(scripts())))
    given = set(re.findall(r"\sdata-([a-z-]+)", written(".html")))
    assert given - read - THEIRS == set()
