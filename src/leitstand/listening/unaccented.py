"""Letters without their accents, for the search: the same in the database and in what is asked.

PostgreSQL's extension `unaccent` is missing in the embedded database, and elsewhere only its administrator may add it.
The points of ä, ö and ü stay: the stems of German know them.
"""

from __future__ import annotations

import re
import unicodedata

from django.db.models import Case, F, Func, TextField, Value, When

# In parted letters (Unicode's NFD): all marks, but points only where they make no umlaut. Written as both regular
# expressions understand it, Python's and PostgreSQL's.
ACCENTS = "(?<![aouAOU])\u0308|[\u0300-\u0307\u0309-\u036f]"
# Most texts have none: looking first is seven times as fast as parting all letters.
ACCENTED = "[À-ÃÅ-ÕØ-ÛÝà-ãå-õø-ûý-ɏḀ-ỿ]"
WRITTEN_OUT = {"ä": "ae", "ö": "oe", "ü": "ue"}


def unaccented(words: str) -> str:
    bare = re.sub(ACCENTS, "", unicodedata.normalize("NFD", words))
    return unicodedata.normalize("NFC", bare)


def spellings(words: str) -> list[str]:
    """In small letters: as asked, with all umlauts written out, and with umlauts for all that may be one written out.

    The stems of German make "oe" and "ö" the same in some versions of PostgreSQL only.
    """
    words = words.lower()
    out, back = words, words
    for umlaut, letters in WRITTEN_OUT.items():
        out, back = out.replace(umlaut, letters), back.replace(letters, umlaut)
    return list(dict.fromkeys((words, out, back)))


def unaccented_column(name: str) -> Case:
    """A column of composed letters, as `unaccented` leaves it."""
    parted = Func(F(name), template="normalize(%(expressions)s, NFD)")
    bare = Func(parted, Value(ACCENTS), Value(""), Value("g"), function="regexp_replace")
    composed = Func(bare, template="normalize(%(expressions)s, NFC)")
    return Case(When(**{f"{name}__regex": ACCENTED}, then=composed), default=F(name), output_field=TextField())
