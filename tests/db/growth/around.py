"""What goes on around a day's visits: notices, notes, wishes, sockets, answers kept, lists that people look through."""

from datetime import timedelta
from typing import Any

from qms.domain.bell import Said
from qms.domain.zones import zone
from qms.services import (
    auditing,
    desk_watch,
    gauges,
    idempotency,
    own_logins,
    quote_report,
    remarks,
    serving,
    sockets,
    webhook_list,
)
from qms.services.booking import listing, reminders
from qms.services.booking.reach import Reach
from qms.services.privacy import anonymising
from qms.services.statistics.period import Period
from qms.services.summoning import telling, wishes
from qms.services.supervising import lines, notices
from qms.store.reports import EVERYTHING
from qms.store.tx import Tx
from tests.bench.growth.commands import NETWORK, Grown

ANSWERED = idempotency.Kept(status=201, headers={}, body="{}")
MORE = """
[[queue]]
key = "loans"
branches = ["main"]

[[agent]]
key = "lea"
queues = ["loans"]
"""
BROWSER = {"p256dh": "BNc", "auth": "x"}


def go_on(house: Grown) -> None:
    """All of it once."""
    shown(house)
    summoned(house)
    served(house)
    attended(house)
    looked_through(house)
    changed(house)


def shown(house: Grown) -> None:
    """A supervisor tells the lobby something, and takes it back."""
    ana = house.network.agents.find("ana").id
    told = {"account": house.account, "by": ana, "domain": house.domains}
    notice = house.store.write(notices.show, text="Back at two.", until=house.now_(hours=1), **told)
    house.store.write(notices.withdraw, notice=notice.id, **told)


def summoned(house: Grown) -> None:
    """Somebody wants to be told when it is his turn, in his browser and by e-mail; he is, and goes."""
    ticket = house.intake().ticket
    wish = {"link": ticket.link, "domain": ticket.domain_id}
    house.store.write(wishes.ask, to="p@mail.example", places=3, mails=True, **wish)
    house.store.write(wishes.subscribe, endpoint="https://push.example/1", keys=BROWSER, **wish)
    near = house.store.read(telling.near)
    for domain, ids in near.items():
        house.store.write(telling.tell_near, ids=ids, domain=domain)
    house.store.read(wishes.of_ticket, link=ticket.link)
    house.leave(ticket)
    house.store.write(telling.forget)


def served(house: Grown) -> None:
    """An agent notes what a visit was about, with a window open; a request is answered, and answered again."""
    ana, domain = house.network.agents.find("ana").id, house.domains[0]
    socket = {"agent": ana, "socket": "5" * 24, "domain": domain}
    house.store.write(sockets.opened, process="9" * 24, **socket)
    house.store.write(sockets.seen, process="9" * 24, ids=["5" * 24])
    house.store.write(sockets.told, socket="5" * 24, said=Said(bell="laptop", sounds=True, idle=timedelta()))
    house.store.read(sockets.bell, session="7" * 24, offer="8" * 24)
    house.store.read(desk_watch.look, token_hashes=["0" * 64])
    house.intake()
    called = house.next("ana")
    assert called is not None
    house.do(remarks.remark, "ana", ticket=called.id, note="Asked for a form.")
    house.do(serving.finish, "ana")
    house.store.write(sockets.closed, **socket)
    for _ in range(2):
        house.store.write(_once)


def attended(house: Grown) -> None:
    """What workers look for besides: whom to remind, whose time is up, whom to let go of."""
    house.store.read(reminders.due, most=8)
    house.run_passes()
    house.store.write(anonymising.step)
    house.store.read(gauges.gauges)


def looked_through(house: Grown) -> None:
    """Lists that administrators and supervisors look through."""
    account, ana, read = house.account, house.network.agents.find("ana"), house.store.read
    start, today = house.now_(), Period.of(house.now_().date(), house.now_().date())
    read(lines.read, viewer=ana, queue="cash", branch="main")
    read(auditing.listed, account=account)
    read(own_logins.going_on, account=account)
    read(webhook_list.standing, account=account)
    read(lambda tx: quote_report.held(tx, account, today, zone("America/Santiago"), EVERYTHING))
    read(listing.overlapping, reach=Reach(account=account), start=start, end=start + timedelta(hours=1))
    read(listing.to_activate, reach=Reach(account=account), ahead=timedelta(minutes=15))


def changed(house: Grown) -> None:
    """A queue is opened with an agent, people wait in it, and it is closed again with all that belongs to it."""
    house.apply(NETWORK + MORE)
    house.take("loans", "main")
    house.apply(NETWORK, prune=True)


def _once(tx: Tx) -> Any:
    return idempotency.once(tx, scope="s", key="k", fingerprint="f", act=lambda _: None, answer=lambda _: ANSWERED)
