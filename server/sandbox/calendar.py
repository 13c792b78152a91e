"""The way of a booking as the Videsk dialect has it: services, days, hours; booked, moved, cancelled."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from server.sandbox.finding import Finding, holds
from server.sandbox.tickets import enveloped
from server.sandbox.trial import Answered, Trial, said

ROOT = "/public/video-contact-center"
BOOKED = {
    "service",
    "startAt",
    "endAt",
    "timezone",
    "joinURL",
    "rescheduleURL",
    "cancelURL",
    "accessToken",
    "actionToken",
}
AHEAD = timedelta(days=3)
"""So far ahead of the sandbox's time that no clock, however fast, comes near while the check lasts."""


async def try_calendar(trial: Trial) -> AsyncIterator[Finding]:
    """From the list of services to an appointment that is cancelled again."""
    answered = status, page = await trial.ask("GET", f"{ROOT}/services", token=trial.told.key)
    listed = status == 200 and any(one.get("id") == trial.told.service for one in page.get("data", ()))
    yield holds("services are listed with their ids", listed, said(answered))
    async for finding in _refusals(trial):
        yield finding
    days = await _offered(trial, "dates", (trial.now + AHEAD).isoformat())
    yield holds("days that can be booked are told", bool(_instants(days)), said(days))
    if not _instants(days):
        return
    hours = await _offered(trial, "hours", _instants(days)[-1])
    yield holds("starts that can be booked are told", len(_instants(hours)) > 1, said(hours))
    if len(_instants(hours)) > 1:
        async for finding in _booking(trial, *_instants(hours)[:2]):
            yield finding


async def _refusals(trial: Trial) -> AsyncIterator[Finding]:
    service = f"{ROOT}/services/{trial.told.service}/hours"
    moment = urlencode({"date": trial.now.isoformat()})
    cases = (
        ("hours without a time zone: 400", 400, f"{service}?{moment}", trial.told.key),
        (
            "hours of an unknown service: 404",
            404,
            f"{ROOT}/services/{'0' * 24}/hours?{moment}&timezone=UTC",
            trial.told.key,
        ),
        ("hours without a key: 401", 401, f"{service}?{moment}&timezone=UTC", None),
    )
    for name, code, path, token in cases:
        answered = status, body = await trial.ask("GET", path, token=token)
        yield holds(f"{name}, in the envelope", status == code and enveloped(body, code), said(answered))
    wish = _wish((trial.now - AHEAD).isoformat())
    answered = status, body = await _schedule(trial, f"service/{trial.told.service}", trial.told.key, wish)
    yield holds("a start that is past: 409, in the envelope", status == 409 and enveloped(body, 409), said(answered))


async def _booking(trial: Trial, first: str, second: str) -> AsyncIterator[Finding]:
    answered = status, booked = await _schedule(trial, f"service/{trial.told.service}", trial.told.key, _wish(first))
    made = status == 201 and booked.keys() >= BOOKED and booked["startAt"] == first
    yield holds("what is offered is booked: 201 with its links and tokens", made, said(answered))
    if not made:
        return
    moved = await _schedule(trial, "reschedule", booked["actionToken"], {"date": second})
    stands = moved[0] == 201 and moved[1].get("startAt") == second
    yield holds("the actionToken moves it: 201 with new tokens", stands, said(moved))
    dead = await trial.ask("GET", f"{ROOT}/schedule/info", token=booked["accessToken"])
    yield holds("the tokens from before the move are dead: 401", dead[0] == 401 and enveloped(dead[1], 401), said(dead))
    if not stands:
        return
    shown = await trial.ask("GET", f"{ROOT}/schedule/info", token=moved[1]["accessToken"])
    yield holds("the accessToken shows it: 201", shown[0] == 201 and shown[1].get("startAt") == second, said(shown))
    cancelled = await _schedule(trial, "cancel", moved[1]["actionToken"], {"cancelReason": "the check is over"})
    yield holds("the actionToken cancels it: 201", cancelled[0] == 201 and "message" in cancelled[1], said(cancelled))
    gone = await trial.ask("GET", f"{ROOT}/schedule/info", token=moved[1]["accessToken"])
    yield holds("what is cancelled is shown no more: 401", gone[0] == 401, said(gone))


async def _offered(trial: Trial, what: str, date: str) -> Answered:
    asked = urlencode({"date": date, "timezone": "UTC"})
    return await trial.ask("GET", f"{ROOT}/services/{trial.told.service}/{what}?{asked}", token=trial.told.key)


def _instants(answered: Answered) -> list[str]:
    status, found = answered
    return found if status == 200 and isinstance(found, list) else []


def _wish(start: str) -> dict[str, Any]:
    return {"startAt": start, "timezone": "UTC", "form": [], "referrer": "https://client.example/visit"}


async def _schedule(trial: Trial, what: str, token: str, body: dict[str, Any]) -> Answered:
    return await trial.ask("POST", f"{ROOT}/schedule/{what}", token=token, json=body)
