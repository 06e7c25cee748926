"""What is written about the house is true: generated pages, settings, guide, links, permissions."""

from __future__ import annotations

import ast
import inspect
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import pytest
from django.urls import Resolver404, resolve

from leitstand.core.people.roles import PERMISSIONS
from tests.environment import CHECKOUT
from tests.house.files import SOURCE, of, short, source

DOCS = CHECKOUT / "docs"
GUIDE = DOCS / "guide"
LANGUAGES = ("de", "en")
MAKEFILE = (CHECKOUT / "Makefile").read_text("utf-8")
GENERATED = re.findall(r"^\t\$\(BIN\)/python -m (\S+) > (\S+)$", MAKEFILE, re.MULTILINE)
# Read from the environment, but meant for the system, not for Leitstand.
THE_SYSTEM_S = {"XDG_DATA_HOME", "DJANGO_SETTINGS_MODULE", "PATH", "HOME"}
LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)")
CALL = re.compile(r"`((?:[a-z_]+\.)*)(\w+)(?:\(([^()\"]*)\))?(?: -> [^`]+)?`")
IN_APP = re.compile(r"`(/[^`\s]*)`")


# --- generated pages ---------------------------------------------------------------------------


@pytest.mark.parametrize(("module", "page"), GENERATED)
def test_generated_pages_are_current(module: str, page: str, tmp_path: Path) -> None:
    """Mend it with `make docs`."""
    environment = {**os.environ, "LEITSTAND_HOME": str(tmp_path)}
    written = subprocess.run(
        [sys.executable, "-m", module], cwd=CHECKOUT, env=environment, check=True, capture_output=True, text=True
    )
    assert (CHECKOUT / page).read_text("utf-8") == written.stdout


def test_make_docs_writes_every_generated_page() -> None:
    made = {page for _module, page in GENERATED}
    claimed = {short(path) for path in of(".md", below=DOCS) if "\nWritten by `python -m" in path.read_text("utf-8")}
    generators = {f"{short(path)[4:-3].replace('/', '.')}" for path in source(".py") if path.name == "document.py"}
    assert made == claimed and len(made) >= 3
    assert {module for module, _page in GENERATED} == generators


# --- settings ----------------------------------------------------------------------------------


