"""Notices: what a supervisor tells the people in the lobby, until a time."""

from datetime import datetime

from qms.domain import access
from qms.domain.errors import NotFound
from qms.domain.network import Branch, Network
from qms.domain.notice import Notice, checked_text, checked_until
from qms.services.supervising import steering
from qms.services.supervising.steering import STEER, Steering
from qms.store import notices
from qms.store.tx import Tx


def show(tx: Tx, *, account: str, by: str, text: str, until: datetime, branch: str | None = None) -> Notice:
    """Let the screens of a branch, or of every branch, show a text until then.

    Raises:
        NotFound: no such branch. Forbidden: not one of this supervisor's. Invalid: no text, or too long, or a time that
            is over or too far away.
    """
    steer = steering.begin(tx, account, by)
    place = steer.network.branches.find(branch) if branch is not None else None
    _hold(tx, steer, place)
    notice = Notice(
        id=tx.new_id(),
        account_id=account,
        branch_id=place.id if place is not None else None,
        text=checked_text(text),
        agent_id=by,
        created_at=tx.now,
        until=checked_until(until, tx.now),
    )
    steer.note(tx, "notice.shown", notice.id, branch=notice.branch_id)
    return notices.add(tx, notice)


def withdraw(tx: Tx, *, account: str, by: str, notice: str) -> Notice:
    """Take a notice off the screens before its time.

    Raises:
        NotFound: no such notice. Forbidden: not of this supervisor's branches. Gone: it was over before.
    """
    steer = steering.begin(tx, account, by)
    found = notices.get(tx, notice)
    if found is None or found.account_id != account:
        raise NotFound("notice", notice)
    _hold(tx, steer, steer.network.branches.get(found.branch_id or ""))
    steer.note(tx, "notice.withdrawn", found.id)
    return notices.save(tx, found, found.withdraw(tx.now))


def domains_to_hold(tx: Tx, *, account: str, branch: str | None = None, notice: str | None = None) -> list[str]:
    """The routing domains whose screens a notice is for: so that what they are told grows newer.

    Raises:
        NotFound: no such branch or notice.
    """
    network = tx.network(account)
    if notice is not None:
        known = notices.get(tx, notice)
        if known is None or known.account_id != account:
            raise NotFound("notice", notice)
        branch = known.branch_id
    return _domains(network, network.branches.find(branch) if branch is not None else None)


def _domains(network: Network, place: Branch | None) -> list[str]:
    there = [place] if place is not None else network.branches.values()
    return sorted({one.domain_id for one in there})


def _hold(tx: Tx, steer: Steering, place: Branch | None) -> None:
    there = [place] if place is not None else list(steer.network.branches.values())
    for one in there:  # what is for every lobby takes somebody who may speak to all of them
        access.require(steer.by, STEER, one.id)
    for domain in _domains(steer.network, place):
        tx.hold(domain)
    tx.tell(*(f"branch:{one.id}" for one in there), *(f"domain:{one.domain_id}" for one in there))
