"""The rule that keeps appointments apart: where PostgreSQL cannot have it, it says what to do."""

import pytest

from qms.store.engines import connect
from qms.store.migrate import migrate
from qms.store.schema import claims_ddl


def test_without_its_extension_postgresql_is_not_migrated_and_says_what_to_do(postgres_url, monkeypatch):
    monkeypatch.setattr(claims_ddl, "EXTENSION", "btree_nothing")
    engine = connect(postgres_url, pool_size=1)

    with pytest.raises(claims_ddl.ExtensionMissing, match="run as a superuser in this database: CREATE EXTENSION"):
        migrate(engine)

    monkeypatch.undo()
    assert migrate(engine)[0] is None
    engine.dispose()
