"""Where a message leads: to see and join an appointment, to move or cancel it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from kiosk.booking.asked import ACTION, TOKEN, path_of
from qms.domain.appointment import Appointment
from qms.domain.network import Network
from qms.services.booking import tokens

Base = Callable[[Network, Appointment, str], str]
"""The page that links lead to, for appointments that came another way: of a network and an appointment; ours beside."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Linker:
    """Makes links. `bases`: by origin, for appointments made elsewhere than on our own page."""

    public_url: str
    secret: bytes
    bases: Mapping[str, Base]

    def join(self, network: Network, it: Appointment) -> str:
        """Where one sees it, and joins when it is time."""
        return self._link(network, it, "join", tokens.issue(it, "access", secret=self.secret))

    def change(self, network: Network, it: Appointment) -> str:
        """Where one moves or cancels it."""
        return self._link(network, it, "modify", tokens.issue(it, "action", secret=self.secret))

    def _link(self, network: Network, it: Appointment, action: str, token: str) -> str:
        ours = f"{self.public_url}{path_of(network.account.slug)}"
        base = self.bases[it.origin](network, it, ours) if it.origin in self.bases else ours
        page, hash, fragment = base.partition("#")
        path, _, query = page.partition("?")
        kept = [part for part in query.split("&") if part and part.partition("=")[0] not in (ACTION, TOKEN)]
        return f"{path}?{'&'.join([*kept, f'{ACTION}={action}', f'{TOKEN}={token}'])}{hash}{fragment}"
