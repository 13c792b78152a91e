"""The way of an appointment as the Voki dialect has it: logged in, made, confirmed, cancelled, and no further."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

from server.sandbox.finding import Finding, holds
from server.sandbox.trial import Answered, Trial, said

APPOINTMENTS = "/api/v1/appointments"
AHEAD = timedelta(days=2)


async def try_voki(trial: Trial) -> AsyncIterator[Finding]:
    """From the login to an appointment that is over."""
    wrong = await _login(trial, "nobody's")
    yield holds("a wrong password: 401, with its errors", wrong[0] == 401 and bool(_errors(wrong)), said(wrong))
    answered = status, given = await _login(trial, trial.told.password)
    logged_in = status == 200 and given["data"].keys() >= {"access_token", "refresh_token", "user"}
    yield holds("somebody logs in", logged_in, said(answered))
    if not logged_in:
        return
    token = given["data"]["access_token"]
    stranger = await trial.ask("GET", APPOINTMENTS, token=token, headers={"X-Tenant": "another"})
    yield holds("another tenant: 401, with its errors", stranger[0] == 401 and bool(_errors(stranger)), said(stranger))
    async for finding in _appointment(trial, token):
        yield finding


async def _appointment(trial: Trial, token: str) -> AsyncIterator[Finding]:
    empty = await _ask(trial, "POST", APPOINTMENTS, token, {"appointment": {}})
    named = empty[0] == 422 and {"title", "scheduled_at"} <= set(_errors(empty))
    yield holds("an appointment without anything: 422, each field with what is wrong", named, said(empty))
    found = await _ask(trial, "GET", "/api/v1/departments", token)
    departments = {one["name"]: one["id"] for one in found[1]["data"]} if found[0] == 200 else {}
    yield holds("departments are listed with their ids", bool(departments), said(found))
    wish = _wish(trial, departments.get("Advice"))
    answered = status, made = await _ask(trial, "POST", APPOINTMENTS, token, {"appointment": wish})
    is_made = status == 201 and made["data"].get("status") == "scheduled"
    yield holds("an appointment is made: 201, scheduled", is_made, said(answered))
    if not is_made:
        return
    for action, state in (("confirm", "confirmed"), ("cancel", "cancelled")):
        gone = await _ask(trial, "POST", f"{APPOINTMENTS}/{made['data']['id']}/{action}", token, {"reason": "a check"})
        yield holds(f"{action}: it is {state}", gone[0] == 200 and gone[1]["data"]["status"] == state, said(gone))
    late = await _ask(trial, "POST", f"{APPOINTMENTS}/{made['data']['id']}/confirm", token, {})
    yield holds(
        "what is cancelled is not confirmed: 422, with its errors", late[0] == 422 and bool(_errors(late)), said(late)
    )


async def _login(trial: Trial, password: str) -> Answered:
    who = {"email": trial.told.email, "password": password, "tenant": trial.told.tenant}
    return await trial.ask("POST", "/api/auth/login", json=who)


async def _ask(trial: Trial, method: str, path: str, token: str, body: Any = None) -> Answered:
    more = {} if body is None else {"json": body}
    return await trial.ask(method, path, token=token, headers={"X-Tenant": trial.told.tenant}, **more)


def _errors(answered: Answered) -> dict[str, Any]:
    body = answered[1]
    errors = body.get("errors") if isinstance(body, dict) else None
    return errors if isinstance(errors, dict) else {}


def _wish(trial: Trial, department: str | None) -> dict[str, Any]:
    start = (trial.now + AHEAD).strftime("%Y-%m-%dT%H:%M:%SZ")
    about = {"title": "A check", "duration_minutes": 30, "customer_name": "Kit"}
    return {**about, "scheduled_at": start, "department_id": department}
