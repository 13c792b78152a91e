"""Applications, by the ids that callers know them by without saying whose they are."""

import sqlalchemy as sa

from qms.domain.errors import NotFound
from qms.domain.network import Application
from qms.store.schema.network import account as accounts
from qms.store.schema.network import application
from qms.store.tx import Tx

_a = application.c


def find_application(tx: Tx, *, id: str) -> Application:
    """The application with this id, whichever account it belongs to.

    Raises:
        NotFound: there is none, or not any more.
    """
    columns = [_a[name] for name in Application.__dataclass_fields__]
    known = sa.select(*columns).where(_a.id == id, _a.retired_at.is_(None))
    found = tx.first(Application, known) if "\0" not in id else None
    if found is None:
        raise NotFound("application", id)
    return found


def any_open(tx: Tx) -> bool:
    """Whether any account lets pages of other origins call everything."""
    return any(options.get("cors") == "everywhere" for options in _options(tx))


def prefixes(tx: Tx) -> frozenset[str]:
    """The paths that accounts want in front of the addresses of their applications."""
    return frozenset(str(prefix) for options in _options(tx) if (prefix := options.get("auvious_prefix")))


def _options(tx: Tx) -> list[dict[str, object]]:
    return list(tx.execute(sa.select(accounts.c.options)).scalars())
