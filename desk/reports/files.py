"""Tables as files: CSV for programs and spreadsheets, and a workbook. No text in them is ever read as a formula."""

import csv
import io
from collections.abc import Iterable
from datetime import date
from typing import Any

from desk.reports.tables import Cell, Table
from desk.reports.words import DEFINITIONS, FIGURES, TITLES, Kind
from desk.reports.writing import Writer
from qms.domain.spreadsheet import defused

CSV = "text/csv"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

_DAY_SECONDS = 86_400
_FORMATS = {
    "seconds": "[h]:mm:ss",
    "share": "0.0%",
    "number": "0.0",
    "count": "#,##0",
    "day": "yyyy-mm-dd",
    "text": "@",
}


def as_csv(table: Table) -> str:
    """Names that do not change with the language, plain numbers, dates as 2026-03-02. It begins with a byte order mark:
    without one a spreadsheet takes the names of queues for Latin-1.
    """
    text = io.StringIO()
    rows = csv.writer(text)
    rows.writerow([column.name for column in table.columns])
    rows.writerows([_plain(cell) for cell in row] for row in table.rows)
    return f"\ufeff{text.getvalue()}"


def _plain(cell: Cell) -> Any:
    if isinstance(cell, date):
        return cell.isoformat()
    return defused(cell) if isinstance(cell, str) else "" if cell is None else cell


def as_workbook(tables: Iterable[Table], write: Writer) -> bytes:
    """A sheet for each table, in words of a language, and the definitions in the last."""
    import xlsxwriter  # type: ignore[import-untyped]  # loads slowly, and is seldom needed

    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    styles = {kind: book.add_format({"num_format": form}) for kind, form in _FORMATS.items()}
    head = book.add_format({"bold": True, "text_wrap": True, "bottom": 1})
    for table in tables:
        sheet = book.add_worksheet(_title(write.say(TITLES[table.name])))
        _fill(sheet, table, write, styles, head)
    _define(book.add_worksheet(_title(write.say(DEFINITIONS))), write, head)
    book.close()
    return buffer.getvalue()


def _title(text: str) -> str:
    """A sheet's name has at most 31 characters, and none of these."""
    return "".join(" " if letter in "[]:*?/\\" else letter for letter in text)[:31]


def _fill(sheet: Any, table: Table, write: Writer, styles: dict[str, Any], head: Any) -> None:
    sheet.freeze_panes(1, 1)
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, max(1, len(table.columns) - 1), 14)
    for at, column in enumerate(table.columns):
        sheet.write_string(0, at, defused(write.say(column.word)), head)
    for number, row in enumerate(table.rows, 1):
        for at, value in enumerate(row):
            _put(sheet, (number, at), value, table.kind(row, at), write.named(table, row, at), styles)


def _put(sheet: Any, place: tuple[int, int], value: Cell, kind: Kind, text: str | None, styles: dict[str, Any]) -> None:
    if text is not None or isinstance(value, str):
        sheet.write_string(*place, defused(text or value), styles["text"])
    elif isinstance(value, date):
        sheet.write_datetime(*place, value, styles["day"])
    elif value is not None:
        sheet.write_number(*place, value / _DAY_SECONDS if kind == "seconds" else value, styles[kind])


def _define(sheet: Any, write: Writer, head: Any) -> None:
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 100)
    for at, word in enumerate(FIGURES.values()):
        sheet.write_string(at, 0, write.say(word.name), head)
        sheet.write_string(at, 1, write.say(word.definition))
