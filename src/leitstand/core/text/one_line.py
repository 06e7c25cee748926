"""Names and titles are one line, however they came: in a list, in the subject of a mail, in a column of a table."""

from __future__ import annotations


def one_line(text: str, most: int) -> str:
    """White space of any kind becomes one space each; cut to so many characters."""
    return " ".join(text.split())[:most].rstrip()
