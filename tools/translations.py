"""Compiles the translations without GNU gettext, and finds what is missing.

python tools/translations.py compile | check
"""

from __future__ import annotations

import sys
from pathlib import Path

import polib

SOURCE = Path(__file__).resolve().parent.parent / "src" / "leitstand"


def catalogues() -> list[Path]:
    return sorted(SOURCE.glob("*/locale/*/LC_MESSAGES/django.po"))


def compile_all() -> int:
    for path in catalogues():
        polib.pofile(str(path)).save_as_mofile(str(path.with_suffix(".mo")))
    return 0


def check_all() -> int:
    """1 when an entry is untranslated or fuzzy; names each."""
    missing = 0
    for path in catalogues():
        book = polib.pofile(str(path))
        for entry in [*book.untranslated_entries(), *book.fuzzy_entries()]:
            missing += 1
            print(f"{path.relative_to(SOURCE)}: {entry.msgid[:80]!r}")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit({"compile": compile_all, "check": check_all}[sys.argv[1]]())
