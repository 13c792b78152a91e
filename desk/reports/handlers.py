"""Reports over HTTP: the page, the figures for programs, and the files."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from aiohttp import web

from desk.reports import asked as asking
from desk.reports.asked import Asked
from desk.reports.drawings import drawing
from desk.reports.files import CSV, XLSX, as_csv, as_workbook
from desk.reports.tables import Table, tables
from desk.reports.wire import ReportShape
from desk.reports.words import FIGURES, TITLES
from desk.reports.writing import Writer
from qms.domain.errors import NotFound
from qms.services.statistics.report import Report
from qms.web.access import allows
from qms.web.answers import json_answer
from qms.web.pages import language_of, led_to_sign_in, render


@allows("reports.read")
async def show(request: web.Request) -> web.Response:
    """The figures."""
    _, report = await asking.found(request)
    return json_answer(ReportShape.of(report)).response()


@allows("reports.read")
async def table_file(request: web.Request) -> web.Response:
    """One table as CSV."""
    asked, report = await asking.found(request)
    table = tables(report).get(request.match_info["table"])
    if table is None:
        raise NotFound("table", request.match_info["table"])
    return _file(as_csv(table).encode(), CSV, f"{table.name}-{asked.first}-{asked.last}.csv")


@allows("reports.read")
async def workbook(request: web.Request) -> web.Response:
    """All tables as a workbook, in the language of whoever asks."""
    asked, report = await asking.found(request)
    made = as_workbook(tables(report).values(), Writer(language_of(request)))
    return _file(made, XLSX, f"report-{asked.first}-{asked.last}.xlsx")


@allows("reports.read", by_itself=True)
async def page(request: web.Request) -> web.Response:
    """The page; whoever is not signed in is led to where that is done."""
    with led_to_sign_in(request):
        asked, report = await asking.found(request)
    return render(request, "desk/reports.html.j2", _view(asked, report, Writer(language_of(request))))


def _file(body: bytes, kind: str, name: str) -> web.Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return web.Response(body=body, content_type=kind, charset="utf-8" if kind == CSV else None, headers=headers)


def _view(asked: Asked, report: Report, write: Writer) -> dict[str, Any]:
    return {
        "asked": asked,
        "report": report,
        "query": urlencode(asking.query_of(asked)),
        "shortcuts": _shortcuts(asked),
        "sections": [_section(report, one, write) for one in tables(report).values()],
    }


def _shortcuts(asked: Asked) -> dict[int, str]:
    """How many days until today → the query for them."""
    spans = {days: asked.today - timedelta(days=days - 1) for days in (1, 7, 28)}
    return {
        days: urlencode(asking.query_of(asked, **{"from": first, "to": asked.today})) for days, first in spans.items()
    }


def _section(report: Report, table: Table, write: Writer) -> dict[str, Any]:
    """A table in words, with its plot and the definitions of what it says."""
    return {
        "name": table.name,
        "title": write.say(TITLES[table.name]),
        "drawing": drawing(report, table, write),
        "head": [write.say(column.word) for column in table.columns],
        "texts": sum(column.kind in ("text", "day") for column in table.columns) if table.name != "summary" else 1,
        "rows": [[write.cell(table, row, at) for at in range(len(row))] for row in table.rows],
        "beside": [write.say(FIGURES[row[0]].definition) for row in table.rows] if table.name == "summary" else [],
        "definitions": _definitions(table, write),
    }


def _definitions(table: Table, write: Writer) -> list[tuple[str, str]]:
    names = [column.name for column in table.columns]
    return [(write.say(FIGURES[name].name), write.say(FIGURES[name].definition)) for name in names if name in FIGURES]
