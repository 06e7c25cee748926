"""Readings from a CSV file, and back into one."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime

import pytest
from django.test import Client
from tests import people

from leitstand.strategy import queries, read
from leitstand.strategy.models import Goal
from leitstand.strategy.tests.conftest import made, read_on, values
from leitstand.strategy.tests.test_readings import type_in, upload


@pytest.fixture
def gina(goal: Goal) -> Client:
    return people.signed_in(people.gina())


NUMBERS = [
    ("1250", "1250.00"),
    ("1250.5", "1250.50"),
    ("1250,5", "1250.50"),
    ("1.250,5", "1250.50"),
    ("1,250.5", "1250.50"),
    ("1.250", "1250.00"),
    ("1.250.000", "1250000.00"),
    ("1'250", "1250.00"),
    ("1’250.50", "1250.50"),
    ("1 250", "1250.00"),
    ("-3,25", "-3.25"),
    ("0.125", "0.13"),
]


@pytest.mark.parametrize(("typed", "value"), NUMBERS)
def test_numbers_in_a_file_mean_what_they_say(gina: Client, goal: Goal, typed: str, value: str) -> None:
    assert upload(gina, goal, f"2026-11-02;{typed}\n").status_code == 303
    assert values(goal) == [value]


def test_a_file_is_read_with_header_both_separators_and_the_company_s_zone(gina: Client, goal: Goal) -> None:
    assert upload(gina, goal, "\ufeffdate;value\r\n2026-07-01 09:00;120\r\n\r\n2026-07-02T10:00+00:00;130\r\n")
    assert upload(gina, goal, "2026-07-03,140\n").status_code == 303
    assert [row.at for row in goal.readings.all()] == [
        datetime(2026, 7, 1, 7, tzinfo=UTC),
        datetime(2026, 7, 2, 10, tzinfo=UTC),
        datetime(2026, 7, 2, 22, tzinfo=UTC),
    ]
    assert values(goal) == ["120.00", "130.00", "140.00"]


DAYS = ["02.07.2026;120", "2.7.2026;120", "02.07.2026 00:00;120", " 2026-07-02;120", "02.07.2026,120"]


@pytest.mark.parametrize("line", DAYS)
def test_days_in_a_file_are_read_as_people_write_them(gina: Client, goal: Goal, line: str) -> None:
    """The first line, too: what begins with a day is no head."""
    assert upload(gina, goal, f"{line}\n{line.replace('2026', '2025')}\n").status_code == 303
    assert [row.at for row in goal.readings.all()] == [datetime(year, 7, 1, 22, tzinfo=UTC) for year in (2025, 2026)]


def test_each_import_says_how_many_readings_it_brought(gina: Client, goal: Goal) -> None:
    assert read.import_csv(goal, "2026-07-01;1\n2026-07-02;2", people.gina()) == 2
    assert read.import_csv(goal, "date;value\n2026-07-02;3", people.gina()) == 1
    assert values(goal) == ["1.00", "3.00"]


BAD_LINES = [
    "gestern;120",
    "2026-07-02;viel",
    "2026-07-02;NaN",
    "2026-07-02;Infinity",
    "2026-07-02;1e20",
    "2026-07-02;999999999999999",
    "2026-07-02;",
    "2026-07-02",
    "0001-01-01;5",
    "9999-12-31T23:59-12:00;5",
    "2026-07-02;1.2.3",
    "07/02/2026;5",
    "31.02.2026;5",
    "02.13.2026;5",
    "02.07.26;5",
    "2026-07-02;٣",
    "2026-07-02;1_0",
    "\x00;5",
    'x" ;"' + "y" * 140_000,
]


@pytest.mark.parametrize("line", BAD_LINES)
def test_a_file_with_one_wrong_line_brings_nothing(gina: Client, goal: Goal, line: str) -> None:
    answer = upload(gina, goal, f"2026-07-01;120\n{line}\n")
    assert answer.status_code == 422
    assert "Line 2 cannot be read." in answer.content.decode()
    assert values(goal) == []


def test_files_that_are_none_or_too_large_are_declined(gina: Client, goal: Goal) -> None:
    assert gina.post(f"/strategy/{goal.pk}/readings/import/", {"file": "text"}).status_code == 422
    assert upload(gina, goal, "2026-07-01;1\n" * 80_000).status_code == 422
    assert upload(gina, goal, "2026-07-01;1\n" * 5_001).status_code == 422
    assert upload(gina, goal, bytes(range(128, 256))).status_code == 422
    assert values(goal) == []


def test_the_export_holds_what_counts_and_can_be_read_again(gina: Client, goal: Goal) -> None:
    read_on(goal, 3, 110)
    read_on(goal, 2, 999)
    read_on(goal, 1, 120)
    read.take_back(goal.readings.get(value=999), people.gina())
    answer = people.signed_in(people.finn()).get(f"/strategy/{goal.pk}/readings.csv")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert f'goal-{goal.pk}.csv"' in answer["Content-Disposition"]
    text = answer.content.decode()
    assert [row[1] for row in csv.reader(io.StringIO(text), delimiter=";")] == ["value", "110.00", "120.00"]
    copy = made(title="Kopie")
    assert upload(gina, copy, text).status_code == 303
    assert [point.value for point in queries.points_of(copy)] == [110, 120]
    assert [point.at for point in queries.points_of(copy)] == [point.at for point in queries.points_of(goal)]


def test_a_note_in_the_export_is_no_formula(gina: Client, goal: Goal) -> None:
    type_in(gina, goal, "-5", '=HYPERLINK("http://x.example";"klick")')
    rows = list(csv.reader(io.StringIO(gina.get(f"/strategy/{goal.pk}/readings.csv").content.decode()), delimiter=";"))
    assert rows[1][1] == "-5.00"
    assert rows[1][3].startswith("'=HYPERLINK")
