"""The order in which a network file is applied."""

from collections.abc import Mapping
from typing import Literal

import sqlalchemy as sa

from qms.domain.complaint import complaint
from qms.domain.errors import Conflict
from qms.domain.network_file import NetworkFile
from qms.domain.network_file.kept import restored
from qms.services.applying import counting, devices, domains, revisions, rows
from qms.services.applying.applied import Applied, Change, DryRun
from qms.services.applying.retirement import let_go
from qms.services.applying.upsert import Upserts, wanted_of
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
    devices.put_devices(put, file, prune=prune)
    retired = {table.name: put.retire_others(table, prune=prune) for table in reversed(KINDS)}
    let_go(tx, retired)
    with counting.going_on(tx, put.account, put.shown):
        moved = domains.arrange(tx, put.account, put.added)
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
    made, places = {"domain_id": domains.placeholder(put.tx, put.account)}, file.branches
    put.put(tables.branch, wanted_of(places, map(rows.branch_row, places), made=made))
    devices.put_pocs(put, places, prune=prune)
    put.put(tables.form, wanted_of(file.forms, map(rows.form_row, file.forms)))
    put.put(tables.queue, wanted_of(file.queues, [rows.queue_row(one, put.ids) for one in file.queues], made=made))
    applications = file.account.applications
    for application in applications:
        _call_application(put, application.key, application.id)
    put.put(tables.application, wanted_of(applications, [rows.application_row(one, put.ids) for one in applications]))


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
    made = {"domain_id": domains.placeholder(put.tx, put.account)}
    agents = [rows.agent_row(agent, put.ids, hashes) for agent in file.agents]
    put.put(tables.agent, wanted_of(file.agents, agents, made=made))
    put.put(tables.service, wanted_of(file.services, [rows.service_row(one, put.ids) for one in file.services]))
