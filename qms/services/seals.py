"""What the vault has sealed in this database: whether it opens, sealed anew with another secret, or given up."""

from typing import Any

import sqlalchemy as sa

from qms.domain.audit import OPERATOR
from qms.services import keys, webhooks
from qms.store.columns import SEAL
from qms.store.schema import access
from qms.store.schema import network as tables
from qms.store.tx import Tx
from qms.store.vault import all_sealed_columns

PROOF = "seal"
"""Under this name the installation keeps a text that is sealed: whatever opens it opens the rest."""

_i = access.installation.c


def proven(tx: Tx) -> bool:
    """Whether anything was sealed here yet; then the vault opens it.

    Raises:
        NotOpened: it was sealed with another secret.
    """
    sealed = tx.execute(sa.select(_i.value).where(_i.name == PROOF)).scalar()
    tx.vault.open(_i.value, PROOF, sealed)
    return sealed is not None


def begin(tx: Tx) -> None:
    """From now on things are sealed with the vault's secret, unless somebody else has begun with another.

    Raises:
        NotOpened: somebody has.
    """
    tx.add_unless_there(access.installation, _proof(tx))
    proven(tx)


def stale(tx: Tx) -> int:
    """How many values are still sealed with a secret of before."""
    return sum(len(_stale(tx, column)) for column in all_sealed_columns())


def seal_anew(tx: Tx) -> int:
    """Seal everything with the present secret; how many values that were.

    Raises:
        NotOpened: something was sealed with a secret that is neither the present one nor the one of before.
    """
    tx.take_time()
    done = 0
    for column in all_sealed_columns():
        (key,) = column.table.primary_key.columns
        for id, before in _stale(tx, column):
            sealed = tx.vault.seal(column, id, tx.vault.open(column, id, before))
            unchanged = column.table.update().where(key == id, column == before)
            done += tx.execute(unchanged.values({column.name: sealed})).rowcount
    tx.execute(access.installation.update().where(_i.name == PROOF).values(_proof(tx)))
    return done


def signed_keys(tx: Tx) -> dict[str, int]:
    """Of each account, by its slug, the keys that hold and that the installation's secret has signed."""
    a, k = tables.account.c, access.api_key.c
    holds = k.revoked_at.is_(None) & (k.expires_at.is_(None) | (k.expires_at > tx.now))
    mine = sa.select(a.slug, sa.func.count()).join(access.api_key, k.account_id == a.id)
    rows = tx.execute(mine.where(holds, k.kind.in_(keys.KINDS)).group_by(a.slug).order_by(a.slug))
    return {slug: count for slug, count in rows}


def give_up(tx: Tx) -> dict[str, str]:
    """Go on without a secret that is lost: what it had sealed is gone. The new secrets of webhooks, by account/key.

    People prove themselves by their passwords alone, and what a network file says is to be applied again.
    """
    a, w = tables.account.c, tables.webhook.c
    for table in (access.second_factor, access.recovery_code):
        tx.execute(table.delete())
    tx.execute(tables.account.update().values(sign_in=None, messages=None, option_secrets=None, version=a.version + 1))
    made: dict[str, str] = {}
    for id, slug, key in tx.execute(sa.select(w.id, a.slug, w.key).join(tables.account, a.id == w.account_id)).all():
        made[f"{slug}/{key}"] = secret = webhooks.new_secret()
        anew: dict[str, Any] = {"secret": secret, "previous_secret": None, "secrets": {}, "headers": {}}
        tx.execute(tables.webhook.update().where(w.id == id).values(tx.vault.seal_row(tables.webhook, id, anew)))
    tx.execute(access.installation.update().where(_i.name == PROOF).values(_proof(tx)))
    for id in tx.execute(sa.select(a.id)).scalars():
        tx.note(id, OPERATOR, "secrets.given_up", id)
    return made


def _proof(tx: Tx) -> dict[str, str | None]:
    return {"name": PROOF, "value": tx.vault.seal(_i.value, PROOF, "turnero")}


def _stale(tx: Tx, column: "sa.Column[Any]") -> list[tuple[str, str]]:
    (key,) = column.table.primary_key.columns
    fresh = column.startswith(f"{SEAL}{tx.vault.name}:", autoescape=True)
    return [(id, sealed) for id, sealed in tx.execute(sa.select(key, column).where(column.is_not(None), ~fresh))]
