"""Keys of programs that use our own interfaces: for what, from where and until when each holds.

`turnero_live_<8 letters>_<32 letters><6 of a checksum>`: the prefix tells what it is to whoever finds it, the checksum
tells a typing error from a guess without a look into the database. Only a hash of the whole is kept; the secret part
has 190 random bits, so a plain one cannot be guessed backwards.
"""

import hashlib
import hmac
import re
import secrets
import string
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from qms.domain import access
from qms.domain.addresses import networks
from qms.domain.audit import OPERATOR
from qms.domain.complaint import complaint
from qms.domain.errors import Conflict, Invalid, NotAuthenticated, NotFound
from qms.domain.network import Agent, Network
from qms.services import keys
from qms.services.keys import ApiKey, IssuedKey
from qms.store.schema.access import api_key
from qms.store.tx import Tx

KIND = "program"
PREFIX = "turnero_live_"
OVERLAP = timedelta(hours=24)
"""How long a key that was replaced holds beside the new one, unless somebody says otherwise."""

MOST_OVERLAP = timedelta(days=7)
LETTERS = string.digits + string.ascii_uppercase + string.ascii_lowercase
FORM = re.compile(r"turnero_live_([0-9A-Za-z]{8})_([0-9A-Za-z]{32})([0-9A-Za-z]{6})")
_c = api_key.c


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What a key is to be good for: scopes, at branches (none named: all), from addresses (none named: any)."""

    label: str = ""
    scopes: Sequence[str]
    branches: Sequence[str] = ()
    addresses: Sequence[str] = ()
    expires_at: datetime | None = None


def issue(tx: Tx, *, account: str, wish: Wish, by: str = OPERATOR) -> IssuedKey:
    """A new key; branches by id or key.

    Raises:
        NotFound: no such account or branch. Invalid: no scope, an unknown one, no address where one should be, or its
            time is over.
    """
    if not wish.scopes or not set(wish.scopes) <= set(access.SCOPES):
        raise Invalid("scopes", complaint("some of %(known)s", known=", ".join(access.SCOPES)))
    keys.require_to_come(tx, wish.expires_at)
    network, id = tx.network(account), tx.new_id()
    prefix, text = _new()
    row = {
        "id": id,
        "account_id": account,
        "kind": KIND,
        "roles": sorted(set(wish.scopes)),
        "label": wish.label,
        "prefix": prefix,
        "secret_hash": hash_of(text),
        "addresses": networks(wish.addresses),
        "branches": [network.branches.find(one).id for one in wish.branches],
        "created_at": tx.now,
        "expires_at": wish.expires_at,
    }
    tx.execute(api_key.insert(), row)
    tx.note(account, by, "key.issued", id, {"kind": KIND, "scopes": row["roles"]})
    return IssuedKey(id=id, kind=KIND, account=network.account.slug, token=text, expires=wish.expires_at)


def rotate(tx: Tx, *, account: str, id: str, overlap: timedelta = OVERLAP, by: str = OPERATOR) -> IssuedKey:
    """A new key that is good for the same; the old one holds for a while beside it, and no third one is made meanwhile.

    Raises:
        NotFound: the account has no such program's key. Conflict: it was replaced already, or is over.
    """
    old = keys.find_key(tx, id=id)
    if old is None or old.account_id != account or old.kind != KIND:
        raise NotFound("key", id)
    if old.replaced_by is not None:
        raise Conflict("key", complaint("it is replaced already"))
    until = tx.now + min(max(overlap, timedelta()), MOST_OVERLAP)
    wish = Wish(
        label=old.label,
        scopes=old.roles,
        branches=[one for one in old.branches if one in tx.network(account).branches],
        addresses=old.addresses,
        expires_at=old.expires_at,
    )
    new = issue(tx, account=account, wish=wish, by=by)
    ends = until if old.expires_at is None else min(until, old.expires_at)
    tx.execute(api_key.update().where(_c.id == old.id).values(replaced_by=new.id, expires_at=ends))
    tx.note(account, by, "key.replaced", old.id, {"by": new.id})
    return new


def holder(tx: Tx, *, text: str, address: str) -> ApiKey:
    """The key that a program shows. Whatever it shows, one hash is made and compared.

    Raises:
        NotAuthenticated: it is none of ours, over or taken back, or comes from elsewhere than it may.
    """
    shown, form = hash_of(text), FORM.fullmatch(text)
    prefix = form[1] if form is not None and sound(text) else ""
    row = tx.execute(sa.select(_c.id, _c.secret_hash).where(_c.prefix == prefix)).first()
    same = hmac.compare_digest(row.secret_hash if row is not None else hash_of(""), shown)
    key = keys.find_key(tx, id=row.id) if row is not None and same else None
    if key is None or not key.admits(address):
        raise NotAuthenticated("key")
    return key


def stand_in(network: Network, key: ApiKey) -> Agent:
    """A program as somebody who supervises the key's branches, for those who ask whose branches may be seen."""
    domain = next((branch.domain_id for branch in network.branches.values()), "")
    return Agent(
        id=key.id,
        account_id=key.account_id,
        key=key.label or key.id,
        domain_id=domain,
        firstname=key.label,
        lastname="",
        email=None,
        role="supervisor",
        supervises=tuple(key.branches),
    )


def sound(text: str) -> bool:
    """Whether a text has the form and the checksum of a key: it may be one, or be leaked."""
    form = FORM.fullmatch(text)
    return form is not None and hmac.compare_digest(form[3], _checksum(text[:-6]))


def hash_of(text: str) -> str:
    """What is kept of a key."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _new() -> tuple[str, str]:
    prefix, secret = ("".join(secrets.choice(LETTERS) for _ in range(size)) for size in (8, 32))
    body = f"{PREFIX}{prefix}_{secret}"
    return prefix, body + _checksum(body)


def _checksum(body: str) -> str:
    number, letters = zlib.crc32(body.encode()), ""
    for _ in range(6):
        number, digit = divmod(number, len(LETTERS))
        letters = LETTERS[digit] + letters
    return letters
