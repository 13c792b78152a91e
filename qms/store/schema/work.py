"""What happens: tickets, offers, sessions, calls, and the journal of events. Partial unique indexes referee."""

import sqlalchemy as sa
from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, Text

from qms.store.columns import Instant, Json, id_column
from qms.store.schema import lanes_ddl
from qms.store.schema.metadata import metadata


def _unique(name: str, *columns: Column[object], where: str) -> Index:
    """A partial unique index; its name is mapped to a domain error in `qms.store.referees`."""
    return Index(name, *columns, unique=True, sqlite_where=sa.text(where), postgresql_where=sa.text(where))


def _index(name: str, *columns: Column[object], where: str) -> Index:
    return Index(name, *columns, sqlite_where=sa.text(where), postgresql_where=sa.text(where))


ticket = Table(
    "ticket",
    metadata,
    id_column(primary_key=True),
    id_column("account_id", ForeignKey("account.id"), nullable=False),
    id_column("domain_id", nullable=False),
    id_column("branch_id"),
    id_column("queue_id", nullable=False),
    Column("place", String(10), nullable=False),
    Column("number", String(50), nullable=False),
    Column("own_number", Integer),
    Column("number_series", String(150)),
    Column("service_day", String(10), nullable=False),
    Column("state", String(10), nullable=False),
    Column("band", Integer, nullable=False),
    Column("key", Instant, nullable=False),
    Column("seq", sa.BigInteger, nullable=False),
    Column("enqueued_at", Instant, nullable=False),
    Column("eligible_from", Instant, nullable=False),
    Column("link", String(64), nullable=False),
    Column("source", String(20), nullable=False),
    Column("ticket_class", String(50)),
    Column("language", String(20)),
    Column("integration_data", Text),
    id_column("submission_id"),
    Column("customer", Json),
    id_column("customer_id"),
    Column("customer_email", Text),
    Column("customer_phone", Text),
    id_column("appointment_id"),
    id_column("poc_id"),
    id_column("agent_id"),
    id_column("session_id"),
    id_column("preferred_agent_id"),
    Column("preferred_until", Instant),
    Column("cooldowns", Json, nullable=False),
    Column("assigned_at", Instant),
    Column("called_at", Instant),
    Column("serving_since", Instant),
    Column("parked_at", Instant),
    id_column("parked_by"),
    Column("ended_at", Instant),
    Column("end_reason", String(50)),
    Column("note", Text),
    Column("outcome", String(200)),
    Column("recall", Integer, nullable=False, server_default="0"),
    Column("late_count", Integer, nullable=False, server_default="0"),
    Column("ver", Integer, nullable=False, server_default="0"),
)
_t = ticket.c
_WAITING = "state = 'waiting'"
_LIVE = "state IN ('waiting','offered','called','serving','parked')"
Index("uq_ticket_link", _t.link, unique=True)
_unique("uq_ticket_own_number", _t.number_series, _t.own_number, where="own_number IS NOT NULL")
_index("ix_ticket_waiting", _t.domain_id, _t.queue_id, _t.branch_id, _t.band, _t.key, _t.seq, where=_WAITING)
_index("ix_ticket_live_branch", _t.branch_id, _t.state, where=_LIVE)
_index("ix_ticket_live_domain", _t.domain_id, _t.state, where=_LIVE)
_index("ix_ticket_session", _t.session_id, where="session_id IS NOT NULL AND " + _LIVE)
_index("ix_ticket_answered", _t.queue_id, _t.assigned_at, where="assigned_at IS NOT NULL")
_index("ix_ticket_left", _t.queue_id, _t.ended_at, where="state = 'cancelled'")
Index("ix_ticket_day", _t.account_id, _t.service_day)
for _known in (_t.customer_id, _t.customer_email, _t.customer_phone):
    _index(f"ix_ticket_{_known.name}", _t.account_id, _known, _t.enqueued_at, where=f"{_known.name} IS NOT NULL")

number_counter = Table(
    "number_counter",
    metadata,
    id_column("branch_id", primary_key=True),
    id_column("queue_id", primary_key=True),
    Column("service_day", String(10), primary_key=True),
    Column("last", Integer, nullable=False),
)

