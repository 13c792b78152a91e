"""The way of an appointment as the Auvious dialect has it: a token, made, listed, activated, cancelled."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from server.sandbox.finding import Finding, holds
from server.sandbox.trial import Answered, Trial, said

APPOINTMENTS = "/api/appointments"
ENVELOPE = {"status", "error", "message"}
AHEAD = timedelta(days=2)


async def try_auvious(trial: Trial) -> AsyncIterator[Finding]:
    """From the token to an appointment that is cancelled again."""
    wrong = await _token(trial, "nobody's")
    yield holds("a wrong secret gets no token: 401", wrong[0] == 401, said(wrong))
    answered = status, given = await _token(trial, trial.told.client_secret)
    granted = status == 200 and given.keys() >= {"access_token", "token_type", "expires_in", "scope"}
    yield holds("a client gets a token", granted, said(answered))
    stranger = await trial.ask("GET", f"{APPOINTMENTS}/")
    yield holds("without a token: 401, in the envelope", _refused(stranger, 401), said(stranger))
    if granted:
        async for finding in _appointment(trial, given["access_token"]):
            yield finding


async def _appointment(trial: Trial, token: str) -> AsyncIterator[Finding]:
    empty = await trial.ask("POST", f"{APPOINTMENTS}/", token=token, json={})
    yield holds("an appointment without anything: 400, in the envelope", _refused(empty, 400), said(empty))
    answered = status, made = await trial.ask("POST", f"{APPOINTMENTS}/", token=token, json=_wish(trial))
    is_made = status == 200 and made.get("interaction", {}).get("state") == "PENDING"
    yield holds("an appointment is made, and pending", is_made, said(answered))
    if not is_made:
        return
    listed = await trial.ask(
        "GET", f"{APPOINTMENTS}/?{urlencode({'applicationId': trial.told.application})}", token=token
    )
    yield holds("it is on a page of the list", listed[0] == 200 and made["id"] in str(listed[1]), said(listed))
    async for finding in _end(trial, token, made["id"]):
        yield finding


async def _end(trial: Trial, token: str, id: str) -> AsyncIterator[Finding]:
    opened = await trial.ask("POST", f"{APPOINTMENTS}/activate/{id}", token=token)
    yield holds("it is activated, and has an address", opened[0] == 200 and "url" in opened[1], said(opened))
    again = await trial.ask("POST", f"{APPOINTMENTS}/activate/{id}", token=token)
    same = again[0] == 200 and again[1].get("url") == opened[1].get("url")
    yield holds("activated again it has the same address", same, said(again))
    cancelled = await trial.ask("DELETE", f"{APPOINTMENTS}/{id}", token=token)
    yield holds("it is cancelled: 204", cancelled[0] == 204, said(cancelled))
    gone = await trial.ask("GET", f"{APPOINTMENTS}/{id}", token=token)
    yield holds("what is cancelled is not found: 404, in the envelope", _refused(gone, 404), said(gone))


async def _token(trial: Trial, secret: str) -> Answered:
    asked = {"grant_type": "client_credentials", "client_id": trial.told.client_id, "client_secret": secret}
    return await trial.ask("POST", f"/security/oauth/token?{urlencode(asked)}")


def _refused(answered: Answered, status: int) -> bool:
    return answered[0] == status and isinstance(answered[1], dict) and answered[1].keys() >= ENVELOPE


def _wish(trial: Trial) -> dict[str, Any]:
    start = (trial.now + AHEAD).strftime("%Y-%m-%dT%H:%M:%S.0Z")
    customer = {"name": {"firstName": "Kit"}, "contact": {"primaryEmail": "kit@client.example"}}
    more = {"timezone": "UTC", "locale": "en", "title": "A check", "customer": customer}
    return {"applicationId": trial.told.application, "start": start, "duration": "PT30M", **more}
