"""What a kiosk offers: its branch's queues, which of them are open, and how long people wait there."""

from collections.abc import Sequence
from typing import Any

from qms.domain.errors import Invalid, NotFound
from qms.domain.network import Branch, Kiosk, Network, Queue
from qms.services import devices, fleet, limits, on_duty, opening, waits
from qms.services.lobbies import place
from qms.services.lobby import Message
from qms.services.sequence import sequence_of
from qms.services.summoning.wishes import asks_for_phone
from qms.store.tx import Tx
from screens.snapshot import place_json, wait_json


def menu(tx: Tx, *, token: str) -> Message:
    """What the kiosk shows before somebody takes a number.

    Raises:
        NotFound: no kiosk has this token.
    """
    network, branch, kiosk = devices.kiosk(tx, token=token)
    seq, queues = sequence_of(tx, network, branch.domain_id), queues_of(network, branch, kiosk)
    there, waiting = on_duty.there(tx, network, queues, branch), waits.in_line(tx, branch.id)
    opens_at = opening.reopens_at(network, branch, tx.now)
    is_open = opening.is_open(network, branch, tx.now)
    shown = []
    for queue in queues:
        staff, ahead = there[queue.id], waiting.get(queue.id, waits.NOBODY).waiting
        wait = waits.expected(tx, network, queue, branch, staff, waiting)
        left = limits.room(tx, network, queue, branch) if is_open else None
        closed_for = _closed_for(queue, staff, left, is_open=is_open)
        known: dict[str, Any] = {"open": closed_for is None, "closed_for": closed_for, "opens_at": opens_at}
        known["callback"] = closed_for == "unstaffed" and queue.unstaffed == "callback"
        known |= {"room": left and left.left, "waiting": ahead, "wait_minutes": wait_json(wait)}
        shown.append({**_named(queue), **known, "classes": list(classes_of(kiosk, queue))})
    about = {"branch": place_json(place(branch)), "languages": list(kiosk.languages), "queues": shown}
    return seq, {**about, "device": _device(tx, network, kiosk)}


def _device(tx: Tx, network: Network, kiosk: Kiosk) -> dict[str, Any]:
    """How the kiosk is called, how loud it is, what it asks and what it was told to do."""
    told = fleet.orders(tx, [kiosk.id]).get(kiosk.id, {})
    name, volume = kiosk.settings.get("name") or kiosk.key, told.get("volume", fleet.LOUDEST)
    phone = asks_for_phone(network, kiosk)
    return {"name": name, "volume": volume, "phone": phone, "orders": fleet.counted(told)}


def _closed_for(queue: Queue, staff: on_duty.Staff, left: limits.Room | None, *, is_open: bool) -> str | None:
    """Why nobody is given a number for a queue now: a word, as refusals have it; None: people are."""
    if not is_open:
        return "closed"
    if queue.unstaffed != "accept" and staff.signed_in == 0:
        return "unstaffed"
    return left.why if left is not None and left.left == 0 else None


def queues_of(network: Network, branch: Branch, kiosk: Kiosk) -> list[Queue]:
    """The queues that a kiosk offers, in its order: those that it names, else all of its branch."""
    here = {queue.id: queue for queue in network.queues_by_branch.get(branch.id, ())}
    return [here[id] for id in (kiosk.queue_ids or here) if id in here]


def queue_at(network: Network, branch: Branch, kiosk: Kiosk, queue: str) -> Queue:
    """The queue that somebody chose at a kiosk, by id or key.

    Raises:
        NotFound: the kiosk does not offer it.
    """
    found = network.queues.find(queue)
    if found not in queues_of(network, branch, kiosk):
        raise NotFound("queue", queue)
    return found


def classes_of(kiosk: Kiosk, queue: Queue) -> Sequence[str]:
    """The classes that people may say they are of: those that the queue gives credit, if the kiosk offers them.

    An emergency is offered only where the kiosk names it.
    """
    offered = kiosk.settings.get("classes") or ()
    urgent = [name for name in queue.settings.get("emergency", ()) if name in offered]
    return [
        *urgent,
        *(name for name in queue.credit_seconds if name not in urgent and (not offered or name in offered)),
    ]


def checked_class(kiosk: Kiosk, queue: Queue, ticket_class: str | None) -> str | None:
    """The class that somebody chose.

    Raises:
        Invalid: it is not offered for this queue.
    """
    offered = classes_of(kiosk, queue)
    if ticket_class is not None and ticket_class not in offered:
        raise Invalid("class", "one of " + ", ".join(offered) if offered else "no class for this queue")
    return ticket_class


def _named(queue: Queue) -> dict[str, Any]:
    return {"id": queue.public_id, "key": queue.key, "name": queue.name}