offer = Table(
    "offer",
    metadata,
    id_column(primary_key=True),
    id_column("account_id", ForeignKey("account.id"), nullable=False),
    id_column("domain_id", nullable=False),
    id_column("branch_id"),
    id_column("queue_id", nullable=False),
    id_column("ticket_id", ForeignKey("ticket.id"), nullable=False),
    id_column("session_id", nullable=False),
    id_column("agent_id", nullable=False),
    id_column("poc_id"),
    Column("lane", Integer, nullable=False),
    Column("lanes", Integer, nullable=False, server_default="1"),
    Column("state", String(10), nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("deadline", Instant),
    Column("answered_at", Instant),
    Column("ended_at", Instant),
    Column("reasons", Json, nullable=False),
    Column("ver", Integer, nullable=False, server_default="0"),
)
_o = offer.c
_LIVE_OFFER = "state IN ('ringing','accepted')"
_unique("uq_offer_live_ticket", _o.ticket_id, where=_LIVE_OFFER)
_unique("uq_offer_live_session", _o.session_id, _o.lane, where=_LIVE_OFFER)
_unique("uq_offer_live_poc", _o.poc_id, where=_LIVE_OFFER + " AND poc_id IS NOT NULL")
lanes_ddl.listen(offer)
_index("ix_offer_live_domain", _o.domain_id, _o.state, where=_LIVE_OFFER)
_index("ix_offer_live_agent", _o.agent_id, where=_LIVE_OFFER)
_index("ix_offer_deadline", _o.deadline, where="state = 'ringing'")
Index("ix_offer_ticket", _o.ticket_id, _o.made_at)

session = Table(
    "session",
    metadata,
    id_column(primary_key=True),
    id_column("account_id", ForeignKey("account.id"), nullable=False),
    id_column("domain_id", nullable=False),
    id_column("agent_id", nullable=False),
    id_column("branch_id"),
    id_column("poc_id"),
    Column("state", String(10), nullable=False),
    Column("reason", String(200)),
    Column("pending_away", String(200)),
    Column("started_at", Instant, nullable=False),
    Column("idle_since", Instant, nullable=False),
    Column("state_since", Instant, nullable=False),
    Column("until", Instant),
    Column("had_socket", sa.Boolean, nullable=False),
    Column("disconnected_at", Instant),
    Column("ended_at", Instant),
    Column("undo", Json),
    Column("spare", Integer, nullable=False, server_default="0"),
    Column("paused_until", Instant),
    Column("ver", Integer, nullable=False, server_default="0"),
)
_s = session.c
_unique("uq_session_agent", _s.agent_id, where="ended_at IS NULL")
_unique("uq_session_poc", _s.poc_id, where="ended_at IS NULL AND poc_id IS NOT NULL")
_index("ix_session_domain", _s.domain_id, where="ended_at IS NULL")
Index("ix_session_agent", _s.agent_id, _s.ended_at)
_TIMED = "(until IS NOT NULL OR paused_until IS NOT NULL OR disconnected_at IS NOT NULL)"
_index("ix_session_timed", _s.state_since, where="ended_at IS NULL AND " + _TIMED)

socket = Table(
    "socket",
    metadata,
    id_column(primary_key=True),
    id_column("session_id", nullable=False, index=True),
    id_column("process_id", nullable=False, index=True),
    Column("seen_at", Instant, nullable=False),
    Column("bell", String(40)),
    Column("sounds", sa.Boolean),
    Column("acted_at", Instant),
    id_column("rang"),
)

call = Table(
    "call",
    metadata,
    id_column("branch_id", primary_key=True),
    Column("seq", sa.BigInteger, primary_key=True),
    id_column("account_id", nullable=False),
    id_column("ticket_id", nullable=False),
    id_column("queue_id", nullable=False),
    id_column("poc_id"),
    Column("number", String(50), nullable=False),
    Column("called_at", Instant, nullable=False),
    Column("recall", Integer, nullable=False),
    Column("language", String(20)),
)
Index("ix_call_time", call.c.branch_id, call.c.called_at)
Index("ix_call_ticket", call.c.ticket_id)

journal = Table(
    "journal",
    metadata,
    id_column(primary_key=True),
    id_column("account_id", nullable=False),
    id_column("entity", nullable=False),
    Column("seq", sa.BigInteger, nullable=False),
    Column("name", String(40), nullable=False),
    Column("at", Instant, nullable=False),
    Column("data", Json, nullable=False),
)
Index("ix_journal_entity", journal.c.entity, journal.c.seq)

submission = Table(
    "submission",
    metadata,
    id_column(primary_key=True),
    id_column("account_id", ForeignKey("account.id"), nullable=False),
    id_column("form_id", nullable=False),
    id_column("queue_id"),
    Column("kind", String(20), nullable=False),
    Column("values", Json, nullable=False),
    Column("created_at", Instant, nullable=False),
    id_column("ticket_id"),
    Column("anonymised_at", Instant),
)
