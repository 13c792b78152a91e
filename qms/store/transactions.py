"""Transactions: commands run together under one lock and one commit, each with an answer of its own."""

import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Any

import sqlalchemy as sa

from qms.domain.errors import Unavailable
from qms.store import audit, locks, outbox, referees
from qms.store.clock import Clock
from qms.store.command import Command, Outcome
from qms.store.cursors import cursor_of, is_open
from qms.store.networks import CommittedNetworks, NetworkCache
from qms.store.tx import Naming, Networks, Tx
from qms.store.vault import Vault
from qms.store.watch import Watch

EventNames = Mapping[str, Mapping[str, Naming]]
"""Per dialect: our event's name → the dialect's name for it; an event that is missing is not sent."""

Answers = list[tuple[Command, Outcome]]


class Transactions:
    """Opens transactions with what they need: the time, the networks, the vault, the names of events."""

    def __init__(self, clock: Clock, vault: Vault, event_names: EventNames) -> None:
        self._clock = clock
        self._watch = Watch(clock)
        self._vault = vault
        self._networks = NetworkCache(vault)
        self._committed = CommittedNetworks(self._networks)
        self._event_names = event_names

    @contextmanager
    def snapshot(self, engine: sa.Engine) -> Iterator[Tx]:
        """A transaction that only reads."""
        with engine.connect() as connection, connection.begin():
            yield self._tx(connection, locks.Held({}, self._watch.at(connection)), self._committed)

    def run(self, engine: sa.Engine, commands: Sequence[Command]) -> tuple[Answers, Tx]:
        """Run commands in one transaction, in the order they came; their outcomes, and the transaction.

        All domains that any of them wants are locked before the first of them runs. Where all are one, a command or a
        batch of alike ones, there is nobody to be protected from it: it goes without a savepoint.

        Raises:
            Exception: whatever made the whole fail, be it the refusal of what ran alone; nothing was changed.
        """
        with engine.connect().execution_options(write=True) as connection, connection.begin():
            wanted = {domain for command in commands for domain in command.domains}
            tx = self._tx(connection, locks.hold(connection, wanted, self._clock), self._networks)
            outcomes = _alone(tx, commands) or _together(tx, commands)
            outbox.record(tx)
            audit.record(tx)
        self._networks.keep(tx.networks_seen)
        return outcomes, tx

    def _tx(self, connection: sa.Connection, held: locks.Held, networks: Networks) -> Tx:
        return Tx(
            connection,
            now=self._clock.business(held.at),
            machine_now=held.at,
            networks=networks,
            vault=self._vault,
            event_names=self._event_names,
            epochs=held.epochs,
        )


def _alone(tx: Tx, commands: Sequence[Command]) -> Answers:
    """Run one command, or alike items as one batch; nothing where there are others too."""
    first = commands[0]
    tx.traceparent = first.traceparent if len(commands) == 1 else None
    if first.batch and all(c.batch and c.service is first.service for c in commands):
        return _answers(tx, 0, commands, first.service(tx, [c.arguments["item"] for c in commands]))
    return [(first, Outcome(value=first.service(tx, **first.arguments)))] if len(commands) == 1 else []


def _together(tx: Tx, commands: Sequence[Command]) -> Answers:
    outcomes: Answers = []
    for (service, batch), alike in itertools.groupby(commands, key=lambda c: (c.service, c.batch)):
        some = list(alike)
        outcomes += _batch(tx, service, some) if batch else _each(tx, some)
    return outcomes


def _answers(tx: Tx, begun: int, commands: Sequence[Command], answers: Sequence[Any]) -> Answers:
    """What a batch service says, an answer or a refusal for each item.

    What it has told from the event `begun` on goes with the trace of whoever asked for the thing that it is about.
    """
    if any(c.traceparent for c in commands):
        traces = {getattr(answer, "id", None): c.traceparent for c, answer in zip(commands, answers, strict=True)}
        told = tx.events[begun:]
        tx.traceparents[begun:] = [traces.get(event.entity, tx.traceparent) for event in told]
    return [
        (c, Outcome(error=answer) if isinstance(answer, Exception) else Outcome(value=answer))
        for c, answer in zip(commands, answers, strict=True)
    ]


def _each(tx: Tx, commands: Sequence[Command]) -> Answers:
    answers: Answers = []
    for c in commands:
        tx.traceparent = c.traceparent
        answers.append((c, _one(tx, partial(c.service, tx, **c.arguments))))
    return answers


def _batch(tx: Tx, service: Callable[..., Any], commands: Sequence[Command]) -> Answers:
    """Run a batch service once for all its items, or once for each where that fails."""
    tx.traceparent = commands[0].traceparent if len(commands) == 1 else None
    begun = len(tx.events)
    together = _one(tx, lambda: service(tx, [c.arguments["item"] for c in commands]))
    if together.error is None:
        return _answers(tx, begun, commands, together.value)
    if len(commands) == 1 or isinstance(together.error, Unavailable):
        return [(c, together) for c in commands]
    return [answer for command in commands for answer in _batch(tx, service, [command])]


def _one(tx: Tx, run: Callable[[], Any]) -> Outcome:
    """Run a command under a savepoint, so that one that fails does not take the others with it."""
    mark = tx.mark()
    _say(tx, "SAVEPOINT command")
    try:
        value = run()
        _say(tx, "RELEASE SAVEPOINT command")
    except Exception as error:
        if not is_open(tx.connection):
            raise
        _say(tx, "ROLLBACK TO SAVEPOINT command")
        _say(tx, "RELEASE SAVEPOINT command")
        tx.back_to(mark)
        return Outcome(error=referees.fact(error))
    tx.keep(mark)
    return Outcome(value=value)


def _say(tx: Tx, statement: str) -> None:
    """Run a statement about savepoints on the bare driver: SQLAlchemy's take a tenth of what a booking takes."""
    with cursor_of(tx.connection) as cursor:
        cursor.execute(statement)
