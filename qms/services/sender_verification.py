"""Proving that an account's e-mail goes out: a code is sent by it, and said back by whoever administers the account."""

from datetime import datetime

import sqlalchemy as sa

from qms.domain.errors import Invalid, NotFound
from qms.services import otp
from qms.store.schema.network import account as accounts
from qms.store.schema.reaching import one_time_code
from qms.store.tx import Tx

_o = one_time_code.c


def start(tx: Tx, *, account: str, to: str | None = None) -> tuple[str, datetime]:
    """Send the code, to an address or to the owner of the account; where it goes, and until when it holds.

    Raises:
        NotFound: no address is given, and no owner of the account has one. Invalid: it is no e-mail address.
        TooManyAttempts: too many have been sent just now.
    """
    address = to or _owner(tx, account)
    sent = otp.send(tx, account=account, channel="EMAIL", to=address, purpose="email")
    return address, sent.expires_at


def pending(tx: Tx, *, account: str) -> str:
    """The code that was sent last and not said back yet, by its id.

    Raises:
        NotFound: there is none.
    """
    mine = (_o.account_id == account) & (_o.purpose == "email")
    last = tx.execute(sa.select(_o.id, _o.used_at).where(mine).order_by(_o.created_at.desc(), _o.id.desc())).first()
    if last is None or last.used_at is not None:
        raise NotFound("verification", account)
    return str(last.id)


def confirm(tx: Tx, *, account: str, code: str) -> None:
    """Say the code back: the account's e-mail is proved.

    Raises:
        NotFound: no code was sent. Invalid: it is another one, or too old.
    """
    id = pending(tx, account=account)
    if not otp.guess(tx, id=id, code=code):
        raise Invalid("code", "the code that was sent, in time")
    tx.execute(one_time_code.update().where(_o.id == id).values(used_at=tx.now))
    tx.execute(accounts.update().where(accounts.c.id == account).values(email_verified_at=tx.now))


def _owner(tx: Tx, account: str) -> str:
    network = tx.network(account)
    for agent in network.agents.values():
        if agent.role == "owner" and agent.email:
            return agent.email
    raise NotFound("owner with an e-mail address", network.account.slug)
