"""The audit log is only ever added to, and says so if somebody could change it nevertheless."""

import threading

import pytest
import sqlalchemy as sa
import sqlalchemy.exc

from qms.domain.audit import Finding, Head
from qms.domain.errors import Conflict
from qms.services import auditing
from qms.store.schema.audit import audit, audit_head
from qms.store.store import Store
from qms.store.tx import Tx


def _note(tx: Tx, account: str = "a", object: str = "x") -> None:
    tx.note(account, "ana", "thing.done", object, {"when": tx.now})


def _thrice(tx: Tx, n: int) -> None:
    for account, object in (("a", str(n)), ("b", ""), ("a", f"{n} too")):
        _note(tx, account, object)


def _verify(store: Store, kept: Head | None = None) -> Finding:
    return store.read(auditing.verify, account="a", kept=kept)


def _broken(store: Store, kept: Head | None = None) -> tuple[int, str] | None:
    broken = _verify(store, kept).broken
    return None if broken is None else (broken.seq, broken.what)


def _tamper(store: Store, statement: sa.Executable) -> None:
    """Change what was written, as only somebody can who owns the database."""
    with store.engine.connect().execution_options(write=True) as connection, connection.begin():
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
        else:
            for event in ("update", "delete"):
                connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS audit_kept_{event}")
        connection.execute(statement)


def test_notes_of_one_transaction_after_another_make_one_chain_for_each_account(store):
    for n in range(3):
        store.write(_thrice, n=n)

    found = _verify(store)

    assert (found.rows, found.broken) == (6, None)
    assert [one.object for one in store.read(auditing.listed, account="a", limit=2)] == ["2 too", "2"]
    assert store.read(auditing.verify, account="b").rows == 3
    assert store.read(auditing.verify, account="nobody").broken is None


def test_what_was_refused_leaves_no_row_and_no_gap(store):
    def refused(tx: Tx) -> None:
        _note(tx)
        raise Conflict("thing", "no")

    store.write(_note)
    with pytest.raises(Conflict):
        store.write(refused)
    store.write(_note)

    assert (_verify(store).rows, _verify(store).broken) == (2, None)


def test_many_at_once_make_one_chain(open_store):
    stores = [open_store(), open_store()]

    threads = [threading.Thread(target=lambda s=s: [s.write(_note) for _ in range(10)]) for s in stores * 2]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert (_verify(stores[0]).rows, _verify(stores[0]).broken) == (40, None)


def test_the_database_refuses_to_change_or_delete_a_row(store):
    store.write(_note)

    for statement in (audit.update().values(actor="somebody else"), audit.delete()):
        with pytest.raises(sqlalchemy.exc.IntegrityError, match="audit_kept"):
            store.write(lambda tx, statement=statement: tx.execute(statement))

    assert _verify(store).broken is None


def test_the_first_row_that_was_changed_or_taken_out_is_found(store):
    for _ in range(6):
        store.write(_note)
    kept = Head(seq=4, hash=_verify(store).head.hash)

    assert _broken(store, kept) == (4, "is not the row that was written down")
    _tamper(store, audit.delete().where(audit.c.seq == 6))
    assert _broken(store) == (6, "rows at the end are missing")
    _tamper(store, audit.delete().where(audit.c.seq == 5))
    end = sa.select(audit.c.hash).where(audit.c.seq == 4).scalar_subquery()
    _tamper(store, audit_head.update().values(seq=4, hash=end))
    assert _broken(store) is None
    assert _broken(store, Head(seq=6, hash="…")) == (5, "rows at the end are missing")
    _tamper(store, audit.update().where(audit.c.seq == 3).values(actor="somebody else"))
    assert _broken(store) == (3, "was changed")
    _tamper(store, audit.delete().where(audit.c.seq == 2))
    assert _broken(store) == (2, "a row is missing")
