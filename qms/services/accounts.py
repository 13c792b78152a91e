"""Accounts, by the names that people know them by."""

import sqlalchemy as sa

from qms.domain.errors import NotFound
from qms.store.schema.network import account as accounts
from qms.store.tx import Tx


def account_id(tx: Tx, *, slug: str) -> str:
    """The id of the account with this slug.

    Raises:
        NotFound: there is none.
    """
    id = tx.execute(sa.select(accounts.c.id).where(accounts.c.slug == slug)).scalar() if "\0" not in slug else None
    if id is None:
        raise NotFound("account", slug)
    return str(id)
