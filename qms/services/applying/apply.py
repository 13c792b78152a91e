"""The order in which a network file is applied."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal

import sqlalchemy as sa

from qms.domain.complaint import complaint
from qms.domain.errors import Conflict
from qms.domain.network_file import BranchDecl, KioskDecl, NetworkFile, ScreenDecl, WebhookDecl
from qms.domain.network_file.kept import restored
from qms.services import webhooks
from qms.services.applying import counting, domains, revisions, rows, tokens
from qms.services.applying.applied import Applied, Change, DryRun
from qms.services.applying.retirement import let_go
from qms.services.applying.stored_devices import BY_THE_FILE
from qms.services.applying.upsert import Upserts
from qms.store.schema import access, booking
from qms.store.schema import network as tables
from qms.store.tx import Tx

KINDS = (
    tables.branch,
    tables.poc,
    tables.form,
    tables.queue,
    tables.agent,
    tables.service,
    tables.webhook,
    tables.screen,
    tables.kiosk,
    tables.application,
)

BY_COMMAND = "apply"
"""Who has applied a file that nobody in particular has."""


def apply_network(
    tx: Tx,
    *,
    file: NetworkFile,
    hashes: Mapping[str, str],
    prune: bool = False,
    dry_run: bool = False,
    by: str = BY_COMMAND,
) -> Applied:
    """Make the database be what the file says. Every routing domain of the account has to be held.

    What the file does not mention stays, and is told; with `prune` it is retired: it takes no more part, and its
    history stays. `by` is the id of the agent who does it.

    Raises:
        DryRun: asked for; carries what would have been done. Conflict: an id or token is another account's.
    """
    tx.take_time()
    applied = Applied(account=file.account.slug, warnings=file.warnings)
    put = Upserts(tx, _account(tx, file, applied), file.account.slug, applied)
    _places(put, file, prune=prune)
    _people(put, file, hashes)
    _devices(put, file, prune=prune)
    retired = {table.name: put.retire_others(table, prune=prune) for table in reversed(KINDS)}
    let_go(tx, retired)
    with counting.going_on(tx, put.account, put.shown):
        moved = domains.arrange(tx, put.account)
    if applied.changes or moved:
        tx.network_changed(put.account)
        changes = [str(change) for change in applied.changes]
        tx.note(put.account, by, "network.applied", applied.account, changes)
        revisions.record(tx, account=put.account, by=by, applied=applied)
    if dry_run:
        raise DryRun(applied.undone())
    return applied


def domains_of(tx: Tx, *, slug: str) -> list[str]:
    """The routing domains of an account, to be held while its network is changed."""
    account, domain = tables.account.c, tables.routing_domain.c
    of_slug = sa.select(account.id).where(account.slug == slug).scalar_subquery()
    return list(tx.execute(sa.select(domain.id).where(domain.account_id == of_slug).order_by(domain.id)).scalars())


def _account(tx: Tx, file: NetworkFile, applied: Applied) -> str:
    """The account's row, locked, so that its domains are known for certain.

    Raises:
        Conflict: its id is another account's. DomainMoved: a routing domain of the account is not held.
    """
    account, table = file.account, tables.account
    wanted = rows.account_row(file)
    values = {"id": account.id, "slug": account.slug, "version": 1, **wanted}
    added = tx.add_unless_there(table, tx.vault.seal_row(table, account.id, values))
    found = tx.execute(sa.select(table).where(table.c.slug == account.slug).with_for_update()).mappings().first()
    if found is None:
        raise Conflict("account", complaint("the id %(id)s is in use by another account", id=account.id))
    for domain in domains_of(tx, slug=account.slug):
        tx.hold(domain)
    row = tx.vault.open_row(table, found)
    wanted = restored(wanted, None if added else row, "account")
    changed = {name: value for name, value in wanted.items() if row[name] != value}
    if changed:
        tx.execute(table.update().where(table.c.id == row["id"]).values(tx.vault.seal_row(table, row["id"], changed)))
    if added or changed:
        action: Literal["add", "change"] = "add" if added else "change"
        told = dict.fromkeys("options" if name == "option_secrets" else name for name in changed)
        applied.changes.append(Change(action=action, kind="account", key=account.slug, fields=tuple(told)))
    return str(row["id"])


def _places(put: Upserts, file: NetworkFile, *, prune: bool) -> None:
    somewhere = {"domain_id": domains.placeholder(put.tx, put.account)}
    for n, branch in enumerate(file.branches):
        put.put(tables.branch, branch.key, branch.id, rows.branch_row(branch), rank=n, made=somewhere)
    _pocs(put, file.branches, prune=prune)
    for n, form in enumerate(file.forms):
        put.put(tables.form, form.key, form.id, rows.form_row(form), rank=n)
    for n, queue in enumerate(file.queues):
        put.put(tables.queue, queue.key, queue.id, rows.queue_row(queue, put.ids), rank=n, made=somewhere)
    for n, application in enumerate(file.account.applications):
        wanted = {"queue_id": put.ids[("queue", application.queue)] if application.queue else None}
        _call_application(put, application.key, application.id)
        put.put(tables.application, application.key, application.id, wanted, rank=n)


def _pocs(put: Upserts, branches: Sequence[BranchDecl], *, prune: bool) -> None:
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
    for n, ((_, poc, here), bearer, (token, _)) in enumerate(zip(found, bearers, settled, strict=True)):
        wanted = rows.poc_row(poc) | {"token": token}
        put.put(tables.poc, poc.key, poc.id, wanted, rank=n, label=bearer.label, branch_id=here)


def _call_application(put: Upserts, key: str, id: str) -> None:
    """An application that the file gives another id is called by it everywhere: ids of applications are opaque."""
    c = tables.application.c
    mine = (c.account_id == put.account) & (c.key == key) & c.retired_at.is_(None) & (c.id != id)
    before = put.tx.execute(sa.select(c.id).where(mine)).scalar()
    if before is None:
        return
    if put.tx.execute(sa.select(c.id).where(c.id == id)).first() is not None:
        raise Conflict("application", complaint("the id %(id)s is in use already", id=id))
    put.tx.execute(tables.application.update().where(c.id == before).values(id=id))
    for table in (access.api_key, booking.appointment):
        put.tx.execute(table.update().where(table.c.application_id == before).values(application_id=id))
    put.applied.changes.append(Change(action="change", kind="application", key=key, fields=("id",)))


def _people(put: Upserts, file: NetworkFile, hashes: Mapping[str, str]) -> None:
    somewhere = {"domain_id": domains.placeholder(put.tx, put.account)}
    for n, agent in enumerate(file.agents):
        put.put(tables.agent, agent.key, agent.id, rows.agent_row(agent, put.ids, hashes), rank=n, made=somewhere)
    for n, service in enumerate(file.services):
        put.put(tables.service, service.key, service.id, rows.service_row(service, put.ids), rank=n)


def _devices(put: Upserts, file: NetworkFile, *, prune: bool) -> None:
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
    put.put(table, webhook.key, webhook.id, wanted, rank=rank)


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
    for n, (device, row, (token, made)) in enumerate(zip(declared, wanted, settled, strict=True)):
        put.applied.note_token(table.name, device.key, token, made=made)
        put.shows(put.put(table, device.key, device.id, {**row, "token": token}, rank=n), row)
