"""The order in which a network file is applied."""

import base64
import secrets
from collections.abc import Mapping

import sqlalchemy as sa

from qms.domain.network_file import AccountDecl, NetworkFile
from qms.domain.ticket import Ticket
from qms.services import presence
from qms.services.applying import domains, rows
from qms.services.applying.applied import Applied, Change, DryRun
from qms.services.applying.upsert import Upserts
from qms.services.events import ticket_event
from qms.store import sessions, tickets
from qms.store.schema import access, work
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


def apply_network(
    tx: Tx, *, file: NetworkFile, hashes: Mapping[str, str], prune: bool = False, dry_run: bool = False
) -> Applied:
    """Make the database be what the file says. Every routing domain of the account has to be held.

    What the file does not mention stays, and is told; with `prune` it is retired: it takes no more part, and its
    history stays.

    Raises:
        DryRun: asked for; carries what would have been done. Conflict: a token or application is another account's.
    """
    applied = Applied(account=file.account.slug, warnings=[str(w) for w in file.warnings])
    put = Upserts(tx, _account(tx, file.account, applied), file.account.slug, applied)
    _places(put, file)
    _people(put, file, hashes)
    _devices(put, file)
    retired = {table.name: put.retire_others(table, prune=prune) for table in reversed(KINDS)}
    _let_go(tx, put.account, retired)
    moved = domains.arrange(tx, put.account)
    if applied.changes or moved:
        account = tables.account
        tx.execute(account.update().where(account.c.id == put.account).values(version=account.c.version + 1))
        _audit(tx, put.account, applied)
        tx.tell(f"network:{put.account}")
    if dry_run:
        raise DryRun(applied)
    return applied


def domains_of(tx: Tx, *, slug: str) -> list[str]:
    """The routing domains of an account, to be held while its network is changed."""
    account, domain = tables.account.c, tables.routing_domain.c
    of_slug = sa.select(account.id).where(account.slug == slug).scalar_subquery()
    return list(tx.execute(sa.select(domain.id).where(domain.account_id == of_slug).order_by(domain.id)).scalars())


def _account(tx: Tx, account: AccountDecl, applied: Applied) -> str:
    table, wanted = tables.account, rows.account_row(account)
    row = tx.execute(sa.select(table).where(table.c.slug == account.slug)).mappings().first()
    if row is None:
        tx.execute(table.insert(), {"id": account.id, "slug": account.slug, "version": 1, **wanted})
        applied.changes.append(Change(action="add", kind="account", key=account.slug))
        return account.id
    changed = {name: value for name, value in wanted.items() if row[name] != value}
    if changed:
        tx.execute(table.update().where(table.c.id == row["id"]).values(changed))
        applied.changes.append(Change(action="change", kind="account", key=account.slug, fields=tuple(changed)))
    return str(row["id"])


def _places(put: Upserts, file: NetworkFile) -> None:
    somewhere = {"domain_id": domains.placeholder(put.tx, put.account)}
    poc_rank = 0
    for n, branch in enumerate(file.branches):
        here = put.put(tables.branch, branch.key, branch.id, rows.branch_row(branch), rank=n, made=somewhere)
        for poc in branch.pocs:
            label = f"{branch.key}/{poc.key}"
            token = {"token": poc.token or secrets.token_urlsafe(24)}
            wanted = rows.poc_row(poc, here) | ({"token": poc.token} if poc.token else {})
            put.put(tables.poc, poc.key, poc.id, wanted, rank=poc_rank, made=token, label=label, branch_id=here)
            poc_rank += 1
    for n, form in enumerate(file.forms):
        put.put(tables.form, form.key, form.id, rows.form_row(form), rank=n)
    for n, queue in enumerate(file.queues):
        put.put(tables.queue, queue.key, queue.id, rows.queue_row(queue, put.ids), rank=n, made=somewhere)
    for n, application in enumerate(file.account.applications):
        wanted = {"queue_id": put.ids[("queue", application.queue)] if application.queue else None}
        put.put(tables.application, application.key, application.id, wanted, rank=n)


def _people(put: Upserts, file: NetworkFile, hashes: Mapping[str, str]) -> None:
    somewhere = {"domain_id": domains.placeholder(put.tx, put.account)}
    for n, agent in enumerate(file.agents):
        put.put(tables.agent, agent.key, agent.id, rows.agent_row(agent, put.ids, hashes), rank=n, made=somewhere)
    for n, service in enumerate(file.services):
        put.put(tables.service, service.key, service.id, rows.service_row(service, put.ids), rank=n)


def _devices(put: Upserts, file: NetworkFile) -> None:
    for n, webhook in enumerate(file.webhooks):
        made, wanted = {}, rows.webhook_row(webhook)
        state = "active" if webhook.active else "disabled"
        if webhook.secret is not None:
            wanted["secret"] = webhook.secret
        else:
            made["secret"] = "whsec_" + base64.b64encode(secrets.token_bytes(32)).decode()
        if not webhook.active:
            wanted |= {"state": state, "disabled_reason": "in the network file"}
        before = len(put.applied.changes)
        put.put(tables.webhook, webhook.key, webhook.id, wanted, rank=n, made={"state": state, **made})
        added = [c for c in put.applied.changes[before:] if c.action == "add"]
        if added and made:
            put.applied.secrets.setdefault("webhook", {})[webhook.key] = made["secret"]
    for n, screen in enumerate(file.screens):
        token = {"token": put.token(tables.screen, "screen", screen.key, screen.token)}
        put.put(tables.screen, screen.key, screen.id, rows.screen_row(screen, put.ids) | token, rank=n)
    for n, kiosk in enumerate(file.kiosks):
        token = {"token": put.token(tables.kiosk, "kiosk", kiosk.key, kiosk.token)}
        put.put(tables.kiosk, kiosk.key, kiosk.id, rows.kiosk_row(kiosk, put.ids) | token, rank=n)


def _let_go(tx: Tx, account: str, retired: Mapping[str, list[str]]) -> None:
    """End what retired things still hold: sessions and logins of agents, people who wait in queues."""
    for agent in retired.get("agent", ()):
        login = access.login
        tx.execute(login.update().where(login.c.agent_id == agent).values(ended_at=tx.machine_now))
        session = sessions.of_agent(tx, agent)
        if session is not None:
            presence.lose(tx, session)
    for queue in retired.get("queue", ()):
        t = work.ticket.c
        where = (t.account_id == account) & (t.queue_id == queue) & (t.state == "waiting")
        for ticket in tx.all(Ticket, sa.select(work.ticket).where(where)):
            ticket_event(tx, "ticket.cancelled", tickets.save(tx, ticket, ticket.cancel(tx.now, "queue retired")))


def _audit(tx: Tx, account: str, applied: Applied) -> None:
    row = {"id": tx.new_id(), "account_id": account, "at": tx.now, "actor": "apply", "action": "network.applied"}
    tx.execute(
        access.audit.insert(), {**row, "object": applied.account, "data": [str(change) for change in applied.changes]}
    )
