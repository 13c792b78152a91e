"""Earlier visits: what the customer of a ticket came for before, so that he need not tell it again."""

from collections.abc import Sequence

from qms.domain.network import Agent
from qms.domain.ticket import Ticket
from qms.services.explanation import find
from qms.store import visits
from qms.store.tx import Tx

MOST = 10


def visits_before(tx: Tx, *, account: str, viewer: Agent, ticket: str) -> Sequence[Ticket]:
    """The last visits of a ticket's customer before it, the latest first; none where nothing tells who he is.

    Raises:
        NotFound: there is no such ticket, or not for the viewer.
    """
    return visits.before(tx, find(tx, account=account, viewer=viewer, ticket=ticket), MOST)
