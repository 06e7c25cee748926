"""CSV as spreadsheets open it."""

from __future__ import annotations

from decimal import Decimal

from leitstand.core.text.spreadsheets import csv_lines


def test_the_file_says_that_it_is_utf_8_and_holds_no_formula() -> None:
    rows = [["Größe", "Wert"], ["=1+1", Decimal("-5.00")], ["a;b", "@x"]]
    assert "".join(csv_lines(rows)).encode() == (
        b"\xef\xbb\xbfGr\xc3\xb6\xc3\x9fe;Wert\r\n'=1+1;-5.00\r\n\"a;b\";'@x\r\n"
    )
