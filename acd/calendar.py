"""The calendar's shell: wakes when something is due for an appointment, and when the time zones have changed."""

import asyncio

import structlog

from acd.rounds import rounds, tick
from qms.services.booking import rederiving, reminders, timers
from qms.services.booking.finding import domains_of_appointment
from qms.store.aio import AsyncStore

log = structlog.get_logger(__name__)

TICK_SECONDS = 1.0
"""What is due is looked for this often, in business seconds where they run faster, but no oftener than …"""

FASTEST_TICK_SECONDS = 0.05


class CalendarKeeper:
    """Ends holds, marks who did not come, gives reminders. Every look reads the rows."""

    def __init__(self, store: AsyncStore, *, rate: float = 1.0) -> None:
        self._store = store
        self._tick = tick(TICK_SECONDS, FASTEST_TICK_SECONDS, rate)
        self._rederived = False

    async def run(self) -> None:
        """Work until cancelled; outages are outlived."""
        await rounds(self._look, self._tick, waits="calendar_waits")

    async def _look(self) -> bool:
        self._rederived = self._rederived or await self._rederive()
        return await self._do_what_is_due()

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
