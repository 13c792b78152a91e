"""Who takes part in an appointment."""

from dataclasses import dataclass
from typing import Literal, NamedTuple

from qms.domain.appointment import Appointment

Kind = Literal["AGENT", "CUSTOMER"]


class Party(NamedTuple):
    """An agent or a customer, by his id."""

    kind: Kind
    id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Attended:
    """An appointment and who takes part in it: customers first, each kind in the order of ids."""

    appointment: Appointment
    parties: tuple[Party, ...]

    def of(self, kind: Kind) -> list[str]:
        """The ids of those of one kind."""
        return [party.id for party in self.parties if party.kind == kind]
