"""What is compiled or read once for a test process, and not anew for every test's own application."""

from functools import cache
from types import CodeType, SimpleNamespace
from typing import Any

import jinja2
import pytest
import sqlalchemy as sa
from jinja2.bccache import Bucket
from sqlalchemy import Engine

from qms.web import pages
from qms.web.pages import rendering
from qms.web.pages.assets import Assets
from qms.web.pages.languages import Language

_MOST = 5000


def share_compiled_statements() -> None:
    """From now on engines of one kind share SQLAlchemy's dialect, and so what it has compiled.

    Each test has engines of its own; compiling everything for each of them took most of the suites' time.
    """
    create, kept = sa.create_engine, dict[tuple[str, object], Engine]()

    def created(url: Any, **settings: Any) -> Engine:
        engine = create(url, **settings, query_cache_size=_MOST)
        kind = (engine.dialect.name, settings.get("isolation_level"))
        first = kept.get(kind)
        if first is None or first.dialect.server_version_info is None:  # it has never connected, and knows no server
            kept[kind] = engine
            return engine
        engine.dialect = engine.pool._dialect = first.dialect
        engine._compiled_cache = first._compiled_cache
        return engine

    sa.create_engine = created


def share_compiled_templates() -> None:
    """From now on applications share what Jinja has compiled, in each language.

    To compile the templates of a page takes a tenth of a second, and each test has an application of its own.
    """
    make, compiled = rendering.environment, cache(lambda language: _Compiled())

    def environment(language: Language, *settings: Any) -> jinja2.Environment:
        made = make(language, *settings)
        made.bytecode_cache = compiled(language)
        return made

    pytest.MonkeyPatch().setattr(rendering, "environment", environment)


def share_assets() -> None:
    """From now on applications share the files for browsers, which no test changes and each application would read."""
    read = cache(lambda *packages: Assets.read(packages))
    pytest.MonkeyPatch().setattr(pages, "Assets", SimpleNamespace(read=lambda packages: read(*packages)))


class _Compiled(jinja2.BytecodeCache):
    """What was compiled, by template and source."""

    def __init__(self) -> None:
        self._codes: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._codes.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        assert bucket.code is not None
        self._codes[bucket.key, bucket.checksum] = bucket.code
