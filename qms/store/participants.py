"""Statements on who takes part in appointments."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

import sqlalchemy as sa

from qms.domain.participant import Party
from qms.store.schema.booking import participant
from qms.store.tx import Tx

_p = participant.c


def of(tx: Tx, id: str) -> tuple[Party, ...]:
    """Who takes part in an appointment: customers first."""
    return of_all(tx, [id]).get(id, ())


def of_all(tx: Tx, ids: Sequence[str]) -> Mapping[str, tuple[Party, ...]]:
    """The same of several appointments, by their ids; one without anybody is missing."""
    found: dict[str, list[Party]] = defaultdict(list)
    ordered = sa.select(_p.appointment_id, _p.kind, _p.party_id).where(_p.appointment_id.in_(ids))
    for appointment, kind, party in tx.execute(ordered.order_by(_p.kind.desc(), _p.party_id)):
        found[appointment].append(Party(kind, party))
    return {appointment: tuple(parties) for appointment, parties in found.items()}


def add(tx: Tx, id: str, party: Party) -> bool:
    """Somebody takes part from now on; whether he did not before."""
    return tx.add_unless_there(participant, {"appointment_id": id, "party_id": party.id, "kind": party.kind})


def remove(tx: Tx, id: str, party: Party) -> None:
    """Somebody does not take part any more."""
    tx.execute(participant.delete().where(_p.appointment_id == id, _p.party_id == party.id, _p.kind == party.kind))
