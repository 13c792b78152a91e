"""Indexes of what still has somebody in it, so that looking for what is due finds nothing where nothing is."""

import sqlalchemy as sa
from sqlalchemy import Column, Index

from qms.store.schema.booking import appointment, customer, participant
from qms.store.schema.work import submission, ticket

TICKET = "(ticket.customer IS NOT NULL OR ticket.integration_data IS NOT NULL OR ticket.note IS NOT NULL)"
APPOINTMENT = "(appointment.title <> '' OR appointment.data <> '{}')"
CUSTOMER = (
    "(customer.username IS NOT NULL OR customer.firstname IS NOT NULL OR customer.lastname IS NOT NULL"
    " OR customer.email IS NOT NULL OR customer.phone IS NOT NULL OR customer.data <> '{}')"
)
SUBMISSION = "submission.anonymised_at IS NULL"


def _index(name: str, *columns: Column[object], where: str) -> Index:
    """A partial index; a table's name may not stand in what it holds of."""
    bare = sa.text(where.replace(f"{columns[0].table}.", ""))
    return Index(name, *columns, sqlite_where=bare, postgresql_where=bare)


_t, _a, _c, _s = ticket.c, appointment.c, customer.c, submission.c
_index("ix_ticket_personal", _t.account_id, _t.ended_at, where=f"ended_at IS NOT NULL AND {TICKET}")
_index("ix_appointment_personal", _a.account_id, _a.ends_at, where=APPOINTMENT)
_index("ix_customer_personal", _c.account_id, _c.created_at, where=CUSTOMER)
_index("ix_submission_personal", _s.account_id, _s.created_at, where=SUBMISSION)
_index("ix_appointment_customer", _a.customer_id, _a.ends_at, where="customer_id IS NOT NULL")
_index("ix_appointment_submission", _a.submission_id, where="submission_id IS NOT NULL")
Index("ix_participant_party", participant.c.party_id)
