"""Tables as files: nothing that people have named is read as a formula, whatever it begins with."""

import csv
import io

import openpyxl
import pytest

from desk.reports.files import as_csv, as_workbook
from desk.reports.tables import Column, Table
from desk.reports.writing import Writer, duration
from qms.web.pages.languages import ENGLISH, SHIPPED
from tests.hostile import FORMULAS

HARMLESS = ["Cash desk", "5-4", "a=b", "", "<b>x</b>", 'say "yes", or no', "مرحبا", "\x01control"]


def table(*names):
    columns = [Column(name="queue", word="Queue", kind="text"), Column(name="offered", word="Came", kind="count")]
    return Table(name="queues", columns=columns, rows=[[name, -3] for name in names])


@pytest.mark.parametrize("text", FORMULAS)
def test_a_csv_has_no_formula(text):
    rows = list(csv.reader(io.StringIO(as_csv(table(text)).removeprefix("\ufeff"), newline="")))

    assert rows == [["queue", "offered"], [f"'{text}", "-3"]]


def test_other_texts_are_as_they_are():
    rows = list(csv.reader(io.StringIO(as_csv(table(*HARMLESS)).removeprefix("\ufeff"), newline="")))

    assert [row[0] for row in rows[1:]] == HARMLESS


def test_a_csv_says_what_it_is_written_in():
    assert as_csv(table("ñ")).encode().startswith(b"\xef\xbb\xbf")


def test_a_workbook_has_no_formula_and_its_numbers_are_numbers():
    book = openpyxl.load_workbook(io.BytesIO(as_workbook([table(*FORMULAS, "x")], Writer(ENGLISH))))

    cells = [row for row in book.worksheets[0].iter_rows(min_row=2)]
    assert {cell.data_type for row in cells for cell in row} == {"s", "n"}
    assert all(str(row[0].value)[0] == "'" for row in cells[:-1])
    assert [row[1].value for row in cells] == [-3] * len(cells)
    assert cells[-1][0].value == "x"


@pytest.mark.parametrize("language", SHIPPED, ids=lambda one: one.tag)
def test_a_workbook_can_be_made_in_every_language(language):
    book = openpyxl.load_workbook(io.BytesIO(as_workbook([table("x")], Writer(language))))

    assert len(book.worksheets) == 2


@pytest.mark.parametrize(
    ("seconds", "written"),
    [(0, "0:00"), (65, "1:05"), (3723, "1:02:03"), (-5, "-0:05"), (-0.2, "0:00"), (59.6, "1:00")],
)
def test_durations_are_written_as_on_a_stopwatch(seconds, written):
    assert duration(seconds) == written
