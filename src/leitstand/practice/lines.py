"""What the audience says: the book of each language, by subject and mood."""

from __future__ import annotations

from leitstand.practice.lines_de import GERMAN
from leitstand.practice.lines_en import ENGLISH

Book = dict[str, dict[str, tuple[str, ...]]]
BOOKS: dict[str, Book] = {"de": GERMAN, "en": ENGLISH}


def lines_for(language: str, subject: str, mood: str) -> tuple[str, ...]:
    """What somebody in that mood may say to the subject; else what everybody says to it; else their usual lines."""
    book = BOOKS.get(language, ENGLISH)
    of_subject = book.get(subject, {})
    return of_subject.get(mood) or of_subject.get("all") or book["any"][mood]
