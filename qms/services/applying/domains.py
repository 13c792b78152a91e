"""Routing domains: the branches that share agents or queues form one; what cannot affect each other is apart."""

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from datetime import timedelta

import sqlalchemy as sa

from qms.services.applying.written import spread
from qms.store.live import LIVE_OFFER, LIVE_TICKET
from qms.store.schema import network as tables
from qms.store.schema import work
from qms.store.schema.supervision import assignment
from qms.store.tx import Tx

Node = tuple[str, str]
"""(table, id) of a branch, queue or agent."""

Edge = tuple[Node, Node]
"""Two that belong together."""

LATELY = timedelta(days=2)


def components(nodes: Iterable[Node], edges: Iterable[Edge]) -> list[list[Node]]:
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


def arrange(tx: Tx, account: str, added: Container[str] = ()) -> int:
    """Put every branch, queue and agent into its routing domain; how many have moved.

    A part keeps the domain that most of it is in. Live work moves along, and holds together what it involves until
    the next time. The domain's epoch only grows, so that arrivals stay in order. `added`: ids that are new.
    """
    work_edges = _work_edges(tx, account)
    now_in = _members(tx, account, {node for edge in work_edges for node in edge})
    highest = _epochs(tx, account)
    edges = [edge for edge in (*_edges(tx, account), *work_edges) if edge[0] in now_in and edge[1] in now_in]
    to: dict[Node, str] = {}
    used, new = set[str](), list[str]()
    for part in components(now_in, edges):
        domain = _keep(part, now_in, used)
        if domain is None:
            new.append(domain := tx.new_id())
        used.add(domain)
        to |= {node: domain for node in part if now_in[node] != domain}
    _add(tx, account, new)
    _move(tx, to, added)
    grown = tables.routing_domain.update().where(tables.routing_domain.c.id == sa.bindparam("domain"))
    if to:
        tx.execute(grown.values(epoch=highest + 1), [{"domain": domain} for domain in sorted(set(to.values()))])
    return len(to)


def placeholder(tx: Tx, account: str) -> str:
    """A domain for rows that are being added, until they are arranged."""
    found = sa.select(tables.routing_domain.c.id).where(tables.routing_domain.c.account_id == account)
    domain: str | None = tx.execute(found.order_by(tables.routing_domain.c.id).limit(1)).scalar()
    if domain is None:
        _add(tx, account, [domain := tx.new_id()])
    return domain


def _members(tx: Tx, account: str, working: Container[Node]) -> dict[Node, str]:
    """Where everything in use is now, and what is retired but still at work."""
    found: dict[Node, str] = {}
    for table in _TABLES.values():
        c = table.c
        rows = tx.execute(
            sa.select(c.id, c.domain_id, c.retired_at).where(c.account_id == account).order_by(c.rank, c.id)
        )
        found |= {
            (table.name, id): domain
            for id, domain, retired_at in rows
            if retired_at is None or (table.name, id) in working
        }
    return found


def _edges(tx: Tx, account: str) -> Iterator[Edge]:
    """Who belongs together by configuration: queues with their branches, agents with theirs, for now or for good."""
    for table, column, kind in (
        (tables.queue, tables.queue.c.branch_ids, "branch"),
        (tables.agent, tables.agent.c.queues, "queue"),
    ):
        c = table.c
        for id, others in tx.execute(sa.select(c.id, column).where(c.account_id == account, c.retired_at.is_(None))):
            yield from (((table.name, id), (kind, other)) for other in others)
    a = assignment.c
    for id, others in tx.execute(sa.select(a.agent_id, a.queues).where(a.account_id == account)):
        yield from ((("agent", id), ("queue", other)) for other in others)


def _work_edges(tx: Tx, account: str) -> set[Edge]:
    """Who belongs together by work under way: queues with branches where people wait, agents with whom they serve."""
    t, o, d = work.ticket.c, work.offer.c, tables.routing_domain.c
    mine = sa.select(d.id).where(d.account_id == account)  # by the account alone all of its past would be read
    people = sa.select(t.queue_id, t.branch_id).where(t.domain_id.in_(mine), LIVE_TICKET)
    desks = sa.select(o.agent_id, o.queue_id).where(o.domain_id.in_(mine), LIVE_OFFER)
    aside = sa.select(t.parked_by, t.queue_id).where(t.domain_id.in_(mine), LIVE_TICKET, t.state == "parked")
    waiting = tx.execute(people.where(t.branch_id.is_not(None)).distinct())
    agents = tx.execute(sa.union(desks, aside.where(t.parked_by.is_not(None))))
    return {(("queue", queue), ("branch", branch)) for queue, branch in waiting} | {
        (("agent", agent), ("queue", queue)) for agent, queue in agents
    }


def _keep(part: Sequence[Node], now_in: Mapping[Node, str], used: set[str]) -> str | None:
    votes: dict[str, int] = {}
    for node in part:
        if now_in[node] not in used:
            votes[now_in[node]] = votes.get(now_in[node], 0) + (1000 if node[0] == "branch" else 1)
    return max(sorted(votes), key=lambda domain: votes[domain], default=None)


def _add(tx: Tx, account: str, domains: Sequence[str]) -> None:
    tx.insert_many("routing_domain", ("id", "account_id", "epoch"), [(domain, account, 0) for domain in domains])


def _epochs(tx: Tx, account: str) -> int:
    found = sa.select(sa.func.max(tables.routing_domain.c.epoch)).where(tables.routing_domain.c.account_id == account)
    return int(tx.execute(found).scalar() or 0)


def _move(tx: Tx, to: Mapping[Node, str], added: Container[str]) -> None:
    """Bring each to its domain, all of a kind at once: a country has tens of thousands. What was added has no work."""
    moving: dict[str, dict[str, str]] = defaultdict(dict)
    for (kind, id), domain in to.items():
        moving[kind][id] = domain
        tx.tell(f"domain:{domain}")
    for kind, moves in moving.items():
        spread(tx, _TABLES[kind].c.domain_id, moves)
        at_work = [{"node": id, "domain": domain} for id, domain in moves.items() if id not in added]
        for statement in _work_of(tx, kind) if at_work else ():
            tx.execute(statement, at_work)


_TABLES = {table.name: table for table in (tables.branch, tables.queue, tables.agent)}
"""What is in a routing domain."""


def _work_of(tx: Tx, kind: str) -> Iterator[sa.Update]:
    """What brings the work of a queue or an agent (`node`) to a domain."""
    node: sa.BindParameter[str] = sa.bindparam("node")
    domain: sa.BindParameter[str] = sa.bindparam("domain")
    if kind == "queue":
        t, o = work.ticket.c, work.offer.c
        # Who was called lately may still be called back: a no-show comes after all, a finish is undone.
        over = (t.state == "no_show") | (t.state == "done")  # in words: a list cannot be asked for many at once
        moving = (t.queue_id == node) & (LIVE_TICKET | (over & (t.assigned_at > tx.now - LATELY)))
        yield work.ticket.update().where(moving).values(domain_id=domain, ver=t.ver + 1)
        tickets = sa.select(t.id).where(moving)
        yield work.offer.update().where(o.ticket_id.in_(tickets)).values(domain_id=domain, ver=o.ver + 1)
    if kind == "agent":
        s = work.session.c
        here = (s.agent_id == node) & s.ended_at.is_(None)
        yield work.session.update().where(here).values(domain_id=domain, ver=s.ver + 1)
