"""All that is configured for one account, as one value."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from qms.domain.errors import NotFound
from qms.domain.hall import Hall
from qms.domain.network.account import Account, Application
from qms.domain.network.booking import Form, Service
from qms.domain.network.devices import Kiosk, Screen
from qms.domain.network.people import Agent
from qms.domain.network.places import Branch, Poc, Queue
from qms.domain.network.shelf import Shelf
from qms.domain.network.webhook import Webhook
from qms.domain.own_texts import OwnTexts


@dataclass(frozen=True, kw_only=True)
class Network:
    """All that is configured for one account, as it stood at `account.version`. Retired things are not in it."""

    account: Account
    branches: Shelf[Branch]
    pocs: Shelf[Poc]
    queues: Shelf[Queue]
    agents: Shelf[Agent]
    forms: Shelf[Form]
    services: Shelf[Service]
    webhooks: Shelf[Webhook]
    screens: Shelf[Screen]
    kiosks: Shelf[Kiosk]
    applications: Shelf[Application]
    put_up: Mapping[str, str] = field(default_factory=dict)
    """What its brand is made of: the names of files, with the digest of each."""

    @cached_property
    def own_texts(self) -> OwnTexts:
        """The texts that the account wrote itself."""
        return OwnTexts.of(self.account.translations, self.account.languages)

    @cached_property
    def agents_by_queue(self) -> Mapping[str, tuple[Agent, ...]]:
        """Who serves a queue, by its id; a queue that nobody serves is missing."""
        found: dict[str, list[Agent]] = {}
        for agent in self.agents.values():
            for queue in agent.queues:
                found.setdefault(queue, []).append(agent)
        return {queue: tuple(agents) for queue, agents in found.items()}

    @cached_property
    def pocs_by_branch(self) -> Mapping[str, tuple[Poc, ...]]:
        """The points of contact of a branch, in the order of the network file."""
        found: dict[str, list[Poc]] = {}
        for poc in self.pocs.values():
            found.setdefault(poc.branch_id, []).append(poc)
        return {branch: tuple(pocs) for branch, pocs in found.items()}

    @cached_property
    def branches_by_domain(self) -> Mapping[str, tuple[Branch, ...]]:
        """The branches of a routing domain, by its id."""
        found: dict[str, list[Branch]] = {}
        for branch in self.branches.values():
            found.setdefault(branch.domain_id, []).append(branch)
        return {domain: tuple(branches) for domain, branches in found.items()}

    @cached_property
    def screens_by_branch(self) -> Mapping[str, tuple[str, ...]]:
        """The ids of the screens that show a branch, wherever they stand."""
        found: dict[str, list[str]] = {}
        for screen in self.screens.values():
            for branch in screen.branch_ids:
                found.setdefault(branch, []).append(screen.id)
        return {branch: tuple(screens) for branch, screens in found.items()}

    def branches_of(self, screen: Screen) -> tuple[Branch, ...]:
        """The branches that a screen shows, the one where it stands first; worked out once, for all are asked for."""
        known: tuple[Branch, ...] | None = self.memo.get(("branches of", screen.id))
        if known is None:
            known = tuple(self.branches[id] for id in screen.branch_ids if id in self.branches)
            self.memo["branches of", screen.id] = known
        return known

    def hall_of(self, screen: Screen) -> Hall | None:
        """The hall in which a screen announces; None where it shows one branch."""
        branches = self.branches_of(screen)
        return Hall.of(screen.account_id, (branch.id for branch in branches)) if len(branches) > 1 else None

    @cached_property
    def queues_by_branch(self) -> Mapping[str, tuple[Queue, ...]]:
        """The queues attached to a branch, in the order of the network file."""
        found: dict[str, list[Queue]] = {}
        for queue in self.queues.values():
            for branch in queue.branch_ids:
                found.setdefault(branch, []).append(queue)
        return {branch: tuple(queues) for branch, queues in found.items()}

    @cached_property
    def pushed_queues(self) -> frozenset[str]:
        """The ids of the queues whose tickets are offered by the distributor."""
        return frozenset(queue.id for queue in self.queues.values() if queue.call == "push")

    @cached_property
    def pushing_domains(self) -> frozenset[str]:
        """The ids of the routing domains where the distributor has anything to offer."""
        return frozenset(self.queues[id].domain_id for id in self.pushed_queues)

    @cached_property
    def queue_names(self) -> Mapping[str, str]:
        """What queues are called, by id."""
        return {queue.id: queue.name for queue in self.queues.values()}

    @cached_property
    def memo(self) -> dict[object, Any]:
        """What has been worked out from this snapshot and is worth keeping with it."""
        return {}

    def queue_at(self, branch: str, queue: str) -> tuple[Branch, Queue]:
        """A branch and a queue attached to it, each by id or key.

        Raises:
            NotFound: no such branch, no such queue, or the queue is not attached to the branch.
        """
        place = self.branches.find(branch)
        line = self.queues.find(queue)
        if place.id not in line.branch_ids:
            raise NotFound("queue", queue)
        return place, line

    def zone_of(self, branch: Branch | None) -> str:
        """The time zone of a branch, or the account's where there is none."""
        return branch.timezone if branch is not None else self.account.timezone
