"""Finding an appointment for a command, with the routing domains that the command holds."""

from qms.domain.appointment import Appointment
from qms.domain.errors import NotFound
from qms.store import appointments, times
from qms.store.tx import Tx


def found(tx: Tx, account: str, id: str) -> Appointment:
    """The appointment of an account.

    Raises:
        NotFound: there is none, or it is another account's.
    """
    appointment = appointments.get(tx, id)
    if appointment is None or appointment.account_id != account:
        raise NotFound("appointment", id)
    return appointment


def domains_of_appointment(tx: Tx, *, account: str, id: str) -> tuple[str, ...]:
    """The routing domains to hold for a command on an appointment: its agents' and its queue's.

    Raises:
        NotFound: there is none, or it is another account's.
    """
    appointment, network = found(tx, account, id), tx.network(account)
    agents = [network.agents.get(time.agent_id) for time in times.times_of(tx, appointment.id)]
    things = [*agents, network.queues.get(appointment.queue_id or "")]
    return tuple(sorted({thing.domain_id for thing in things if thing is not None}))


def held(tx: Tx, account: str, id: str) -> Appointment:
    """The appointment, its domains held; one that nobody gives and no queue awaits has none, and is held itself.

    Raises:
        NotFound: there is none. DomainMoved: another domain is needed too.
    """
    domains = domains_of_appointment(tx, account=account, id=id)
    for domain in domains:
        tx.hold(domain)
    if not domains:
        appointments.lock(tx, id)
    return found(tx, account, id)
