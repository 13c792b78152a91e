"""What can be booked, by which rules, with whom, and when these work; worked out once per network."""

from collections.abc import Callable, Iterable, Sequence
from datetime import tzinfo
from typing import TypeVar

from qms.domain.errors import NotFound
from qms.domain.network import Agent, Network, Service
from qms.domain.slots import Calendar, Rules
from qms.domain.weekly import hours_from_json
from qms.domain.zones import zone
from qms.services import closures
from qms.services.closures import Years

T = TypeVar("T")


def rules_of(network: Network, service: Service) -> Rules:
    """The rules of a service."""
    return _once(network, ("rules", service.id), lambda: Rules.of(service.rules))


def zone_of(network: Network, service: Service) -> tzinfo:
    """The zone in which a service counts days: its branch's, or the account's."""
    return zone(zone_name(network, service))


def zone_name(network: Network, service: Service | None) -> str:
    """The name of that zone."""
    return network.zone_of(network.branches.get((service.branch_id if service else None) or ""))


def group_of(network: Network, service: Service) -> str | None:
    """Within what the service's appointments may overlap: the service, where one agent takes several at a time."""
    return service.id if rules_of(network, service).capacity > 1 else None


def agents_of(network: Network, service: Service, chosen: str | None = None) -> Sequence[Agent]:
    """Who gives a service, or the one of them who was chosen, by id or key.

    Raises:
        NotFound: the one chosen does not give it.
    """
    if chosen is None:
        return _once(network, ("agents", service.id), lambda: _giving(network, service))
    one = network.agents.find(chosen)
    if one.id not in service.agent_ids:
        raise NotFound("agent", chosen)
    return [one]


def _giving(network: Network, service: Service) -> list[Agent]:
    return [network.agents[id] for id in service.agent_ids if id in network.agents]


def services_of(network: Network, agent: Agent) -> list[Service]:
    """The services that an agent gives, in the order of the network file."""
    return [service for service in network.services.values() if agent.id in service.agent_ids]


def domains_of(network: Network, agents: Iterable[Agent]) -> tuple[str, ...]:
    """The routing domains to hold while the time of these agents is given away."""
    return tuple(sorted({agent.domain_id for agent in agents}))


def domains_of_service(network: Network, service: str, agent: str | None = None) -> tuple[str, ...]:
    """The routing domains to hold while a service is booked, with a chosen agent or with any.

    Raises:
        NotFound: no such service, or the agent does not give it.
    """
    return domains_of(network, agents_of(network, network.services.find(service), agent))


def calendar_of(network: Network, service: Service, agent: Agent, years: Years) -> Calendar:
    """When an agent can give a service in some years: by his own schedule while the service's branch is open.

    Without a schedule he works the branch's hours, and without those always. The account's closures close everything,
    each in the zone of the hours that it closes.
    """
    return _once(network, ("calendar", service.id, agent.id, years), lambda: _calendar(network, service, agent, years))


def _calendar(network: Network, service: Service, agent: Agent, years: Years) -> Calendar:
    where = zone_of(network, service)
    branch = network.branches.get(service.branch_id or "")
    own = hours_from_json(agent.schedule)
    place = None
    if branch is not None:
        shut = closures.of_place(network, branch, years)
        place = Calendar(hours=hours_from_json(branch.hours), where=zone(branch.timezone), closures=shut)
    return Calendar(
        hours=own or (place.hours if place else ()),
        where=where,
        closures=closures.of_agent(network, agent, years, holidays=place is None),
        within=(place,) if place else (),
    )


def _once(network: Network, key: tuple[object, ...], make: Callable[[], T]) -> T:
    if key not in network.memo:
        network.memo[key] = make()
    found: T = network.memo[key]
    return found
