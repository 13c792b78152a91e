"""Routing domains: the branches that share agents or queues form one; what cannot affect each other is apart."""

from collections.abc import Iterable, Mapping, Sequence

import sqlalchemy as sa

from qms.store.schema import network as tables
from qms.store.schema import work
from qms.store.tx import Tx

Node = tuple[str, str]
"""(table, id) of a branch, queue or agent."""


def components(nodes: Iterable[Node], edges: Iterable[tuple[Node, Node]]) -> list[list[Node]]:
    """The connected parts of a graph, each in the order of `nodes`."""
    parent = {node: node for node in nodes}

    def root(node: Node) -> Node:
        while parent[node] != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    for a, b in edges:
        parent[root(a)] = root(b)
    found: dict[Node, list[Node]] = {}
    for node in parent:
        found.setdefault(root(node), []).append(node)
    return list(found.values())


def arrange(tx: Tx, account: str) -> int:
    """Put every branch, queue and agent into its routing domain; how many have moved.

    A part keeps the domain that most of it is in. Live work moves along, and the domain's epoch only grows, so that
    arrivals stay in order.
    """
    now_in = _members(tx, account)
    highest = _epochs(tx, account)
    moved, used = 0, set[str]()
    for part in components(now_in, _edges(tx, account)):
        domain = _keep(part, now_in, used) or _new(tx, account)
        used.add(domain)
        leaving = [node for node in part if now_in[node] != domain]
        for node in leaving:
            _move(tx, node, domain)
        if leaving:
            grown = tables.routing_domain.update().where(tables.routing_domain.c.id == domain)
            tx.execute(grown.values(epoch=highest + 1))
        moved += len(leaving)
    return moved


def placeholder(tx: Tx, account: str) -> str:
    """A domain for rows that are being added, until they are arranged."""
    found = sa.select(tables.routing_domain.c.id).where(tables.routing_domain.c.account_id == account)
    domain: str | None = tx.execute(found.order_by(tables.routing_domain.c.id).limit(1)).scalar()
    return domain or _new(tx, account)


def _members(tx: Tx, account: str) -> dict[Node, str]:
    found: dict[Node, str] = {}
    for table in (tables.branch, tables.queue, tables.agent):
        rows = sa.select(table.c.id, table.c.domain_id).where(
            table.c.account_id == account, table.c.retired_at.is_(None)
        )
        found |= {(table.name, id): domain for id, domain in tx.execute(rows.order_by(table.c.rank, table.c.id))}
    return found


def _edges(tx: Tx, account: str) -> Iterable[tuple[Node, Node]]:
    queue, agent = tables.queue.c, tables.agent.c
    of_account = (queue.account_id == account) & queue.retired_at.is_(None)
    queues = {id: branches for id, branches in tx.execute(sa.select(queue.id, queue.branch_ids).where(of_account))}
    branches = {id for kind, id in _members(tx, account) if kind == "branch"}
    for id, attached in queues.items():
        yield from ((("queue", id), ("branch", branch)) for branch in attached if branch in branches)
    of_account = (agent.account_id == account) & agent.retired_at.is_(None)
    for id, skills in tx.execute(sa.select(agent.id, agent.queues).where(of_account)):
        yield from ((("agent", id), ("queue", queue_id)) for queue_id in skills if queue_id in queues)


def _keep(part: Sequence[Node], now_in: Mapping[Node, str], used: set[str]) -> str | None:
    votes: dict[str, int] = {}
    for node in part:
        if now_in[node] not in used:
            votes[now_in[node]] = votes.get(now_in[node], 0) + (1000 if node[0] == "branch" else 1)
    return max(sorted(votes), key=lambda domain: votes[domain], default=None)


def _new(tx: Tx, account: str) -> str:
    domain = tx.new_id()
    tx.execute(tables.routing_domain.insert(), {"id": domain, "account_id": account, "epoch": 0})
    return domain


def _epochs(tx: Tx, account: str) -> int:
    found = sa.select(sa.func.max(tables.routing_domain.c.epoch)).where(tables.routing_domain.c.account_id == account)
    return int(tx.execute(found).scalar() or 0)


def _move(tx: Tx, node: Node, domain: str) -> None:
    kind, id = node
    table = {"branch": tables.branch, "queue": tables.queue, "agent": tables.agent}[kind]
    tx.execute(table.update().where(table.c.id == id).values(domain_id=domain))
    if kind == "queue":
        t, o = work.ticket.c, work.offer.c
        live = (t.queue_id == id) & t.state.in_(("waiting", "offered", "called", "serving", "parked"))
        tx.execute(work.ticket.update().where(live).values(domain_id=domain, ver=t.ver + 1))
        ringing = (o.queue_id == id) & o.state.in_(("ringing", "accepted"))
        tx.execute(work.offer.update().where(ringing).values(domain_id=domain, ver=o.ver + 1))
    if kind == "agent":
        s = work.session.c
        here = (s.agent_id == id) & s.ended_at.is_(None)
        tx.execute(work.session.update().where(here).values(domain_id=domain, ver=s.ver + 1))
    tx.tell(f"domain:{domain}")
