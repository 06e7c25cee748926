"""German and English are complete: every marked text has German, with the same places, and said to "Sie"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import allauth
import polib
import pytest
from django.utils import translation
from tools import translations

from tests.house.files import SOURCE, short, source

PLACES = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w+\}")
QUOTED = re.compile(r"„[^“]*“|»[^«]*«")
FAMILIAR = re.compile(r"\b(du|dein\w*|dir|dich|euch|euer|eure\w*)\b", re.IGNORECASE)
# "Bitte versuche": what German says to a friend; and names of the library's for what has another name here.
TOLD = re.compile(r"\b(gib|habe|melde|versuche|wähle)\b|E-Mailadresse|Authenticator-App|Zwei-Faktor", re.IGNORECASE)
SIGN_IN = re.compile(r"(account|mfa|socialaccount)/\w+\.py|templates/(account|mfa|socialaccount)/messages/")
# What is not visible or is marked, taken out of a template in this order; the rest are visible, unmarked words.
NOT_TEXT = [
    re.compile(r"\{% block width %\}[\w-]*\{% endblock %\}"),  # a name of the style sheet
    re.compile(r"\{%\s*(comment|blocktranslate)\b.*?%\}.*?\{%\s*end\1\s*%\}|\{#.*?#\}", re.DOTALL),
    re.compile(r"\{%.*?%\}|\{\{.*?\}\}", re.DOTALL),
    re.compile(r"<(script|style|code|pre)\b.*?</\1>|<[^>]*>|&\w+;", re.DOTALL),
]
# Names and marks that read the same in every language.
SAME_EVERYWHERE = {"Leitstand", "CSV", "OPML", "ms", "Deutsch", "English", "DE", "EN", "Sprache", "Language"}


def books() -> list[Path]:
    return translations.catalogues()


def entries() -> Iterator[tuple[Path, polib.POEntry]]:
    for path in books():
        yield from ((path, entry) for entry in polib.pofile(str(path)))


def test_every_marked_text_has_german() -> None:
    assert [*translations.missing_in_catalogues(), *translations.missing_from_catalogues()] == []


def test_catalogues_hold_nothing_else() -> None:
    """Mend it with `make messages`, and delete what it comments out."""
    for path in books():
        marked = {text for _file, text in translations.marked(path.parents[3])}
        known = {entry.msgid for entry in polib.pofile(str(path))}
        assert known - marked == set(), short(path)


def _german(entry: polib.POEntry) -> list[str]:
    return [entry.msgstr] if entry.msgstr else list(entry.msgstr_plural.values())


def test_places_for_figures_and_names_are_kept() -> None:
    """A place that is missing or misspelt in German would break the page; a one may leave out its figure."""
    for path, entry in entries():
        allowed = set(PLACES.findall(entry.msgid)) | set(PLACES.findall(entry.msgid_plural))
        for text in _german(entry):
            assert set(PLACES.findall(text)) <= allowed, f"{short(path)}: {text}"
        if not entry.msgid_plural:
            assert set(PLACES.findall(entry.msgstr)) == allowed, f"{short(path)}: {entry.msgid}"


def test_germans_are_addressed_with_sie() -> None:
    spoken = [(short(path), QUOTED.sub("", text)) for path, entry in entries() for text in _german(entry)]
    assert [one for one in spoken if FAMILIAR.search(one[1])] == []


def _said_by_the_sign_in_library() -> Iterator[str]:
    """Texts of its code and its notices; its pages are all our own."""
    for entry in polib.pofile(str(Path(allauth.__file__).parent / "locale/de/LC_MESSAGES/django.po")):
        if any(SIGN_IN.match(place) for place, _line in entry.occurrences):
            yield entry.msgid


def test_so_they_are_by_the_sign_in_library() -> None:
    with translation.override("de"):
        spoken = [translation.gettext(text) for text in _said_by_the_sign_in_library()]
    assert len(spoken) > 80
    assert [one for one in spoken if FAMILIAR.search(one) or TOLD.search(one)] == []


def test_each_room_that_speaks_has_a_catalogue() -> None:
    speaking = {room.name for room in SOURCE.iterdir() if room.is_dir() and any(translations.marked(room))}
    assert {path.parents[3].name for path in books()} == speaking


@pytest.mark.parametrize("path", source(".html"), ids=short)
def test_no_visible_word_in_a_template_is_unmarked(path: Path) -> None:
    visible = path.read_text("utf-8")
    for pattern in NOT_TEXT:
        visible = pattern.sub(" ", visible)
    assert set(re.findall(r"[^\W\d_]{2,}", visible)) - SAME_EVERYWHERE == set()
