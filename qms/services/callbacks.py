"""Call-backs: whoever comes while nobody is on duty leaves a number, and is in line as soon as somebody signs in."""

from collections.abc import Iterable

from qms.domain import contact
from qms.domain.callback import KEPT_FOR, Callback
from qms.domain.errors import BranchClosed, Conflict, Refused
from qms.domain.network import Network, Queue
from qms.domain.ticket import Ticket
from qms.services import devices, kiosk_menu, opening
from qms.services.admission import TakeTicket
from qms.services.intake import take_tickets
from qms.store import callbacks, sessions
from qms.store.tx import Tx


def ask(
    tx: Tx, *, token: str, queue: str, phone: str, name: str | None = None, language: str | None = None
) -> Callback:
    """Note at a kiosk whom to call; the same number again for the same queue is the same wish.

    Where somebody has come on duty meanwhile, it is a ticket at once.

    Raises:
        NotFound: no kiosk has this token, or it does not offer the queue. Conflict: the queue calls nobody back.
        BranchClosed: the branch is not open. Invalid: that is no telephone number.
    """
    network, branch, kiosk = devices.kiosk(tx, token=token)
    line = kiosk_menu.queue_at(network, branch, kiosk, queue)
    tx.hold(line.domain_id)
    if line.unstaffed != "callback":
        raise Conflict("queue", "no callbacks")
    if not opening.is_open(network, branch, tx.now):
        raise BranchClosed(branch.public_id, opening.opens_at(network, branch, tx.now))
    number = contact.checked(phone, "SMS", "phone")
    known = [
        one for one in callbacks.waiting(tx, [line.id]) if contact.normal(one.phone or "") == contact.normal(number)
    ]
    wish = known[0] if known else callbacks.add(tx, _wish(tx, network, branch.id, line, number, name, language))
    if _somebody(tx, network, line):
        redeem(tx, network, [line.id])
        return callbacks.get(tx, wish.id) or wish
    return wish


def redeem(tx: Tx, network: Network, queues: Iterable[str]) -> list[Ticket]:
    """Put everybody in line who wants to be called about some of these queues; asks nothing where none calls back.

    They go by when they asked. Who asked days ago is not called any more.
    """
    calling = [id for id in queues if id in network.queues and network.queues[id].unstaffed == "callback"]
    found = callbacks.waiting(tx, calling) if calling else []
    late = [one for one in found if one.asked_at < tx.now - KEPT_FOR]
    for one in late:
        callbacks.save(tx, one, one.expired())
    wanted = [one for one in found if one not in late]
    taken = []
    for one, ticket in zip(wanted, take_tickets(tx, [_item(one) for one in wanted]), strict=True):
        if isinstance(ticket, Refused):
            continue  # the next who signs in tries again
        callbacks.save(tx, one, one.ticketed(ticket.id))
        taken.append(ticket)
    return taken


def _wish(
    tx: Tx, network: Network, branch: str, queue: Queue, phone: str, name: str | None, language: str | None
) -> Callback:
    return Callback(
        id=tx.new_id(),
        account_id=network.account.id,
        branch_id=branch,
        queue_id=queue.id,
        phone=phone,
        name=name,
        language=language,
        asked_at=tx.now,
    )


def _item(one: Callback) -> TakeTicket:
    known = {"firstname": one.name, "phone": one.phone}
    return TakeTicket(
        account=one.account_id,
        branch=None,
        queue=one.queue_id,
        source="callback",
        language=one.language,
        place="remote",
        customer={name: value for name, value in known.items() if value},
        key=one.asked_at,
    )


def _somebody(tx: Tx, network: Network, queue: Queue) -> bool:
    serving = {agent.id for agent in network.agents_by_queue.get(queue.id, ())}
    return any(one.agent_id in serving and one.state != "away" for one in sessions.on_duty(tx, queue.domain_id))
