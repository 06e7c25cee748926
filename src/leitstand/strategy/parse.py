"""Reads a table of readings out of a file, before `read` keeps them. Pure.

Readings have two decimals at most; so a point or comma before exactly three figures groups thousands, as people
write them: 1.250, 1,250 and 1'250 are all 1250, and 1.250,5 is 1250.5. A day is 2026-11-02 or, as Germans write it,
02.11.2026.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal

import regex
from django.utils.translation import gettext_lazy as _

from leitstand.core.errors import Declined

EXPECTED = _("Expected for example: 2026-11-02;1250 or 02.11.2026;1250")
MOST_ROWS = 5_000
LARGEST = Decimal(10**12)
YEARS = range(2000, 2100)
GROUPED = regex.compile(r"([+-]?[1-9][0-9]{0,2}(?:([.,' ])[0-9]{3})(?:\2[0-9]{3})*)((?!\2)[.,][0-9]+)?")
PLAIN = regex.compile(r"([+-]?[0-9]+)()([.,][0-9]+)?")
DAY_FIRST = regex.compile(r"([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})(.*)")
SPACES = str.maketrans({"\u00a0": " ", "\u202f": " ", "’": "'", "−": "-"})


def readings_in(text: str) -> Iterator[tuple[datetime, Decimal]]:
    """Time and value of each row "date;value" (or commas); a time without zone stays without. A head is left out.

    Declined with the number of the line that is wrong.
    """
    sign = ";" if text.count(";") >= text.count(",") else ","
    rows = csv.reader(io.StringIO(text), delimiter=sign)
    number = 0
    while True:
        number += 1
        try:
            row = next(rows)
            if row and not (number == 1 and not row[0].strip()[:1].isdecimal()):
                yield _moment(row[0]), number_in(row[1])
        except StopIteration:
            return
        except (ValueError, IndexError, csv.Error) as error:
            raise Declined(_("Line %(n)d cannot be read.") % {"n": number}, str(error), hints=[EXPECTED]) from error
        if number > MOST_ROWS:
            raise Declined(_("At most 5,000 rows at once."))


def _moment(text: str) -> datetime:
    plain = text.strip()
    german = DAY_FIRST.fullmatch(plain)
    found = datetime.fromisoformat("{2}-{1:0>2}-{0:0>2}{3}".format(*german.groups()) if german else plain)
    if found.year not in YEARS:
        raise ValueError("a year between 2000 and 2099")
    return found


def number_in(text: str) -> Decimal:
    """The number, German, English or Swiss. ValueError: it is none, or too large to keep."""
    plain = text.strip().translate(SPACES)
    found = GROUPED.fullmatch(plain) or PLAIN.fullmatch(plain)
    if found is None:
        raise ValueError(f"not a number: {text[:40]!r}")
    whole, grouping, decimals = found.groups()
    value = Decimal(whole.replace(grouping or "\0", "") + (decimals or "").replace(",", "."))
    if abs(value) >= LARGEST:
        raise ValueError("a number below 10^12")
    return value.quantize(Decimal("0.01"), ROUND_HALF_UP)
