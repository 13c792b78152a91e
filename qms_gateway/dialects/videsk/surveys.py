"""Surveys: what a segment or a service asks afterwards, and taking the answers, once each. Source: encuestas.md."""

from collections.abc import Mapping

from aiohttp import web

from qms.domain.errors import Conflict, NotFound
from qms.services.surveys import Entity, save_survey, survey_of
from qms.web.access import allows
from qms.web.answers import Answer, json_answer
from qms.web.perform import perform
from qms_gateway.dialects.videsk import wire
from qms_gateway.dialects.videsk.bodies import read
from qms_gateway.dialects.videsk.caller import admit
from qms_gateway.dialects.videsk.errors import BAD_REQUEST, NOT_FOUND, Refusal
from qms_gateway.dialects.videsk.forms import without_essential

TYPES: Mapping[str, Entity] = {"segments": "queue", "services": "service"}


@allows("videsk.surveys")
async def survey(request: web.Request) -> web.Response:
    """The fields of the survey of a segment or a service."""
    caller = await admit(request)
    kind = request.query.get("type", "")
    if kind not in TYPES:
        raise Refusal(BAD_REQUEST, 'Provide a valid type, allowed are "segments,services".')
    try:
        found = survey_of(caller.network, TYPES[kind], request.match_info["asker"])
    except NotFound:
        raise _no_survey(kind) from None
    return json_answer(wire.Survey([wire.Field.of(field) for field in found.fields])).response()


@allows("videsk.surveys")
async def answer(request: web.Request) -> web.Response:
    """Keep somebody's answers about a call or an appointment."""
    caller = await admit(request)
    body = await read(request, wire.SurveyAnswers)
    call, appointment = _id(body.call), _id(body.appointment)
    if call is None and appointment is None:
        raise Refusal(BAD_REQUEST, "Provide a call or appointment id.")
    try:
        return await perform(
            request,
            save_survey,
            reply=_saved,
            principal=caller.principal,
            account=caller.account,
            call=call,
            appointment=appointment,
            answers=without_essential(body.values),
        )
    except NotFound as unknown:
        if unknown.kind == "survey":
            raise _no_survey("segments" if call is not None else "services") from None
        raise _unanswerable() from None
    except Conflict:
        raise _unanswerable() from None


def _id(value: object) -> str | None:
    """An id, or nothing where nothing is said."""
    return value if isinstance(value, str) and value.strip() else None


def _saved(_: str) -> Answer:
    return json_answer(wire.Saved("The survey was saved successfully.", True), 201)


def _no_survey(kind: str) -> Refusal:
    return Refusal(NOT_FOUND, f"We do not cannot find a survey for the {kind} id provided.", status=400)


def _unanswerable() -> Refusal:
    return Refusal(BAD_REQUEST, "The call or appointment not exist or the survey was answered.")
