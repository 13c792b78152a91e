"""The peer: the whole server with the real route, whose tickets are made and never stored."""

import sys
from collections.abc import Sequence
from typing import Any

from qms.domain.ticket import Ticket
from qms.services.admission import TakeTicket
from qms.store.aio import AsyncStore
from server import serving


async def take(self: AsyncStore, service: Any, item: TakeTicket, *, domain: str | None = None) -> Ticket:
    """A ticket as `take_tickets` would make it, at once and in memory only."""
    now = self.store.clock.machine()
    return Ticket(
        id="652a1ae848880e168884e49b",
        account_id=item.account,
        domain_id=domain or "",
        branch_id=item.branch,
        queue_id=item.queue,
        place="onsite",
        number=item.number or "A001",
        own_number=None,
        service_day="2026-01-01",
        state="waiting",
        band=2,
        key=now,
        seq=1,
        enqueued_at=now,
        eligible_from=now,
        link="",
        source="vendor",
    )


def main(arguments: Sequence[str]) -> None:
    """Serve with the store's intake replaced."""
    AsyncStore.take = take  # type: ignore[method-assign]
    serving.serve()


if __name__ == "__main__":
    main(sys.argv)
