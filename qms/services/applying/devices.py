"""What has a token or a secret of its own: points of contact, webhooks, screens and kiosks."""

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from qms.domain.network_file import BranchDecl, KioskDecl, NetworkFile, ScreenDecl, WebhookDecl
from qms.services import webhooks
from qms.services.applying import rows, tokens
from qms.services.applying.stored_devices import BY_THE_FILE
from qms.services.applying.upsert import Upserts, Wanted, wanted_of
from qms.store.schema import network as tables


def put_pocs(put: Upserts, branches: Sequence[BranchDecl], *, prune: bool) -> None:
    """Points of contact, whose keys are their branch's."""
    found = [(branch, poc, put.ids[("branch", branch.key)]) for branch in branches for poc in branch.pocs]
    bearers = [
        tokens.Bearer(
            label=f"{branch.key}/{poc.key}",
            row=put.present(tables.poc, poc.key, poc.id, branch_id=here),
            given=poc.token,
        )
        for branch, poc, here in found
    ]
    settled = tokens.settle(put.tx, tables.poc, put.account, bearers, prune=prune)
    wanted = [
        Wanted(
            key=poc.key,
            id=poc.id,
            columns=rows.poc_row(poc) | {"token": token},
            rank=n,
            where={"branch_id": here},
            label=bearer.label,
        )
        for n, ((_, poc, here), bearer, (token, _)) in enumerate(zip(found, bearers, settled, strict=True))
    ]
    put.put(tables.poc, wanted)


def put_devices(put: Upserts, file: NetworkFile, *, prune: bool) -> None:
    """Webhooks, screens and kiosks."""
    for n, webhook in enumerate(file.webhooks):
        _webhook(put, webhook, n)
    _with_tokens(put, tables.screen, file.screens, [rows.screen_row(s, put.ids) for s in file.screens], prune=prune)
    _with_tokens(put, tables.kiosk, file.kiosks, [rows.kiosk_row(k, put.ids) for k in file.kiosks], prune=prune)


def _webhook(put: Upserts, webhook: WebhookDecl, rank: int) -> None:
    """A webhook. One that failed, or that people switched off, is not switched on by applying a file again."""
    table, wanted = tables.webhook, rows.webhook_row(webhook)
    row = put.present(table, webhook.key, webhook.id)
    if webhook.secret is not None:
        wanted["secret"] = webhook.secret
        if row is not None and row["secret"] != webhook.secret:
            wanted |= webhooks.overlapping(put.tx, row["secret"])
    elif row is None:
        wanted["secret"] = webhooks.new_secret()
        put.applied.secrets["webhook"][webhook.key] = wanted["secret"]
    if not webhook.active:
        wanted |= {"state": "disabled", "disabled_reason": BY_THE_FILE}
    elif row is None or row["disabled_reason"] == BY_THE_FILE:
        wanted |= {"state": "active", "disabled_reason": None}
    put.put(table, [Wanted(key=webhook.key, id=webhook.id, columns=wanted, rank=rank)])


def _with_tokens(
    put: Upserts,
    table: sa.Table,
    declared: Sequence[ScreenDecl | KioskDecl],
    wanted: Sequence[Mapping[str, Any]],
    *,
    prune: bool,
) -> None:
    present = [put.present(table, device.key, device.id) for device in declared]
    bearers = [tokens.Bearer(label=d.key, row=row, given=d.token) for d, row in zip(declared, present, strict=True)]
    settled = tokens.settle(put.tx, table, put.account, bearers, prune=prune)
    for device, (token, made) in zip(declared, settled, strict=True):
        put.applied.note_token(table.name, device.key, token, made=made)
    columns = [{**row, "token": token} for row, (token, _) in zip(wanted, settled, strict=True)]
    for before, after in zip(put.put(table, wanted_of(declared, columns)), wanted, strict=True):
        put.shows(before, after)
