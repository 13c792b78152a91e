"""A report as tables: what a page shows, and what is written into files."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from desk.reports.words import (
    AGENT,
    BEFORE,
    BRANCH,
    CHANGE,
    COLUMNS,
    DAY,
    FIGURE,
    FIGURES,
    HOUR,
    MAIN,
    OUTCOME,
    QUEUE,
    THIS,
    Kind,
)
from qms.services.quote_report import Held
from qms.services.statistics.report import Named, Report

Cell = Any
"""A text, a number, a date, or None where there is nothing to say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """`name` is the figure's, for programs; `word` what people read, still in English; `kind` how it is written."""

    name: str
    word: str
    kind: Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows of cells under columns; the first column says what a row is about. Rows of `summary` are each of a kind."""

    name: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]

    def kind(self, row: Sequence[Cell], at: int) -> Kind:
        """How a cell is written."""
        return FIGURES[row[0]].kind if self.name == "summary" and at else self.columns[at].kind


def tables(found: Report) -> dict[str, Table]:
    """All tables of a report, in order. Of a single day the topics go hour by hour, else day by day."""
    steps = list(_hours(found) if found.period.days == 1 else _days(found))
    head = Column(name="hour", word=HOUR, kind="text") if found.period.days == 1 else _text("day", DAY, "day")
    queue, branch = _text("queue", QUEUE), _text("branch", BRANCH)
    made = [
        _summary(found),
        *(_table(name, [head], COLUMNS[name], steps) for name in ("waits", "levels", "left", "services")),
        _arrivals(found),
        _table("order", [head], COLUMNS["order"], steps),
        _table("hours", [_text("hour", HOUR)], MAIN, _hours(found)),
        _table("queues", [queue], (*MAIN, *COLUMNS["order"]), _named(found.queues)),
        _table("branches", [branch], (*MAIN, *COLUMNS["order"]), _named(found.branches)),
        _table("agents", [_text("agent", AGENT)], COLUMNS["agents"], _named(found.agents)),
        _table("quotes", [queue, branch], COLUMNS["quotes"], _quotes(found)),
        _table("outcomes", [queue, _text("outcome", OUTCOME)], COLUMNS["outcomes"], _outcomes(found)),
    ]
    return {one.name: one for one in made}


Step = tuple[tuple[Cell, ...], Mapping[str, Any]]


def _table(name: str, heads: Sequence[Column], figures: Sequence[str], steps: Iterable[Step]) -> Table:
    columns = [*heads, *(Column(name=one, word=FIGURES[one].name, kind=FIGURES[one].kind) for one in figures)]
    rows = [[*about, *(values[one] for one in figures)] for about, values in steps]
    return Table(name=name, columns=columns, rows=rows)


def _text(name: str, word: str, kind: Kind = "text") -> Column:
    return Column(name=name, word=word, kind=kind)


def _days(found: Report) -> Iterable[Step]:
    return (((day,), one.as_json()) for day, one in found.days.items())


def _hours(found: Report) -> Iterable[Step]:
    return (((clock(hour),), one.as_json()) for hour, one in found.hours.items())


def _named(some: Sequence[tuple[Named, Any]]) -> Iterable[Step]:
    return (((named.name,), one.as_json()) for named, one in some)


def _quotes(found: Report) -> Iterable[Step]:
    return (((one.queue, one.branch), _kept(one)) for one in found.quotes)


def _kept(quotes: Held) -> Mapping[str, float | None]:
    """What is said of quotes; how many were kept is not known where nobody was answered."""
    known = COLUMNS["quotes"] if quotes.answered else ("told", "answered")
    return dict.fromkeys(COLUMNS["quotes"]) | {name: getattr(quotes, name) for name in known}


def _outcomes(found: Report) -> Iterable[Step]:
    return (((one.queue, one.outcome), {"visits": one.visits, "share": one.share}) for one in found.outcomes)


def _summary(found: Report) -> Table:
    columns = [
        _text("figure", FIGURE),
        *(_text(n, w) for n, w in (("this", THIS), ("before", BEFORE), ("change", CHANGE))),
    ]
    now, before = found.whole.as_json(), found.before.as_json()
    rows = [[name, now[name], before[name], change(now[name], before[name])] for name in COLUMNS["summary"]]
    return Table(name="summary", columns=columns, rows=rows)


def change(now: float | None, before: float | None) -> float | None:
    """By how much; None where either is not known."""
    return None if now is None or before is None else round(now - before, 4)


def _arrivals(found: Report) -> Table:
    came = FIGURES["came_on_average"]
    columns = [
        _text("weekday", DAY),
        *(Column(name=clock(hour), word=clock(hour), kind=came.kind) for hour in hours(found)),
    ]
    rows = [[day, *(found.heat.get((day, hour)) for hour in hours(found))] for day in weekdays(found)]
    return Table(name="arrivals", columns=columns, rows=rows)


def hours(found: Report) -> range:
    """From the first hour in which somebody came to the last."""
    seen = [hour for _, hour in found.heat]
    return range(min(seen), max(seen) + 1) if seen else range(0)


def weekdays(found: Report) -> list[int]:
    """On which somebody came."""
    return sorted({day for day, _ in found.heat})


def clock(hour: int) -> str:
    """An hour's beginning on the wall."""
    return f"{hour:02}:00"
