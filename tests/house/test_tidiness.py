"""What must not lie about: machine paths, promises without a reason, inline scripts, broad excepts, stray files."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from tests.environment import CHECKOUT
from tests.house.files import SOURCE, kept, of, short, source

TEXT = {".py", ".html", ".js", ".cjs", ".css", ".md", ".toml", ".json", ".sh", ".php", ".po", ".txt", ".svg", ""}
# A folder of the machine somebody worked on. Spelt apart, so that this file does not find itself.
MACHINE = re.compile(r"(?<![\w.}>$/:-])/(?:" + "|".join(("work", "tmp", "home", "root", "Users")) + r")/[\w.]")
LATER = re.compile(r"\b(?:" + "|".join(("TO" + "DO", "FIX" + "ME", "X" * 3, "HA" + "CK")) + r")\b(?P<why>.*)")
INLINE = re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/json\")|\sstyle=|\son[a-z]+=\"|javascript:")
SILENCED = re.compile(r"#\s*(type: ignore|noqa)(?P<what>\S*)")
LARGEST = 500_000
# `except Exception` keeps the worker alive; the others undo what they began and raise again.
BROAD = {"src/leitstand/core/worker.py", "src/leitstand/config/database.py", "src/leitstand/config/restore.py"}


def texts() -> list[Path]:
    return [path for path in kept() if path.suffix in TEXT and path.name != "package-lock.json"]


def found(pattern: re.Pattern[str], paths: list[Path]) -> Iterator[tuple[str, re.Match[str]]]:
    for path in paths:
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            for match in pattern.finditer(line):
                yield f"{short(path)}:{number} {line.strip()[:80]}", match


def test_no_path_of_somebodys_machine() -> None:
    assert len(texts()) > 500
    assert [place for place, _match in found(MACHINE, texts())] == []


def test_whoever_puts_something_off_says_why() -> None:
    """The mark, a colon, and a reason of three words at least."""
    marks = list(found(LATER, [path for path in texts() if path.suffix != ".po"]))
    assert [place for place, match in marks if not re.match(r":\s+\S+\s+\S+\s+\S+", match["why"])] == []


def test_no_inline_script_or_style() -> None:
    """The Content Security Policy forbids them, so they would not work. E-mails are not pages."""
    pages = [path for path in source(".html") if "email" not in path.parts]
    assert [place for place, _match in found(INLINE, pages)] == []


def test_silenced_checks_say_which() -> None:
    marks = list(found(SILENCED, of(".py")))
    assert [place for place, match in marks if not re.match(r"\[[\w-]+(, ?[\w-]+)*\]|:", match["what"])] == []


def _broad(path: Path) -> bool:
    return any(
        isinstance(node, ast.ExceptHandler)
        and (node.type is None or ast.unparse(node.type) in {"Exception", "BaseException"})
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
    )


def test_only_the_jobs_catch_everything() -> None:
    assert {short(path) for path in source(".py") if _broad(path)} == BROAD


def test_models_do_not_override_save() -> None:
    """What else a model does there: a step."""
    for path in (path for path in source(".py") if "models" in path.parts or path.name == "models.py"):
        names = {
            node.name for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.FunctionDef)
        }
        assert names & {"save", "delete"} <= allowed(path), short(path)


def allowed(path: Path) -> set[str]:
    """The diary refuses to be changed; that is all its `save` and `delete` say."""
    return {"save", "delete"} if path.name == "diary.py" else set()


def test_no_large_files() -> None:
    assert [short(path) for path in kept() if path.stat().st_size > LARGEST and path.name != "uv.lock"] == []


def test_nothing_made_is_committed() -> None:
    made = {".mo", ".pyc", ".log", ".sqlite3", ".orig", ".rej", ".swp", ".zip", ".whl"}
    assert [short(path) for path in kept() if path.suffix in made or "__pycache__" in path.parts] == []


def test_no_empty_rooms() -> None:
    """Each room of the settings exists, says what it is for, and has an address and tests."""
    assert {room.split(".")[1] for room in settings.ROOMS} == {path.parent.name for path in SOURCE.glob("*/apps.py")}
    for room in settings.ROOMS:
        folder = SOURCE / room.split(".")[1]
        assert ast.get_docstring(ast.parse((folder / "__init__.py").read_text("utf-8"))), room
        assert list((folder / "tests").glob("test_*.py")), room


def test_the_licence_is_the_one_we_name() -> None:
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text("utf-8"))["project"]
    licence = (CHECKOUT / "LICENSE").read_text("utf-8")
    assert project["license"] == "AGPL-3.0-or-later"
    assert "GNU AFFERO GENERAL PUBLIC LICENSE\n                       Version 3, 19 November 2007" in licence
    assert "END OF TERMS AND CONDITIONS" in licence


def test_the_changelog_tells_of_this_version() -> None:
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text("utf-8"))["project"]
    heads = re.findall(r"^## \[?(\d+\.\d+\.\d+)", (CHECKOUT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    assert heads[0] == project["version"]
