"""What every CSV export minds: the file opens in a spreadsheet as it is, and a cell is never taken for a formula."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator

FORMULA = ("=", "+", "-", "@", "\t", "\r")
# Words and numbers alone calculate nothing: "5,- Euro", "kalt,-5 Grad", "- first" in a list.
HARMLESS = r"[\w\s.?%€:]*!*(?:[,;\t\r\n]|$)"
INSIDE = re.compile(rf"""([,;\t\r\n]"*)(?==|[+@-](?!{HARMLESS}))""")
# Without it Excel takes UTF-8 for the old character set of the machine, and garbles umlauts.
BYTE_ORDER_MARK = "\ufeff"


class _Echo:
    """What csv.writer writes is handed back line by line."""

    def write(self, line: str) -> str:
        return line


def csv_lines(rows: Iterable[Iterable[object]]) -> Iterator[str]:
    """The rows as the text of a file, to be sent as UTF-8; numbers stay numbers."""
    writer = csv.writer(_Echo(), delimiter=";")
    yield BYTE_ORDER_MARK
    for row in rows:
        yield writer.writerow([_plain(cell) if isinstance(cell, str) else cell for cell in row])


def _plain(cell: str) -> str:
    """The cell as text; what begins like a formula gets an apostrophe in front.

    Spreadsheets run formulas they find in a file (https://owasp.org/www-community/attacks/CSV_Injection). One that
    separates by commas or tabs, or minds no quotation marks, begins cells inside of ours: there too, but only where
    the sign follows without a blank, and more than words behind it.
    """
    plain = INSIDE.sub(r"\1'", cell)
    return f"'{plain}" if plain.startswith(FORMULA) else plain
