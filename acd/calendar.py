"""The calendar's shell: wakes when something is due for an appointment, and when the time zones have changed."""

import asyncio

import structlog

from qms.domain.errors import Refused
from qms.services.booking import rederiving, reminders, timers
from qms.services.booking.finding import domains_of_appointment
from qms.store.aio import AsyncStore

log = structlog.get_logger(__name__)

TICK_SECONDS = 1.0
"""What is due is looked for this often, in business seconds where they run faster, but no oftener than …"""

FASTEST_TICK_SECONDS = 0.05


class CalendarKeeper:
    """Ends holds, marks who did not come, gives reminders. Holds no state: every look reads the rows."""

    def __init__(self, store: AsyncStore, *, rate: float = 1.0) -> None:
        self._store = store
        self._tick = max(FASTEST_TICK_SECONDS, TICK_SECONDS / max(1.0, rate))

    async def run(self) -> None:
        """Work until cancelled; outages are outlived."""
        rederived = False
        while True:
            more = False
            try:
                rederived = rederived or await self._rederive()
                more = await self._do_what_is_due()
            except Refused as outage:
                log.warning("calendar_waits", error=str(outage))
            if not more:
                await asyncio.sleep(self._tick)

    async def _do_what_is_due(self) -> bool:
        """Do some of what is due; whether there may be more: reminders are due by the thousand at full hours."""
        due = await self._store.read(timers.due)
        reminding = [one.appointment for one in due if one.what == "remind"]
        if reminding:
            await self._store.write(reminders.fire, of=reminding)
        others = [one for one in due if one.what != "remind"]
        done = (self._store.write(timers.run, domain=one.domains, due=one) for one in others)
        for one, outcome in zip(others, await asyncio.gather(*done, return_exceptions=True), strict=True):
            if isinstance(outcome, BaseException):
                log.warning("appointment_waits", what=one.what, appointment=one.appointment, error=repr(outcome))
        return bool(reminding)

    async def _rederive(self) -> bool:
        """Work out anew what another release of the time zones worked out; whether all of it is done."""
        found = await self._store.read(rederiving.outdated)
        for account, id in found:
            domains = await self._store.read(domains_of_appointment, account=account, id=id)
            shift = await self._store.write(rederiving.rederive, domain=domains, account=account, appointment=id)
            if shift:
                log.warning("appointment_moved", appointment=id, by=str(shift), because="time zones changed")
        return not found
