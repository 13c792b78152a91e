"""Logins: agents prove who they are with e-mail and password, and come back with a token.

A token is a random secret that only its holder knows: the database keeps its hash, so it survives restarts and is good
at every process. Only failed attempts are counted, in machine time; a login's end is business time.
"""

import hashlib
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import sqlalchemy as sa

from qms.domain.errors import NotAuthenticated, TooManyAttempts
from qms.domain.network import Agent
from qms.services import presence
from qms.store import sessions
from qms.store.columns import instant, micros
from qms.store.schema.access import failed_login, login
from qms.store.schema.network import account as accounts
from qms.store.tx import Tx

FAILURES = 5
"""So many failed attempts for one e-mail address of an account from one network address …"""

FAILURES_IN_ALL = 60
"""… or so many from one network address, for whatever e-mail addresses: nobody tries one password on everybody …"""

MOST_NOTED = 5
"""So many failures of an account within this time are in its audit log; of more there is no word but the last's."""

WINDOW = timedelta(minutes=1)
"""… within this time, and the next is refused unseen."""

_l, _f, _a = login.c, failed_login.c, accounts.c

_HOLDERS = """SELECT token_hash, id, account_id, agent_id, expires_at FROM login
WHERE token_hash IN ({marks}) AND kind = :kind AND ended_at IS NULL AND expires_at > :now"""

_COUNT = """INSERT INTO failed_login (scope, count, since) VALUES (:scope, 1, :now)
ON CONFLICT (scope) DO UPDATE SET count = failed_login.count + 1 RETURNING count"""

ANYBODY = "anybody"
"""Whom the audit log names where nobody has proved who he is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Login:
    """Somebody who has proved who he is."""

    id: str
    account_id: str
    agent: Agent
    expires_at: datetime

    @property
    def domain(self) -> str:
        """The routing domain that the agent's commands hold."""
        return self.agent.domain_id


def hash_of(token: str) -> str:
    """What is stored of a token: it has 256 random bits, so a plain hash cannot be guessed backwards."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def scope_of(kind: str, account: str, email: str, address: str) -> str:
    """For whom attempts are counted: an e-mail address of an account, at one network address."""
    return hashlib.sha256("\0".join((kind, account, email.casefold(), address)).encode()).hexdigest()


def crowd_of(address: str) -> str:
    """For whom attempts on all e-mail addresses are counted: a network address."""
    return hashlib.sha256(f"address\0{address}".encode()).hexdigest()


def candidate(tx: Tx, *, account: str, email: str, scope: str) -> Agent | None:
    """Who would come in with the right password; `account` is a slug.

    Raises:
        TooManyAttempts: too many have failed just now.
    """
    check(tx, scope=scope)
    id = tx.execute(sa.select(accounts.c.id).where(accounts.c.slug == account)).scalar()
    agents = tx.network(id).agents.values() if id is not None else ()
    return next((a for a in agents if a.email is not None and a.email.casefold() == email.casefold()), None)


def check(tx: Tx, *, scope: str, most: int = FAILURES) -> None:
    """Let another attempt be made.

    Raises:
        TooManyAttempts: too many have failed just now.
    """
    failed = tx.execute(sa.select(_f["count"], _f.since).where(_f.scope == scope)).first()
    if failed is not None and failed[0] >= most and abs(tx.machine_now - failed[1]) < WINDOW:
        raise TooManyAttempts((failed[1] + WINDOW - tx.machine_now).total_seconds())


def fail(tx: Tx, *, scope: str, crowd: str | None = None, account: str = "") -> None:
    """Count an attempt that failed; what was counted long ago is forgotten on the way.

    The audit log of the `account`, by slug or id, says that somebody failed, and by a fingerprint whether it is the
    same one again: not who, nor what was wrong.
    """
    over = (_f.since <= tx.machine_now - WINDOW) | (_f.since >= tx.machine_now + WINDOW)  # or the clock was ahead
    tx.execute(failed_login.delete().where(over))
    id = tx.execute(sa.select(_a.id).where((_a.slug == account) | (_a.id == account))).scalar() if account else None
    noted = f"noted {id}" if id is not None else None
    for one in sorted(filter(None, (scope, crowd, noted))):  # in one order, so that nobody waits crosswise
        ((count,),) = tx.raw(_COUNT, {"scope": one, "now": micros(tx.machine_now)})
        if id is not None and one == noted and count <= MOST_NOTED:
            more = {"more_not_noted": True} if count == MOST_NOTED else {}
            tx.note(id, ANYBODY, "login.failed", scope[:12], more)


def start(tx: Tx, *, kind: str, agent: Agent, scope: str, lasts: timedelta) -> tuple[str, Login]:
    """Let an agent in whose password was right: his token, which is seen only now, and his login."""
    token = secrets.token_urlsafe(32)
    new = Login(id=tx.new_id(), account_id=agent.account_id, agent=agent, expires_at=tx.now + lasts)
    row = {"id": new.id, "account_id": new.account_id, "agent_id": agent.id, "kind": kind, "created_at": tx.now}
    tx.execute(login.insert(), {**row, "token_hash": hash_of(token), "expires_at": new.expires_at})
    tx.execute(failed_login.delete().where(_f.scope == scope))
    tx.note(agent.account_id, agent.id, "login.started", new.id, {"kind": kind})
    return token, new


def holder(tx: Tx, *, kind: str, token_hash: str) -> Login:
    """Whose token this is.

    Raises:
        NotAuthenticated: nobody's, or not any more.
    """
    found = holders(tx, [token_hash], kind=kind)
    if token_hash not in found:
        raise NotAuthenticated("login")
    return found[token_hash]


def holders(tx: Tx, token_hashes: Sequence[str], *, kind: str) -> Mapping[str, Login]:
    """Whose tokens these are, by hash; what is nobody's, or not any more, is missing."""
    found: dict[str, Login] = {}
    asked = {"kind": kind, "now": micros(tx.now)}
    for token_hash, id, account, agent_id, expires_at in tx.raw_of(_HOLDERS, token_hashes, asked):
        agent = tx.network(account).agents.get(agent_id)
        if agent is not None:
            found[token_hash] = Login(id=id, account_id=account, agent=agent, expires_at=instant(expires_at))
    return found


