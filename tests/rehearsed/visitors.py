"""Visitors: they come in rushes, take numbers, ask twice, give up, are late; the kiosk keeps what it was answered."""

import json
from functools import partial
from typing import Any

from qms.domain.errors import Refused, Unavailable
from qms.domain.ticket import Place, Ticket
from qms.services import callbacks, explanation, idempotency, kiosk_tickets, reception, visitors
from qms.services.admission import TakeTicket
from qms.services.idempotency import Kept
from qms.services.intake import take_tickets
from tests.rehearsed.house import Broken, Deed, House
from tests.rehearsed.mirror import Row
from tests.rehearsed.sight import turn

CLASSES = (None, None, None, None, "vip", "urgent")


class Visitors:
    """Everybody who comes to one house without an appointment."""

    def __init__(self, house: House) -> None:
        self.house, self.dice = house, house.dice
        self.answered: dict[str, str] = {}
        self.keys = 0

    def start(self) -> None:
        """Let people come."""
        for branch in self.house.plan.branches:
            self.house.agenda.after(self.dice.expovariate(1 / 900), partial(self.rush, branch))

    def rush(self, branch: str) -> None:
        """A few come one after the other, and then nobody for a while."""
        at = 0.0
        for _ in range(self.dice.choice([1, 1, 2, 4])):
            self.house.agenda.after(at, partial(self.come, branch))
            at += self.dice.choice([0.0, 0.001, 3.0, 20.0])
        often = 1500 if self.house.busy() else 15_000
        self.house.agenda.after(self.dice.expovariate(1 / often), partial(self.rush, branch))

    def come(self, branch: str) -> None:
        """Somebody wants a place."""
        here = [q for q in self.house.network.queues.values() if branch in self._branches(q)]
        if not here:
            return
        queue = self.dice.choice(here)
        ways = [self.kiosk] * 6 + [self.together, self.vendor, self.remote, self.desk, self.call_back]
        self.dice.choice(ways)(branch, queue)

    def _branches(self, queue: Any) -> list[str]:
        return [self.house.network.branches[id].key for id in queue.branch_ids]

    def _item(self, branch: str | None, queue: Any, source: str, **more: Any) -> TakeTicket:
        where = self.house.network.branches.find(branch).id if branch else None
        place: Place = "onsite" if branch else "remote"
        more.setdefault("ticket_class", self.dice.choice(CLASSES))
        return TakeTicket(account=self.house.account, branch=where, queue=queue.id, source=source, place=place, **more)

    # -- ways to get a place -----------------------------------------------------------------------------------------

    def kiosk(self, branch: str, queue: Any) -> None:
        """By an idempotency key, which is repeated until there is an answer, and sometimes after it."""
        self.keys += 1
        self._ask(f"key-{self.keys}", branch, queue, self._item(branch, queue, "kiosk"), tries=6)

    def _ask(self, key: str, branch: str, queue: Any, item: TakeTicket, tries: int) -> None:
        before = len(self.house.sight.tickets)
        answer = self.house.do(
            f"kiosk {branch}",
            idempotency.once,
            domain=queue.domain_id,
            said=key,
            scope=f"kiosk {branch} POST tickets",
            key=key,
            fingerprint=f"{queue.key}",
            act=partial(_alone, item=item),
            answer=_kept,
        )
        again = partial(self._ask, key, branch, queue, item, tries - 1)
        if isinstance(answer, Kept):
            self._answered(key, answer, len(self.house.sight.tickets) - before)
            if tries > 1 and self.dice.random() < 0.1:
                self.house.agenda.after(self.dice.choice([0.0, 0.2, 60.0]), again)
        elif isinstance(answer, Refused) and not _final(answer) and tries > 1:
            self.house.agenda.after(self.dice.choice([0.5, 4.0, 30.0]), again)

    def _answered(self, key: str, answer: Kept, given: int) -> None:
        """I9: the same key gets the same answer, byte for byte, and gives nobody a second place."""
        if key in self.answered and (answer.body != self.answered[key] or given):
            raise Broken(f"I9: {key} was answered {answer.body} after {self.answered[key]}")
        ticket = self.house.sight.tickets.get(json.loads(answer.body)["id"])
        if ticket is None or ticket["number"] != json.loads(answer.body)["number"]:
            raise Broken(f"I12: {answer.body} was answered and is not there")
        if key not in self.answered:
            self.answered[key] = answer.body
            self._stays(ticket)

    def together(self, branch: str, queue: Any) -> None:
        """Several at once at several kiosks: one transaction, and each gets an answer of his own."""
        items = [self._item(branch, queue, "kiosk") for _ in range(self.dice.randint(2, 4))]
        deeds = [
            Deed(
                who=f"kiosk {branch}",
                service=kiosk_tickets.take,
                arguments={"item": item},
                domain=queue.domain_id,
                batch=True,
                said=f"{queue.key} {item.ticket_class}",
            )
            for item in items
        ]
        for answer in self.house.together(deeds):
            if isinstance(answer, kiosk_tickets.Taken):
                self._stays(self.house.sight.tickets[answer.ticket.id])

    def vendor(self, branch: str, queue: Any) -> None:
        """By the vendor's program, with a number of its own."""
        item = self._item(branch, queue, "vendor", number=f"X{self.dice.randrange(100)}")
        self._take(item, queue, f"vendor {branch}")

    def remote(self, branch: str, queue: Any) -> None:
        """From afar."""
        self._take(self._item(None, queue, "remote"), queue, "remote")

    def _take(self, item: TakeTicket, queue: Any, who: str) -> None:
        said = f"{queue.key} {item.number} {item.ticket_class}"
        taken = self.house.do(who, take_tickets, domain=queue.domain_id, batch=True, item=item, said=said)
        if isinstance(taken, Ticket):
            self._stays(self.house.sight.tickets[taken.id])

    def desk(self, branch: str, queue: Any) -> None:
        """By asking somebody who works there."""
        serving = self.house.network.agents_by_queue.get(queue.id, ())
        if serving:
            where = self.house.network.branches.find(branch).id
            given = {"agent": self.dice.choice(list(serving)), "queue": queue.key, "branch": where}
            self.house.do(f"desk {branch}", reception.walk_in, domain=queue.domain_id, said=queue.key, **given)

    def call_back(self, branch: str, queue: Any) -> None:
        """By leaving a telephone number where nobody is."""
        phone = f"+5622345{self.dice.randrange(1000, 1100)}"
        given = {"token": f"kiosk-{branch}-secret-token", "queue": queue.key, "phone": phone}
        self.house.do(f"kiosk {branch}", callbacks.ask, domain=queue.domain_id, said=phone, **given)

    # -- and what they do then ---------------------------------------------------------------------------------------

    def _stays(self, ticket: Row) -> None:
        chance = self.dice.random()
        if chance < 0.15:
            self.house.agenda.after(self.dice.expovariate(1 / 240), partial(self.leave, ticket["id"]))
        elif chance < 0.25:
            self.house.agenda.after(self.dice.expovariate(1 / 60), partial(self.later, ticket["id"]))
        elif chance < 0.35:
            self.house.agenda.after(self.dice.expovariate(1 / 60), partial(self.wonder, ticket["id"]))

    def leave(self, id: str) -> None:
        """Somebody gives up, whatever happens to him at that moment."""
        ticket = self.house.sight.tickets[id]
        self.house.do("visitor", visitors.leave, domain=ticket["domain_id"], link=ticket["link"], said=ticket["number"])

    def later(self, id: str) -> None:
        """Somebody is late."""
        ticket = self.house.sight.tickets[id]
        self.house.do("visitor", visitors.later, domain=ticket["domain_id"], link=ticket["link"], said=ticket["number"])

    def wonder(self, id: str) -> None:
        """Why am I fourth? The explanation counts as the line does."""
        viewer = self.house.network.agents.find("a0")
        told = self.house.read(explanation.explain, account=self.house.account, viewer=viewer, ticket=id)
        ticket = self.house.sight.tickets[id]
        if told is None or ticket["state"] != "waiting":
            return
        line = [t for t in self.house.sight.waiting() if _same(t, ticket) and turn(t) < turn(ticket)]
        if told.position != len(line) + 1:
            raise Broken(f"why: {ticket['number']} is told to be {told.position}., and is {len(line) + 1}.")


def _same(one: Row, other: Row) -> bool:
    return all(one[name] == other[name] for name in ("queue_id", "branch_id", "domain_id"))


def _alone(tx: Any, *, item: TakeTicket) -> Any:
    (result,) = kiosk_tickets.take(tx, [item])
    if isinstance(result, Exception):
        raise result
    return result


def _kept(taken: kiosk_tickets.Taken) -> Kept:
    body = {"id": taken.ticket.id, "number": taken.ticket.number, "ahead": taken.ahead, "wait": taken.wait}
    return Kept(status=201, headers={}, body=json.dumps(body))


def _final(answer: Refused) -> bool:
    return not isinstance(answer, Unavailable)
