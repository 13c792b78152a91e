"""Days that this installation has recorded, as plans."""

from datetime import date, datetime

from acd.recorded import plan_of
from acd.simulation.plan import Plan
from qms.domain.errors import Refused
from qms.services.accounts import account_id
from qms.services.history import History, history
from qms.store.store import Store
from server.tool import installation


def recorded_day(account: str, branch: str | None, day: str) -> Plan:
    """The plan of a day of an account, or of one of its branches.

    Raises:
        ValueError: there is no such account, branch or day, or nobody came then.
    """
    asked = _date(day)
    with installation() as store:
        found = _history(store, account, branch, asked)
    if not found.visits:
        raise ValueError(f"nobody was served, or left, on {found.day}")
    return plan_of(found, branch)


def histories(account: str, branch: str | None, days: list[date]) -> list[History]:
    """What happened on some days.

    Raises:
        ValueError: there is no such account or branch.
    """
    with installation() as store:
        return [_history(store, account, branch, day) for day in days]


def today() -> date:
    """By the clock of this installation."""
    with installation() as store:
        now: datetime = store.read(lambda tx: tx.now)
    return now.date()


def _history(store: Store, account: str, branch: str | None, day: date) -> History:
    try:
        id = store.read(account_id, slug=account)
        return store.read(history, account=id, day=day, branch=branch)
    except Refused as refused:
        raise ValueError(str(refused)) from None


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"--day: expected a date such as 2026-03-02, not {text!r}") from None
