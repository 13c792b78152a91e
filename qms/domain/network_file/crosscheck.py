"""What the parts of a network file say about each other: every key named exists, and the pieces fit."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import reduce

from qms.domain.complaint import Complaint, Value, complaint, guessed
from qms.domain.network_file.declared.branch import BranchDecl
from qms.domain.network_file.declared.device import KioskDecl, ScreenDecl
from qms.domain.network_file.declared.network import NetworkFile
from qms.domain.network_file.declared.queue import QueueDecl
from qms.domain.network_file.lines import Path
from qms.domain.network_file.reading import Reading


def check_references(reading: Reading) -> None:
    """Note every key that names nothing in the file, with the nearest one that does."""
    kinds = {reference.kind for reference in reading.references}
    known_keys = {kind: dict.fromkeys(reading.keys(kind)) for kind in kinds}
    for reference in reading.references:
        if reference.key not in (keys := known_keys[reference.kind]):
            said = complaint('no %(kind)s has the key "%(key)s"', kind=reference.kind, key=reference.key)
            reading.complain(reference.path, guessed(said, reference.key, keys, _with_some(said, list(keys))))


def _with_some(said: Complaint, known: Sequence[str]) -> Complaint:
    if not known:
        return complaint("%(complaint)s; there is none", complaint=said)
    return complaint("%(complaint)s; there are %(known)s", complaint=said, known=", ".join(known[:10]))


def check_places(reading: Reading, network: NetworkFile) -> None:
    """Note where a service, a screen or a kiosk wants a queue at a branch that the queue is not attached to."""
    queues = {queue.key: queue for queue in network.queues}
    branches = {branch.key for branch in network.branches}  # of one that is not there, enough has been said
    for index, service in enumerate(network.services):
        queue = queues.get(service.queue)
        if queue and service.branch in branches and service.branch not in queue.branches:
            reading.complain(("service", index, "branch"), _not_attached(queue.key, [service.branch]))
    for kind, devices in (("screen", network.screens), ("kiosk", network.kiosks)):
        for path, key in _queues_named(kind, devices):
            there = _branches_of(devices[int(path[1])])
            if key in queues and branches.issuperset(there) and not there & set(queues[key].branches):
                reading.complain(path, _not_attached(key, sorted(there)))


def _not_attached(queue: str, branches: Iterable[str | None]) -> Complaint:
    quoted: Iterable[Value] = (f'"{branch}"' for branch in branches)
    either = reduce(lambda these, this: complaint("%(these)s or %(this)s", these=these, this=this), quoted)
    return complaint('the queue "%(queue)s" is not attached to the branch %(branches)s', queue=queue, branches=either)


def check_overflows(reading: Reading, network: NetworkFile) -> None:
    """Note where people cannot go on to, and where they would go round in circles."""
    queues = {queue.key: queue for queue in network.queues}
    for index, queue in enumerate(network.queues):
        over = queue.routing.overflow
        target = queues.get(over.queue or queue.key) if over is not None else None
        if over is None or target is None:
            continue
        path = ("queue", index, "overflow")
        wanted = [over.branch] if over.branch else queue.branches
        if not set(wanted) & set(target.branches):
            nowhere = complaint('the queue "%(queue)s" is not attached to any branch of this queue', queue=target.key)
            reading.complain(path, _not_attached(target.key, [over.branch]) if over.branch else nowhere)
        if _in_circles(queues, queue):
            said = complaint("whoever goes on from here comes back: overflows go round in circles")
            reading.complain(path, said)


def _in_circles(queues: Mapping[str, QueueDecl], queue: QueueDecl) -> bool:
    return any(_comes_back(queues, (queue.key, branch)) for branch in queue.branches)


def _comes_back(queues: Mapping[str, QueueDecl], start: tuple[str, str]) -> bool:
    at, seen = start, {start}
    while (queue := queues.get(at[0])) is not None and (over := queue.routing.overflow) is not None:
        on = (over.queue or at[0], over.branch or at[1])
        if on == at:
            return False  # he is there already, and stays
        if on in seen:
            return on == start  # of a circle further on, its own queues complain
        seen.add(on)
        at = on
    return False


def warn_of_oddities(reading: Reading, network: NetworkFile) -> None:
    """Note what is allowed, and probably not meant."""
    _warn_of_unusable_places(reading, network)
    _warn_of_equal_prefixes(reading, network)
    _warn_of_missing_agents(reading, network)
    _warn_of_unknown_classes(reading, network)
    _warn_of_unreachable_levels(reading, network)


def _branches_of(device: ScreenDecl | KioskDecl) -> set[str]:
    return {device.branch, *device.branches} if isinstance(device, ScreenDecl) else {device.branch}


def _queues_named(kind: str, devices: Iterable[ScreenDecl | KioskDecl]) -> Iterator[tuple[Path, str]]:
    for index, device in enumerate(devices):
        for position, key in enumerate(device.queues):
            yield (kind, index, "queues", position), key


def _warn_of_unusable_places(reading: Reading, network: NetworkFile) -> None:
    """A counter queue needs a counter; a booth queue a booth, unless its branch has no point of contact at all."""
    branches = {branch.key: branch for branch in network.branches}
    for index, queue in enumerate(network.queues):
        if not queue.branches:
            reading.warn(("queue", index), complaint("it is attached to no branch"))
        for position, key in enumerate(queue.branches):
            branch = branches.get(key)
            if branch and not _serves(branch, queue.mode):
                said = complaint('the branch "%(branch)s" has no %(mode)s among its pocs, which this queue needs')
                reading.warn(("queue", index, "branches", position), said.about(branch=key, mode=queue.mode))


def _serves(branch: BranchDecl, mode: str) -> bool:
    return any(poc.kind == mode for poc in branch.pocs) or (mode == "booth" and not branch.pocs)


def _warn_of_equal_prefixes(reading: Reading, network: NetworkFile) -> None:
    taken: dict[tuple[str, str], list[str]] = defaultdict(list)
    for index, queue in enumerate(network.queues):
        alike: dict[str, str] = {}
        for branch in queue.branches:
            for other in taken[branch, queue.prefix.upper()]:
                alike.setdefault(other, branch)
            taken[branch, queue.prefix.upper()].append(queue.key)
        for other, branch in alike.items():
            said = complaint(
                'the queue "%(queue)s" has this prefix too, at the branch "%(branch)s": numbers will be alike'
            )
            reading.warn(("queue", index, "prefix"), said.about(queue=other, branch=branch))


def _warn_of_missing_agents(reading: Reading, network: NetworkFile) -> None:
    serving = {(agent.key, queue) for agent in network.agents for queue in agent.queues}
    served = {queue for _, queue in serving}
    for index, queue in enumerate(network.queues):
        if queue.key not in served:
            reading.warn(("queue", index), complaint("no agent serves it"))
    for index, service in enumerate(network.services):
        if not service.agents:
            reading.warn(("service", index), complaint("no agent gives it, so nobody can book it"))
        for position, agent in enumerate(service.agents):
            if (agent, service.queue) not in serving:
                said = complaint('the agent "%(agent)s" does not serve the queue "%(queue)s" that a check-in joins')
                place = ("service", index, "agents", position)
                reading.warn(place, said.about(agent=agent, queue=service.queue))


def _warn_of_unknown_classes(reading: Reading, network: NetworkFile) -> None:
    credits: dict[str, QueueDecl] = {}
    for queue in network.queues:
        credits.update(dict.fromkeys((*queue.credit_seconds, *queue.routing.emergency), queue))
    for index, kiosk in enumerate(network.kiosks):
        for position, name in enumerate(kiosk.classes):
            if name not in credits:
                said = complaint('no queue has credit_seconds or an emergency for the class "%(name)s"', name=name)
                reading.warn(("kiosk", index, "classes", position), guessed(said, name, credits))


def _warn_of_unreachable_levels(reading: Reading, network: NetworkFile) -> None:
    highest: dict[str, int] = {}
    for agent in network.agents:
        for key, level in agent.queues.items():
            highest[key] = max(level, highest.get(key, 0))
    for index, queue in enumerate(network.queues):
        rings = queue.routing.rings
        if rings and highest.get(queue.key, rings[-1][1]) < rings[-1][1]:
            said = complaint("no agent of this queue has the level %(level)s: nobody will be served")
            reading.warn(("queue", index, "rings", len(rings) - 1, "level"), said.about(level=rings[-1][1]))
