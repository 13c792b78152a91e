"""Statements that are compiled once for all engines of a test process, and not anew for every test's own."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy import Engine

_MOST = 5000


def share_compiled_statements() -> None:
    """From now on engines of one kind share SQLAlchemy's dialect, and so what it has compiled.

    Each test has engines of its own; compiling everything for each of them took most of the suites' time.
    """
    create, kept = sa.create_engine, dict[tuple[str, object], Engine]()

    def created(url: Any, **settings: Any) -> Engine:
        engine = create(url, **settings, query_cache_size=_MOST)
        kind = (engine.dialect.name, settings.get("isolation_level"))
        first = kept.setdefault(kind, engine)
        engine.dialect = engine.pool._dialect = first.dialect
        engine._compiled_cache = first._compiled_cache
        return engine

    sa.create_engine = created