def _read_names(path: Path) -> Iterator[str]:
    """Names in env.text("NAME") and the like, os.environ["NAME"], os.environ.get("NAME"), os.getenv("NAME")."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        called = isinstance(node, ast.Call) and re.fullmatch(
            r"env\.\w+|os\.(environ\.\w+|getenv)", ast.unparse(node.func)
        )
        asked = isinstance(node, ast.Subscript) and ast.unparse(node.value) == "os.environ"
        arguments = node.args[:1] if called and isinstance(node, ast.Call) else [node.slice] if asked else []
        yield from (one.value for one in arguments if isinstance(one, ast.Constant) and isinstance(one.value, str))


def test_every_setting_is_documented_and_no_other() -> None:
    read = {name for path in source(".py") for name in _read_names(path)} - THE_SYSTEM_S
    page = (DOCS / "operations" / "settings.md").read_text("utf-8")
    rows = [line.split("|")[1] for line in page.splitlines() if line.startswith("| `")]
    told = {name for row in rows for name in re.findall(r"`([A-Z_]+)`", row)}
    assert {"LEITSTAND_HOME", "PORT", "DATABASE_URL", "LEITSTAND_MAIL_HOST"} <= read
    assert told == read


def test_variables_named_anywhere_exist() -> None:
    read = {name for path in source(".py") for name in _read_names(path)}
    for path in of(".md"):
        named = set(re.findall(r"`(LEITSTAND_[A-Z_]+)", path.read_text("utf-8")))
        assert named - read == set(), short(path)


# --- the guide ---------------------------------------------------------------------------------


def pages(language: str) -> set[str]:
    return {path.name for path in of(".md", below=GUIDE / language)}


def test_the_guide_has_the_same_pages_and_chapters_in_both_languages() -> None:
    assert pages("de") == pages("en") and len(pages("de")) > 10
    for name in pages("de"):
        shapes = [re.findall(r"^(#+) ", (GUIDE / one / name).read_text("utf-8"), re.MULTILINE) for one in LANGUAGES]
        assert shapes[0] == shapes[1], f"{name} has other chapters in the other language"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_index_leads_to_every_page(language: str) -> None:
    index = (GUIDE / language / "index.md").read_text("utf-8")
    assert {link for link in LINK.findall(index) if "/" not in link} == pages(language) - {"index.md"}


def test_every_room_has_a_page_in_the_guide() -> None:
    rooms = {path.parent.name for path in SOURCE.glob("*/apps.py")} - {"core", "web"}
    assert rooms <= {name.removesuffix(".md") for name in pages("en")}


def _exists(address: str) -> bool:
    for place in (address, f"/api/v1{address}"):
        for tried in (place, f"{place}/"):
            try:
                resolve(tried)
            except Resolver404:
                continue
            return True
    return address == "/api/v1"


def test_addresses_in_the_guide_exist() -> None:
    told = {address for path in of(".md", below=GUIDE) for address in IN_APP.findall(path.read_text("utf-8"))}
    assert len(told) > 5
    assert [address for address in sorted(told) if not _exists(address)] == []


# --- links -------------------------------------------------------------------------------------


def anchors(path: Path) -> set[str]:
    """As GitHub makes them from headings."""
    heads = (line.lstrip("#").strip().lower() for line in path.read_text("utf-8").splitlines() if line.startswith("#"))
    return {re.sub(r"[^\w\- ]", "", head).replace(" ", "-") for head in heads}


def _broken(path: Path) -> Iterator[str]:
    for link in LINK.findall(path.read_text("utf-8")):
        if re.match(r"https?:|mailto:", link):
            continue
        file, _hash, anchor = link.partition("#")
        target = (path.parent / file).resolve() if file else path
        if not target.exists() or (anchor and anchor not in anchors(target)):
            yield f"{short(path)}: {link}"


def test_links_between_pages_lead_somewhere() -> None:
    files = [path for path in of(".md") if not path.is_relative_to(SOURCE)]
    assert len(files) > 30
    assert [link for path in files for link in _broken(path)] == []


# --- facts in the developers' pages ------------------------------------------------------------


def test_rooms_page_lists_the_permissions() -> None:
    (line,) = re.findall(r"permissions are strings: `([^`]+)`", (DOCS / "rooms.md").read_text("utf-8"))
    assert set(line.split()) == set().union(*PERMISSIONS.values())


def test_rooms_page_has_every_room() -> None:
    told = set(re.findall(r"^## (\w+)", (DOCS / "rooms.md").read_text("utf-8"), re.MULTILINE))
    assert {path.parent.name for path in SOURCE.glob("*/apps.py")} <= told


def calls() -> Iterator[tuple[str, str, list[str]]]:
    """Module, name and arguments of what rooms.md says may be called: `room.module.name(args)`.

    On the same line a module goes for the bare names after it, too. Calls with values in them are examples.
    """
    for line in (DOCS / "rooms.md").read_text("utf-8").splitlines():
        module = ""
        for match in CALL.finditer(line):
            dots, name, arguments = match.groups()
            if arguments is None:
                module = f"{dots}{name}" if dots and _is_module(f"{dots}{name}") else module
            else:
                module = dots.rstrip(".") or module
                yield module, name, [one.strip() for one in arguments.split(",") if one.strip()]


def _is_module(dotted: str) -> bool:
    room, *_rest = dotted.split(".")
    return (SOURCE / room).is_dir() and find_spec(f"leitstand.{dotted}") is not None


@pytest.mark.parametrize(("module", "name", "told"), list(calls()))
def test_rooms_page_tells_how_to_call(module: str, name: str, told: list[str]) -> None:
    """With all parameters that must be given, in their order; an ellipsis stands for the rest."""
    signature = inspect.signature(getattr(import_module(f"leitstand.{module}"), name))
    needed = [one.name for one in signature.parameters.values() if one.default is one.empty]
    if "…" in told:
        assert set(told) - {"…"} <= set(signature.parameters)
    else:
        assert told == list(signature.parameters)[: len(told)] and len(told) >= len(needed)


def test_decisions_are_numbered_and_short() -> None:
    files = of(".md", below=DOCS / "decisions")
    assert [path.name[:4] for path in files] == [f"{number:04}" for number in range(1, len(files) + 1)]
    assert [short(path) for path in files if len(path.read_text("utf-8").splitlines()) > 60] == []


def test_make_help_lists_every_target() -> None:
    (phony,) = re.findall(r"^\.PHONY: (.+)$", MAKEFILE, re.MULTILINE)
    assert set(phony.split()) == set(re.findall(r"^([a-z-]+):.*## ", MAKEFILE, re.MULTILINE))
