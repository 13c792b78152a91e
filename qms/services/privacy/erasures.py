"""Who was erased, and is to be taken out of archives: asked for where he is erased, done where the archives are."""

from collections.abc import Collection
from dataclasses import dataclass

import sqlalchemy as sa

from qms.store.schema.archived import archived_day, erasure
from qms.store.tx import Tx

e = erasure.c


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody: the texts that name him, in lower case, and his ids as a customer."""

    marks: Collection[str]
    customers: Collection[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Erasure:
    """Somebody who is to be taken out of an account's archives."""

    id: str
    account: str
    person: Person


def any_archives(tx: Tx, account: str) -> bool:
    """Whether anything of an account is in an archive."""
    found = sa.select(archived_day.c.day).where(archived_day.c.account_id == account).limit(1)
    return tx.execute(found).first() is not None


def ask(tx: Tx, *, account: str, person: Person) -> None:
    """Somebody was erased."""
    id = tx.new_id()
    told = {"marks": sorted(person.marks), "customers": sorted(person.customers)}
    row = {"id": id, "account_id": account, "asked_at": tx.now, "person": tx.vault.seal(e.person, id, told)}
    tx.execute(erasure.insert().values(row))


def asked(tx: Tx, account: str) -> int:
    """How many people were erased in an account."""
    return int(tx.execute(sa.select(sa.func.count()).where(e.account_id == account)).scalar_one())


def next_one(tx: Tx) -> Erasure | None:
    """Who is next to be taken out of archives."""
    left = sa.select(e.id, e.account_id, e.person).where(e.done_at.is_(None)).order_by(e.id).limit(1)
    found = tx.execute(left).first()
    if found is None:
        return None
    person = Person(**tx.vault.open(e.person, found.id, found.person))
    return Erasure(id=found.id, account=found.account_id, person=person)


def files(tx: Tx, *, account: str) -> list[str]:
    """All archives of an account that count."""
    a = archived_day.c
    return list(tx.execute(sa.select(a.file).where(a.account_id == account).order_by(a.day, a.part)).scalars())


def replace(tx: Tx, *, account: str, before: str, after: str) -> bool:
    """Let another file count instead of one; not where that one does not count any more."""
    a = archived_day.c
    changed = archived_day.update().where(a.account_id == account, a.file == before)
    return tx.execute(changed.values(file=after)).rowcount > 0


def done(tx: Tx, *, id: str) -> None:
    """He is in no archive any more, and nothing says who he was."""
    tx.execute(erasure.update().where(e.id == id).values(person=None, done_at=tx.now))
