"""Questions that are asked again and again."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Generic, NamedTuple, TypeVar, cast

import sqlalchemy as sa
from sqlalchemy.sql import visitors

from qms.store.bare import Convert, bare_of, value_of
from qms.store.cursors import cursor_of
from qms.store.engines import driver_url
from qms.store.tx import Tx

V = TypeVar("V")


class _Worded(NamedTuple):
    """A question in the words of one database: `given` are the values that stand in it, `wants` converts the others."""

    text: str
    given: Mapping[str, Any]
    wants: Mapping[str, Convert]
    columns: tuple[str, ...]
    converted: tuple[tuple[int, Convert], ...]


class Prepared(Generic[V]):
    """A question whose answers are values of one kind: worded once for each database, asked on the bare driver.

    What changes from one time to the next are `bindparam`s, whose columns say how they are converted.
    """

    def __init__(self, kind: type[V], statement: sa.Select[Any]) -> None:
        self._kind, self._statement = kind, statement
        self._worded = lru_cache(self._word)

    def all(self, tx: Tx, **given: Any) -> list[V]:
        """The answers."""
        worded = self._worded(tx.connection.dialect.name)
        with cursor_of(tx.connection) as cursor:
            rows = cursor.execute(worded.text, _asked(worded, given)).fetchall()
        return [self._value(worded, row) for row in rows]

    def first(self, tx: Tx, **given: Any) -> V | None:
        """The first answer, if there is any."""
        worded = self._worded(tx.connection.dialect.name)
        with cursor_of(tx.connection) as cursor:
            row = cursor.execute(worded.text, _asked(worded, given)).fetchone()
        return None if row is None else self._value(worded, row)

    def _value(self, worded: _Worded, row: tuple[Any, ...]) -> V:
        values = list(row)
        for at, value in worded.converted:
            if values[at] is not None:
                values[at] = value(values[at])
        return self._kind(**dict(zip(worded.columns, values, strict=True)))

    def _word(self, dialect: str) -> _Worded:
        wording = _wording(dialect)
        compiled = _spelled_out(self._statement, wording).compile(dialect=wording)
        wants = {name: bare_of(one.type) for name, one in compiled.binds.items() if one.required}
        given = {name: value for name, value in compiled.params.items() if name not in wants}
        columns = tuple(self._statement.selected_columns)
        values = ((at, value_of(column.type)) for at, column in enumerate(columns))
        return _Worded(
            text=str(compiled),
            given={name: _bared(bare_of(compiled.binds[name].type), value) for name, value in given.items()},
            wants={name: bare for name, bare in wants.items() if bare is not None},
            columns=tuple(column.name for column in columns),
            converted=tuple((at, value) for at, value in values if value is not None),
        )


def _spelled_out(statement: sa.Select[Any], dialect: sa.Dialect) -> sa.Select[Any]:
    """A question whose own constants are words of it, and no parameters.

    SQLite plans a statement anew, each time it is asked, for a parameter that may decide whether a partial index will
    do: that takes five times as long as to look into the index.
    """

    def constant(one: Any, **_: Any) -> sa.ColumnElement[Any] | None:
        if not isinstance(one, sa.BindParameter) or one.required:
            return None
        spell = one.type.dialect_impl(dialect).literal_processor(dialect)
        return sa.literal_column(spell(one.value), one.type) if spell is not None else None

    traverse: Any = visitors.replacement_traverse  # typed for expressions only
    spelled: sa.Select[Any] = traverse(statement, {}, constant)
    return spelled


@lru_cache
def _wording(dialect: str) -> sa.Dialect:
    """A dialect whose parameters have names, as the driver takes them."""
    kind: Any = driver_url(f"{dialect}://").get_dialect()
    return cast(sa.Dialect, kind(paramstyle="named" if dialect == "sqlite" else "pyformat"))


def _asked(worded: _Worded, given: Mapping[str, Any]) -> dict[str, Any]:
    asked = {**worded.given, **given}
    for name, bare in worded.wants.items():
        asked[name] = _bared(bare, asked[name])
    return asked


def _bared(bare: Convert | None, value: Any) -> Any:
    return value if bare is None or value is None else bare(value)
