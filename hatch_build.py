"""Puts the browser libraries and compiled translations into the wheel."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

TOLD_IN = Path("src/leitstand/config/libraries.py")


def libraries(root: Path) -> tuple[str, ...]:
    """LIBRARIES of our own module, read without importing it: Django is not here while we are built."""
    for statement in ast.parse((root / TOLD_IN).read_text()).body:
        if isinstance(statement, ast.Assign) and ast.unparse(statement.targets[0]) == "LIBRARIES":
            return tuple(ast.literal_eval(statement.value))
    raise SystemExit(f"{TOLD_IN} names no LIBRARIES")


class Assets(BuildHookInterface):  # type: ignore[type-arg]  # generic for the checker only
    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        root = Path(self.root)
        if version == "editable":
            return
        for library in libraries(root):
            source = root / "node_modules" / library
            if not source.exists():
                raise SystemExit(f"{source} is missing: run `make setup` before building the wheel.")
            build_data["force_include"][str(source)] = f"leitstand/vendor/{library}"
        for words in root.glob("src/leitstand/*/locale/*/LC_MESSAGES/django.po"):
            compiled = words.with_suffix(".mo")
            if not compiled.exists():
                raise SystemExit(f"{compiled} is missing: run `make setup` before building the wheel.")
            build_data["force_include"][str(compiled)] = str(compiled.relative_to(root / "src"))
