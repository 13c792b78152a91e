"""Migrations: they build what the tables say, once, whoever starts first; a newer database is left alone."""

import subprocess
import sys

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from qms.store.engines import connect
from qms.store.migrate import NewerDatabase, known, migrate
from qms.store.revision import HEAD, present
from qms.store.schema import metadata


@pytest.fixture
def engine(database_url):
    engine = connect(database_url, pool_size=2)
    yield engine
    engine.dispose()


def test_the_revision_that_the_program_works_with_is_the_last():
    assert known()[0] == HEAD


def test_an_empty_database_is_brought_to_the_newest_revision(engine):
    before, after = migrate(engine)

    assert (before, after) == (None, HEAD)
    assert present(engine) == after


def test_a_second_time_nothing_happens(engine):
    migrate(engine)

    before, after = migrate(engine)

    assert before == after == HEAD


def test_the_migrations_build_what_the_tables_say(engine):
    migrate(engine)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "render_as_batch": True})
        drift = compare_metadata(context, metadata)

    assert drift == []


def test_the_migrations_build_the_same_indexes_conditions_and_all(engine, tmp_path):
    """What the comparison of tables does not look at: the conditions of partial indexes, checks, defaults."""
    migrate(engine)
    other = sa.create_engine(f"sqlite:///{tmp_path}/other.db") if engine.dialect.name == "sqlite" else None
    if other is not None:
        metadata.create_all(other)
        assert _sqlite_schema(engine) == _sqlite_schema(other)
        other.dispose()
        return
    built = _postgresql_indexes(engine)
    with engine.begin() as connection:
        metadata.drop_all(connection)
        metadata.create_all(connection)

    assert built == _postgresql_indexes(engine)


def _sqlite_schema(engine):
    with engine.connect() as connection:
        rows = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'")
        return {name: _lines(sql) for name, sql in rows if name != "alembic_version"}


def _lines(sql):
    return sorted(line.strip().rstrip(",") for line in sql.replace("\t", "").splitlines())


def _postgresql_indexes(engine):
    indexes = "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'"
    constraints = (
        "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE connamespace = 'public'::regnamespace"
    )
    with engine.connect() as connection:
        rows = [row for sql in (indexes, constraints) for row in connection.exec_driver_sql(sql)]
        return {name: told for name, told in rows if not name.startswith("alembic")}


def test_many_processes_may_migrate_at_once(database_url):
    script = "import sys; from qms.store.engines import connect; from qms.store.migrate import migrate"
    script += "; print(*migrate(connect(sys.argv[1], pool_size=1)))"
    command = [sys.executable, "-c", script, database_url]
    pipe = subprocess.PIPE
    processes = [subprocess.Popen(command, stdout=pipe, stderr=pipe, text=True) for _ in range(3)]
    said = [process.communicate(timeout=60) for process in processes]

    assert [process.returncode for process in processes] == [0] * 3, said
    assert sorted(out.split()[0] for out, _ in said) == [HEAD] * 2 + ["None"]


def test_a_newer_database_is_refused_and_left_as_it_is(engine):
    migrate(engine)
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")

    with pytest.raises(NewerDatabase, match="9999"):
        migrate(engine)

    assert present(engine) == "9999"


def test_a_migration_that_fails_leaves_nothing(engine, monkeypatch):
    def half(config, revision):
        config.attributes["connection"].exec_driver_sql("CREATE TABLE half (a INTEGER)")
        raise RuntimeError("half done")

    monkeypatch.setattr("alembic.command.upgrade", half)
    with pytest.raises(RuntimeError):
        migrate(engine)
    monkeypatch.undo()

    assert sa.inspect(engine).get_table_names() == []
    assert migrate(engine) == (None, HEAD)
