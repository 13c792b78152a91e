"""Who stands where a supervisor put him, and why: what explanations tell of places that were changed by hand."""

from collections.abc import Mapping, Sequence

from qms.domain.network import Network
from qms.services.sentences import NOBODY, Said, say
from qms.store import journal
from qms.store.tx import Tx

MOST = 1000
"""So many are looked at: who has more people in front of him does not read about each."""


def last(tx: Tx, there: Sequence[str]) -> Mapping[str, journal.Entry]:
    """Of those tickets whose place was changed by hand: how it was changed last, by id."""
    return journal.latest(tx, there[:MOST], "ticket.placed")


def said(network: Network, sentence: str, number: str, entry: journal.Entry) -> Said:
    """A change of place as a sentence."""
    by = network.agents.get(str(entry.data.get("by")))
    return say(
        sentence,
        number=number,
        at=entry.at,
        agent=by.name if by is not None else NOBODY,
        rule=str(entry.data.get("rule") or NOBODY),
        reason=str(entry.data.get("because") or NOBODY),
    )
