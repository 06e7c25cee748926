"""CSV as spreadsheets open it."""

from __future__ import annotations

import csv
from decimal import Decimal

import pytest

from leitstand.core.text.spreadsheets import csv_lines


def test_the_file_says_that_it_is_utf_8_and_holds_no_formula() -> None:
    rows = [["Größe", "Wert"], ["=1+1", Decimal("-5.00")], ["a;b", "@x"]]
    assert "".join(csv_lines(rows)).encode() == (
        b"\xef\xbb\xbfGr\xc3\xb6\xc3\x9fe;Wert\r\n'=1+1;-5.00\r\n\"a;b\";'@x\r\n"
    )


ATTACKS = [
    "Neues,=1+1,Ende",
    "Neues;=1+1",
    "Neues\t@SUM(1+1)",
    "Neues\n-1+cmd|' /C calc'!A0",
    'Neues,"=1+1,',
    'Neues,""+A1*2,',
    "=1+1,=1+1",
    ",-2*3",
]


@pytest.mark.parametrize("text", ATTACKS)
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_no_cell_is_a_formula_whatever_separates_cells(text: str, separator: str) -> None:
    lines = "".join(csv_lines([["Blog", text, "Ende"]])).splitlines()
    cells = [cell for row in csv.reader(lines, delimiter=separator) for cell in row]
    assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))] == []


@pytest.mark.parametrize(
    "text", ["Nur 5,- Euro!", "kalt, -5 Grad", "kalt,-5 Grad", "Neu:\n- Kaffee\n- Tee", "Danke\n@anna", "1, = 1"]
)
def test_what_people_write_stays_as_it_is(text: str) -> None:
    assert text in "".join(csv_lines([["Blog", text]]))
