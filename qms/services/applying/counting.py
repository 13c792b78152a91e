"""Devices that are to show another place go on counting: the `seq` of what they are told never falls."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple

from qms.store.tx import Tx

_EPOCHS = """SELECT branch.id, routing_domain.id, epoch FROM branch
JOIN routing_domain ON routing_domain.id = branch.domain_id WHERE branch.account_id = :account"""

_RAISE = "UPDATE routing_domain SET epoch = epoch + :by WHERE id = :domain"


class Moved(NamedTuple):
    """The branches that a device has shown, and those that it is to show."""

    before: Sequence[str]
    after: Sequence[str]


def branches_of(device: Mapping[str, Any]) -> Sequence[str]:
    """The branches that a screen or a kiosk shows, by its row."""
    return tuple(dict.fromkeys((device["branch_id"], *device["settings"].get("branches", ()))))


@contextmanager
def going_on(tx: Tx, account: str, moved: Sequence[Moved]) -> Iterator[None]:
    """Raise the epochs of what devices show then, where these are lower than what they showed had counted before."""
    before = _epochs(tx, account) if moved else {}
    yield
    there = _epochs(tx, account) if moved else {}
    epochs = dict(there.values())
    for one in moved:
        counted = sum(before[branch][1] for branch in one.before if branch in before)
        lacking = counted - sum(epochs[there[branch][0]] for branch in one.after)
        if lacking > 0:
            domain, _ = there[one.after[0]]
            tx.raw(_RAISE, {"by": lacking, "domain": domain})
            epochs[domain] += lacking


def _epochs(tx: Tx, account: str) -> Mapping[str, tuple[str, int]]:
    """The routing domain of each branch, with its epoch."""
    return {branch: (domain, epoch) for branch, domain, epoch in tx.raw(_EPOCHS, {"account": account})}