def live(tx: Tx, *, kind: str, id: str) -> Login:
    """The login with this id.

    Raises:
        NotAuthenticated: there is none, or it has ended.
    """
    where = (_l.id == id) & (_l.kind == kind) & _l.ended_at.is_(None) & (_l.expires_at > tx.now)
    row = tx.execute(sa.select(_l.account_id, _l.agent_id, _l.expires_at).where(where)).first()
    agent = tx.network(row.account_id).agents.get(row.agent_id) if row is not None else None
    if row is None or agent is None:
        raise NotAuthenticated("login")
    return Login(id=id, account_id=row.account_id, agent=agent, expires_at=row.expires_at)


def prolong(tx: Tx, *, kind: str, id: str, lasts: timedelta) -> Login:
    """Let a login go on for so long from now.

    Raises:
        NotAuthenticated: there is none, or it has ended.
    """
    prolonged = replace(live(tx, kind=kind, id=id), expires_at=tx.now + lasts)
    tx.execute(login.update().where(_l.id == id).values(expires_at=prolonged.expires_at))
    return prolonged


def end(tx: Tx, *, id: str, by: str | None = None) -> None:
    """End a login; `by` somebody else, where it was not its holder, nor its time.

    With an agent's last one at a desk his session ends; whom he serves is not sent away by that.
    """
    columns = (_l.account_id, _l.agent_id, _l.kind, _l.ended_at)
    row = tx.execute(sa.select(*columns).where(_l.id == id)).first()
    if row is None or row.ended_at is not None:
        return
    session = sessions.of_agent(tx, row.agent_id) if row.kind == "desk" else None
    if session is not None:
        tx.hold(session.domain_id)
    tx.execute(login.update().where(_l.id == id).values(ended_at=tx.now))
    tx.note(row.account_id, by or row.agent_id, "login.ended", id, {"agent": row.agent_id})
    agent = tx.network(row.account_id).agents.get(row.agent_id)
    tx.tell(f"agent:{row.agent_id}", *([f"domain:{agent.domain_id}"] if agent is not None else []))
    live = (_l.agent_id == row.agent_id) & (_l.kind == row.kind) & _l.ended_at.is_(None) & (_l.expires_at > tx.now)
    if session is not None and tx.execute(sa.select(_l.id).where(live).limit(1)).first() is None:
        leave = presence.lose if session.state == "busy" else presence.sign_out
        leave(tx, session)


def outlived(tx: Tx, *, limit: int = 100) -> list[str]:
    """Logins whose time is over and that nobody has ended: the ids, to be ended one by one."""
    where = _l.ended_at.is_(None) & (_l.expires_at <= tx.now)
    return list(tx.execute(sa.select(_l.id).where(where).order_by(_l.expires_at).limit(limit)).scalars())
