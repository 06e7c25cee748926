"""What every CSV export minds: a cell is never taken for a formula."""

from __future__ import annotations

FORMULA = ("=", "+", "-", "@", "\t", "\r")


def plain(cell: str) -> str:
    """The cell as text; what begins like a formula gets an apostrophe in front.

    Spreadsheets run formulas they find in a file (https://owasp.org/www-community/attacks/CSV_Injection).
    """
    return f"'{cell}" if cell.startswith(FORMULA) else cell
