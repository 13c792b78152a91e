"""Accounts, by the names that people know them by."""

from collections.abc import Mapping

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


def way_in(tx: Tx, *, slug: str) -> Mapping[str, str] | None:
    """By which provider people of an account may sign in: the account's `slug`, the provider's `name`. None: by none.

    Without a slug, that of the only account there is.
    """
    asked = sa.select(accounts.c.id).where(accounts.c.slug == slug) if slug else sa.select(accounts.c.id)
    ids = tx.execute(asked.limit(2)).scalars().all() if "\0" not in slug else []
    if len(ids) != 1:
        return None
    account = tx.network(ids[0]).account
    return {"account": account.slug, "name": account.sign_in["name"]} if account.sign_in else None
