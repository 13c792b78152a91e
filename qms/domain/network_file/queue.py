"""`[[queue]]`: what people wait for, and the letters in front of its numbers."""

from collections.abc import Iterable
from dataclasses import replace
from itertools import chain, product

from qms.domain.complaint import complaint
from qms.domain.network_file import notations
from qms.domain.network_file.checks import number, one_of, text, whole
from qms.domain.network_file.declared.queue import OutcomeDecl, QueueDecl
from qms.domain.network_file.reading import Table
from qms.domain.network_file.routing import read_routing

_DAY_SECONDS = 86_400
_WEEK_MINUTES = 10_080
_UNLIKE_DIGITS = "ABCDEFGHJKLMNPQRSTUVWXYZ"  # without I and O


def read_queues(tables: Iterable[Table]) -> tuple[QueueDecl, ...]:
    """Read all queues; those without a prefix get one that no other queue of the account has."""
    found = [(table, _queue(table)) for table in tables]
    taken = {queue.prefix.upper() for table, queue in found if table.has("prefix")}
    queues = []
    for table, queue in found:
        prefix = queue.prefix if table.has("prefix") else derived_prefix(queue.key, taken)
        taken.add(prefix.upper())
        queues.append(replace(queue, prefix=prefix))
    return tuple(queues)


def derived_prefix(key: str, taken: Iterable[str]) -> str:
    """A letter of the key that nobody has taken, else any letter, else two or three."""
    used = set(taken)
    own = [letter for letter in key.upper() if letter in _UNLIKE_DIGITS]
    longer = ("".join(letters) for length in (1, 2, 3) for letters in product(_UNLIKE_DIGITS, repeat=length))
    return next(prefix for prefix in chain(own, longer) if prefix not in used)


def _queue(table: Table) -> QueueDecl:
    key = table.key_of("queue")
    mode = table.read("mode", one_of("booth", "counter"), "booth")
    queue = QueueDecl(
        line=table.line,
        key=key,
        id=table.id_of("queue", key),
        name=table.read("name", text(), key),
        prefix=table.read("prefix", notations.prefix, ""),
        branches=table.references("branches", "branch"),
        mode=mode,
        call=table.read("call", one_of("push", "pull"), "push" if mode == "booth" else "pull"),
        ring_seconds=table.read("ring_seconds", whole(1, 3600), 20),
        wrap_up_seconds=table.read("wrap_up_seconds", whole(0, 3600), 10),
        decline_cooldown_seconds=table.read("decline_cooldown_seconds", whole(0, 3600), 30),
        unstaffed=table.read("unstaffed", one_of("accept", "refuse", "callback"), "accept"),
        target_minutes=table.read("target_minutes", number(0, _WEEK_MINUTES), 10.0),
        max_wait_minutes=table.read("max_wait_minutes", number(0.1, _WEEK_MINUTES), 45.0),
        form=table.reference("form", "form"),
        contact_form=table.reference("contact_form", "form"),
        survey=table.reference("survey", "form"),
        credit_seconds=table.pairs("credit_seconds", notations.key, whole(-_DAY_SECONDS, _DAY_SECONDS)),
        weight=table.read("weight", whole(0, _DAY_SECONDS), 0),
        routing=read_routing(table),
        short_service_seconds=table.read("short_service_seconds", whole(0, 3600), 15),
        outcomes=tuple(_outcome(one, key) for one in table.tables("outcomes")),
    )
    table.done()
    if mode == "counter" and queue.routing.capacity > 1:
        table.complain(complaint("expected 1: a counter has one visitor at a time"), "capacity")
    return queue


def _outcome(table: Table, queue: str) -> OutcomeDecl:
    key = table.key_of("outcome", within=queue)
    outcome = OutcomeDecl(key=key, name=table.read("name", text(200), key))
    table.done()
    return outcome
