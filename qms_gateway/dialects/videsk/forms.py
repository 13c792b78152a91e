"""Forms: what a segment asks before a call or instead of one, and taking the answers. Source: formularios.md."""

from collections.abc import Mapping
from typing import Any, get_args

from aiohttp import web

from qms.domain.errors import NotFound, UnknownField
from qms.domain.network import Queue
from qms.services.forms import Kind, checked, form_of, save_submission
from qms.web.access import allows
from qms.web.answers import Answer, json_answer
from qms.web.keys import SITE
from qms.web.perform import perform
from qms.web.rate_limit import client_address
from qms_gateway.dialects.videsk import captcha, wire
from qms_gateway.dialects.videsk.bodies import read
from qms_gateway.dialects.videsk.caller import Caller, admit
from qms_gateway.dialects.videsk.errors import BAD_REQUEST, NOT_FOUND, Refusal, suspicious

ESSENTIAL = "videsk_essential"
"""The element that people never see and bots fill in (D-15)."""

VERSIONS: Mapping[str, Kind] = {"base": "pre-call", "contact": "contact"}


@allows("videsk.forms")
async def form(request: web.Request) -> web.Response:
    """The fields of a segment's form, and how to get a captcha token for it."""
    caller = await admit(request)
    version = request.query.get("version", "base")
    if version not in VERSIONS:
        raise Refusal(NOT_FOUND, f"The {version} version of form not found.", status=400)
    found = form_of(caller.network, request.match_info["segment"], VERSIONS[version])
    fields = [wire.Field.of(field) for field in found.fields if not field.get("deleted")]
    options = caller.options
    provider, site_key = options.text("captcha"), options.text("captcha_site_key")
    return json_answer(wire.Form(fields, site_key, captcha.script_of(options), provider)).response()


@allows("videsk.forms")
async def submit(request: web.Request) -> web.Response:
    """Keep somebody's answers; the submission's id is what an enqueue wants."""
    caller = await admit(request)
    body = await read(request, wire.Submission)
    segment, kind = _segment(caller, body.segment), _kind(body.type)
    answers = await _screened(request, caller, segment, kind, body)

    return await perform(
        request,
        save_submission,
        reply=_submitted,
        principal=caller.principal,
        account=caller.account,
        queue=segment.id,
        kind=kind,
        answers=answers,
    )


def _submitted(submission: str) -> Answer:
    return json_answer(wire.Submitted("The form was saved successfully.", True, submission), 201)


def _segment(caller: Caller, value: object) -> Queue:
    try:
        return caller.network.queues.find(value if isinstance(value, str) else "")
    except NotFound:
        raise Refusal(BAD_REQUEST, "Please check the segment id provided.") from None


def _kind(value: object) -> Kind:
    for kind in get_args(Kind):
        if value == kind:
            return kind  # type: ignore[no-any-return]
    raise Refusal(BAD_REQUEST, 'Provide a valid "type" form submission.')


async def _screened(
    request: web.Request, caller: Caller, segment: Queue, kind: Kind, body: wire.Submission
) -> list[Any]:
    """The answers, once they fit the form and a person seems to have given them.

    The captcha is asked last: its token is good for one question, and somebody who mistypes should keep it.
    """
    token = token_of(caller, body.token)
    form_of(caller.network, segment.id, kind)
    demanded = not caller.backend or caller.options.text("honeypot") == "always"
    answers = without_essential(body.values, demanded=demanded)
    checked(caller.network, segment.id, kind, answers)
    await screen(request, caller, token)
    return answers


def token_of(caller: Caller, value: object) -> str:
    """The captcha's token, which those with a public key must bring.

    Raises:
        Refusal: they do not.
    """
    token = value if isinstance(value, str) else ""
    if not caller.backend and not token.strip():
        raise Refusal(BAD_REQUEST, 'Please provide a valid "token", is mandatory.')
    return token


async def screen(request: web.Request, caller: Caller, token: str) -> None:
    """Ask whether the token stands for a person, unless a server is calling.

    Raises:
        Refusal: it does not. Unavailable: nobody can tell.
    """
    if not caller.backend:
        address = client_address(request, request.app[SITE].trusted_proxies)
        if not await captcha.passes(request.app[captcha.CLIENT], caller.options, token, address):
            raise suspicious()


def without_essential(values: object, *, demanded: bool = False) -> list[Any]:
    """The answers without the honeypot, which must be empty where it is, and must be there where it is demanded.

    Raises:
        UnknownField: no list. Refusal: the honeypot was filled in, or left out.
    """
    if not isinstance(values, list):
        raise UnknownField("")
    traps = [v for v in values if isinstance(v, dict) and v.get("_id") == ESSENTIAL]
    if any(trap.get("value") not in ("", None) for trap in traps):
        raise suspicious()
    if demanded and not traps:
        raise Refusal(BAD_REQUEST, f'The element form "{ESSENTIAL}" is required, never delete.')
    return [v for v in values if not (isinstance(v, dict) and v.get("_id") == ESSENTIAL)]
