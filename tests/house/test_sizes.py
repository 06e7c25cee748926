"""Functions and files stay small. There are no exceptions."""

from __future__ import annotations

import ast
from pathlib import Path
from statistics import median

import pytest

from tests.house.files import SOURCE, of, short, source

LONGEST_FILE = 300
LONGEST_TEST_FILE = 400
LONGEST_FUNCTION = 40
LONGEST_VIEW = 25
# What the connectors stand on; each network's own files keep to the limit of 150.
FOUNDATIONS = {"http.py", "protocol.py", "text.py", "registry.py", "document.py", "oauth.py", "errors.py"}


def lines(path: Path) -> int:
    return len(path.read_text("utf-8").splitlines())


def limit(path: Path) -> int:
    if "tests" in path.parts:
        return LONGEST_TEST_FILE
    if path.is_relative_to(SOURCE / "connectors") and path.name not in FOUNDATIONS:
        return 150
    return LONGEST_FILE


def test_files_are_short() -> None:
    files = of(".py")
    assert len(files) > 300
    assert [short(path) for path in files if lines(path) > limit(path)] == []


@pytest.mark.parametrize(("ending", "most"), [(".html", 150), (".js", 100), (".css", 300)])
def test_pages_and_scripts_are_short(ending: str, most: int) -> None:
    files = source(ending)
    assert files and [short(path) for path in files if lines(path) > most] == []


def test_half_the_files_are_under_eighty_lines() -> None:
    assert median(lines(path) for path in source(".py")) < 80


def functions(path: Path) -> list[tuple[str, int]]:
    """Each function of a file with its number of lines."""
    return [
        (f"{short(path)}:{node.lineno} {node.name}", (node.end_lineno or node.lineno) - node.lineno + 1)
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]


def test_functions_are_short() -> None:
    found = [function for path in of(".py") for function in functions(path)]
    assert [name for name, size in found if size > LONGEST_FUNCTION] == []


def test_nine_functions_in_ten_are_under_thirty_lines_and_most_under_ten() -> None:
    sizes = [size for path in source(".py") for _name, size in functions(path)]
    assert sum(size < 30 for size in sizes) / len(sizes) > 0.9
    assert median(sizes) <= 9


def test_views_are_short() -> None:
    views = [path for path in source(".py") if path.parent.name == "views"]
    assert views
    assert [name for path in views for name, size in functions(path) if size > LONGEST_VIEW] == []
