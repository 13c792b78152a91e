"""Proving that an address is an account's: a code is sent there, and said back by whoever administers the account.

What the account writes comes from its own address (`from` in its network file) only once that is proved.
"""

from datetime import datetime
from email.utils import parseaddr

import sqlalchemy as sa

from qms.domain.contact import normal
from qms.domain.errors import Invalid, NotFound
from qms.domain.network import Account
from qms.services import otp
from qms.store.schema.network import account as accounts
from qms.store.schema.reaching import one_time_code
from qms.store.tx import Tx

_o = one_time_code.c


def start(tx: Tx, *, account: str, to: str | None = None) -> tuple[str, datetime]:
    """Send the code: to an address, else to the one that the account writes from, else to its owner.

    Returns where it goes, and until when it holds.

    Raises:
        NotFound: no address is given, and neither the account nor its owner has one. Invalid: it is no e-mail address.
        TooManyAttempts: too many have been sent just now.
    """
    address = to or own_address(tx.network(account).account) or _owner(tx, account)
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
    proved = tx.execute(sa.select(_o.contact).where(_o.id == id)).scalar_one()
    changes = {"email_verified": proved, "email_verified_at": tx.now}
    tx.execute(accounts.update().where(accounts.c.id == account).values(changes))
    tx.network_changed(account)


def own_address(account: Account) -> str | None:
    """The address that an account wants to write from, if it has one of its own."""
    _, address = parseaddr(str((account.messages or {}).get("from") or ""))
    return address or None


def proved_sender(account: Account) -> str | None:
    """The account's own sender, with its name, once it has proved the address."""
    address = own_address(account)
    if address is None or account.email_verified != normal(address):
        return None
    return str((account.messages or {})["from"])


def _owner(tx: Tx, account: str) -> str:
    network = tx.network(account)
    for agent in network.agents.values():
        if agent.role == "owner" and agent.email:
            return agent.email
    raise NotFound("owner with an e-mail address", network.account.slug)
