"""Sockets of desks: an agent is connected while one of them is open at a process that is alive. Machine time."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from qms.domain.bell import Bell, Ringing, Said, ringing
from qms.store import sessions
from qms.store.prepared import Prepared
from qms.store.schema.work import session as session_table
from qms.store.schema.work import socket as sockets
from qms.store.tx import Tx

ALIVE = timedelta(seconds=20)
"""A process that has not reported a socket for so long is dead, or cut off."""

_c = sockets.c
_BELLS = Prepared(
    Bell,
    sa.select(_c.bell, _c.sounds, _c.acted_at, _c.rang).where(
        _c.session_id == sa.bindparam("session"), _c.seen_at >= sa.bindparam("alive"), _c.bell.is_not(None)
    ),
)


def opened(tx: Tx, *, agent: str, socket: str, process: str, said: Said | None = None) -> None:
    """A desk of the agent has opened a socket at a process; without a session it means nothing."""
    session = sessions.of_agent(tx, agent)
    if session is None:
        return
    tx.hold(session.domain_id)
    row = {"id": socket, "session_id": session.id, "process_id": process, "seen_at": tx.machine_now}
    row |= _bell(said, tx.machine_now) if said is not None else {}
    tx.execute(sockets.delete().where(sockets.c.id == socket))
    tx.execute(sockets.insert(), row)
    if session.disconnected_at is not None or not session.had_socket:
        connected = replace(session, had_socket=True, disconnected_at=None, ver=session.ver + 1)
        sessions.save(tx, session, connected)


def told(tx: Tx, *, socket: str, said: Said) -> None:
    """A desk has said over its socket how well it can ring; others learn it when they look the next time."""
    tx.execute(sockets.update().where(_c.id == socket).values(_bell(said, tx.machine_now)))


def bell(tx: Tx, *, session: str, offer: str) -> Ringing | None:
    """Which of the session's bells rings for an offer; None: nothing is known of any."""
    return ringing(_BELLS.all(tx, session=session, alive=tx.machine_now - ALIVE), offer)


def closed(tx: Tx, *, agent: str, socket: str) -> None:
    """That socket has closed; the last one of a session starts its grace."""
    session = sessions.of_agent(tx, agent)
    if session is not None:
        tx.hold(session.domain_id)
    tx.execute(sockets.delete().where(sockets.c.id == socket))
    if session is not None and session.had_socket:
        _note_absence(tx, [session.id])


def seen(tx: Tx, *, process: str, ids: Sequence[str]) -> frozenset[str]:
    """These sockets of a process are open: its heartbeat. Sockets of dead processes are forgotten on the way.

    Returns those that are still known: a process that was silent for too long must open its others again.
    """
    known: frozenset[str] = frozenset()
    if ids:
        of_process = (sockets.c.process_id == process) & sockets.c.id.in_(ids)
        beat = sockets.update().where(of_process).values(seen_at=tx.machine_now)
        known = frozenset(tx.execute(beat.returning(sockets.c.id)).scalars())
    seen_at = sockets.c.seen_at  # ahead of now: before the clock was set back
    dead = (seen_at < tx.machine_now - ALIVE) | (seen_at > tx.machine_now + ALIVE)
    left = list(tx.execute(sa.select(sockets.c.session_id).where(dead)).scalars())
    if left:
        tx.execute(sockets.delete().where(dead))
        _note_absence(tx, left)
    return known


def _bell(said: Said, now: datetime) -> dict[str, Any]:
    return {"bell": said.bell, "sounds": said.sounds, "acted_at": now - said.idle, "rang": said.rang}


def _note_absence(tx: Tx, session_ids: Sequence[str]) -> None:
    """Note since when sessions have no socket. No transition: `ver` stays, so that it disturbs no command under way."""
    open_ones = sa.select(sockets.c.session_id)
    s = session_table.c
    alone = s.id.in_(session_ids) & s.ended_at.is_(None) & s.disconnected_at.is_(None) & s.id.not_in(open_ones)
    gone = session_table.update().where(alone).values(disconnected_at=tx.machine_now)
    for agent, domain in tx.execute(gone.returning(s.agent_id, s.domain_id)):
        tx.tell(f"agent:{agent}", f"domain:{domain}")
