"""Notes: the smallest thing that a service can write, in the table that the installation keeps for itself."""

import sqlalchemy as sa

from qms.domain.errors import Conflict
from qms.domain.event import Event
from qms.store.schema.access import installation
from qms.store.schema.work import journal
from qms.store.tx import Tx


def note(tx: Tx, *, name: str) -> str:
    """Write a note, with an event and a topic; its name."""
    tx.execute(installation.insert(), {"name": name, "value": ""})
    tx.emit(Event(name="note", at=tx.now, account_id="a", entity=name))
    tx.tell(f"note:{name}")
    return name


def note_and_refuse(tx: Tx, *, name: str) -> None:
    """Do all that, and then refuse."""
    note(tx, name=name)
    raise Conflict("note", name)


def notes(tx: Tx) -> list[str]:
    """The names of all notes, sorted."""
    return list(tx.execute(sa.select(installation.c.name).order_by(installation.c.name)).scalars())


def events(tx: Tx) -> list[str]:
    """What the journal says was noted, in its order."""
    return list(tx.execute(sa.select(journal.c.entity).order_by(journal.c.seq)).scalars())
