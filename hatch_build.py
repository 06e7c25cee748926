"""Puts the browser libraries and compiled translations into the wheel."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

LIBRARIES = (
    "@tabler/core/dist/css/tabler.min.css",
    "@tabler/core/dist/js/tabler.min.js",
    "@tabler/icons-webfont/dist",
    "htmx.org/dist/htmx.min.js",
    "fullcalendar/index.global.min.js",
    "@fullcalendar/core/locales/de.global.min.js",
    "echarts/dist/echarts.min.js",
)


class Assets(BuildHookInterface):  # type: ignore[type-arg]
    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        root = Path(self.root)
        if version == "editable":
            return
        for library in LIBRARIES:
            source = root / "node_modules" / library
            if not source.exists():
                raise SystemExit(f"{source} is missing: run `make setup` before building the wheel.")
            build_data["force_include"][str(source)] = f"leitstand/vendor/{library}"
        for compiled in root.glob("src/leitstand/*/locale/*/LC_MESSAGES/django.mo"):
            build_data["force_include"][str(compiled)] = str(compiled.relative_to(root / "src"))
