"""Compiles the translations without GNU gettext, and finds what is missing.

python tools/translations.py compile | check

`check` names each entry without German, and each text marked in the source that its room's catalogue does not have.
It finds marked texts by itself: Python with `ast`, templates with Django's own `templatize` and a pattern.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import polib
from django.conf import settings
from django.utils.translation.template import templatize

SOURCE = Path(__file__).resolve().parent.parent / "src" / "leitstand"
# The place of the text among the arguments, by the name the function was imported under or its alias.
PLACES = {
    f"{prefix}{name}{suffix}": place
    for name, place in {"gettext": 0, "ngettext": 0, "pgettext": 1, "npgettext": 1}.items()
    for prefix, suffix in (("", ""), ("", "_lazy"), ("", "_noop"))
} | {"_": 0}
WORDS = r"""(u?"(?:[^"\\]|\\.)*"|u?'(?:[^'\\]|\\.)*')"""
CALL = re.compile(rf"(?<!\w)(_|n?gettext|n?pgettext)\(\s*{WORDS}(?:\s*,\s*{WORDS})?", re.DOTALL)


def catalogues() -> list[Path]:
    return sorted(SOURCE.glob("*/locale/*/LC_MESSAGES/django.po"))


def compile_all() -> int:
    for path in catalogues():
        polib.pofile(str(path)).save_as_mofile(str(path.with_suffix(".mo")))
    return 0


def _aliases(tree: ast.AST) -> dict[str, str]:
    """`from django.utils.translation import gettext_lazy as _` says that `_` is gettext_lazy."""
    names = {"_": "_"}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation":
            names |= {alias.asname or alias.name: alias.name for alias in node.names}
    return names


def marked_in_python(text: str) -> Iterator[str]:
    tree = ast.parse(text)
    names = _aliases(tree)
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute)):
            continue
        name = node.func.id if isinstance(node.func, ast.Name) else node.func.attr
        place = PLACES.get(names.get(name, name))
        if place is not None and place < len(node.args) and isinstance(node.args[place], ast.Constant):
            yield str(node.args[place].value)  # type: ignore[attr-defined]  # only constants come here


def marked_in_template(text: str, origin: str) -> Iterator[str]:
    settings.configured or settings.configure()
    for name, first, second in CALL.findall(templatize(text, origin=origin)):
        yield str(ast.literal_eval(second if PLACES[name] else first))


def marked(room: Path) -> Iterator[tuple[Path, str]]:
    """Each text of a room that is marked for translation, with its file."""
    for path in sorted(room.rglob("*.py")):
        if "tests" not in path.relative_to(room).parts:
            yield from ((path, text) for text in marked_in_python(path.read_text("utf-8")))
    for path in sorted(room.rglob("templates/**/*.*")):
        yield from ((path, text) for text in marked_in_template(path.read_text("utf-8"), str(path)))


def missing_in_catalogues() -> Iterator[str]:
    for path in catalogues():
        book = polib.pofile(str(path))
        for entry in [*book.untranslated_entries(), *book.fuzzy_entries()]:
            yield f"{path.relative_to(SOURCE)}: {entry.msgid[:80]!r} has no translation"


def missing_from_catalogues() -> Iterator[str]:
    """Marked texts without an entry; also those of rooms that have no catalogue at all."""
    for room in sorted(path for path in SOURCE.iterdir() if path.is_dir()):
        book = room / "locale" / "de" / "LC_MESSAGES" / "django.po"
        known = {entry.msgid for entry in polib.pofile(str(book)) if not entry.obsolete} if book.exists() else set()
        for path, text in marked(room):
            if text and text not in known:
                yield f"{path.relative_to(SOURCE)}: {text[:80]!r} is not in the catalogue (make messages)"


def check_all() -> int:
    """1 when a text has no German; names each."""
    found = [*missing_in_catalogues(), *missing_from_catalogues()]
    print(*found, sep="\n", end="\n" if found else "")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit({"compile": compile_all, "check": check_all}[sys.argv[1]]())
