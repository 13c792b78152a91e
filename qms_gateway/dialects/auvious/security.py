"""Tokens for clients, and codes that prove a contact."""

import re
from collections.abc import Mapping

from aiohttp import web

from qms.domain.errors import Invalid, NotAuthenticated, NotFound
from qms.domain.ids import from_uuid, to_uuid
from qms.domain.network import Network
from qms.services import client_tokens, clients, otp
from qms.services.applications import find_application
from qms.services.keys import ApiKey
from qms.web.access import allows
from qms.web.answers import empty, json_answer
from qms.web.key_uses import note_use
from qms.web.keys import NOW, SECRET, STORE
from qms.web.networks import current_network
from qms.web.perform import perform
from qms_gateway.dialects.auvious import asked, wire
from qms_gateway.dialects.auvious.caller import about, address_of, admit, count, count_code
from qms_gateway.dialects.auvious.commands import read
from qms_gateway.dialects.auvious.headers import basic

GRANT = "client_credentials"
FIELDS = ("grant_type", "client_id", "client_secret")
LONGEST = 400
NAME = re.compile(r"(?=.{1,60}$)(?!.*\d{4})(?:[\w &'’,()-]|\.(?= |$))+")
"""What looks like the name of somebody, and holds neither an address nor a number to call."""

KEPT_NOWHERE = {"Cache-Control": "no-store", "Pragma": "no-cache"}


@allows("site.sign_in")
async def token(request: web.Request) -> web.Response:
    """`POST /security/oauth/token`: a token for a client's id and secret, in the query, the form or Basic."""
    count(request)
    said = await _said(request)
    if said.get("grant_type") != GRANT:
        raise Invalid("grant_type", GRANT)
    store = request.app[STORE]
    id, secret = said.get("client_id", ""), said.get("client_secret", "")
    client = await store.read(clients.find_client, client_id=id, client_secret=secret, address=address_of(request))
    note_use(request, client.id)
    answer = json_answer(_granted(request, client, await current_network(request, client.account_id)))
    answer.headers.update(KEPT_NOWHERE)
    return answer.response()


@allows("site.sign_in")
async def send(request: web.Request) -> web.Response:
    """`POST /security/otp`: a code to a contact; its id is what goes with it."""
    count(request)
    body = await read(request, asked.OtpRequest)
    return await perform(
        request,
        otp.send,
        reply=lambda sent: json_answer(wire.Otp(id=to_uuid(sent.id))),
        principal="otp",
        account=await _account(request, body.application_id),
        channel=body.channel,
        to=body.to,
        locale=body.locale,
        name=_name(request, body.custom_name),
        application=body.application_id,
    )


@allows("site.sign_in")
async def verify(request: web.Request) -> web.Response:
    """`POST /security/otp/verify`: whether a code is the one that was sent."""
    count(request)
    body = await read(request, asked.OtpVerify)
    id = from_uuid(body.verification_id)
    if id is None:
        raise NotFound("verification", body.verification_id)
    await request.app[STORE].write(otp.guess, id=id, code=body.code)
    return await perform(
        request, otp.verify, reply=lambda _: empty(), principal="otp", id=id, code=body.code, to=body.to
    )


def _granted(request: web.Request, client: ApiKey, network: Network) -> wire.Token:
    agent, now = network.agents.get(client.agent_id or ""), request.app[NOW]()
    user = agent.public_id if agent is not None else None
    return wire.Token(
        access_token=client_tokens.issue(client, user=user, secret=request.app[SECRET], now=now),
        token_type="bearer",  # noqa: S106 - the kind of token, RFC 6749 section 7.1
        expires_in=int(client_tokens.lasts(client, now).total_seconds()),
        scope=" ".join(client.roles),
    )


def _name(request: web.Request, wanted: str | None) -> str | None:
    """In what name a code is sent: a stranger may choose a name, but not what else the message says."""
    return wanted if wanted is None or "Authorization" in request.headers or NAME.fullmatch(wanted) else None


async def _account(request: web.Request, application: str | None) -> str | None:
    """In whose name a code is sent: the caller's, the application's, or nobody's in particular.

    Raises:
        Invalid: there is no such application.
    """
    if "Authorization" in request.headers:
        return (await admit(request)).account
    count_code(request)
    if application is None:
        return None
    try:
        found = await request.app[STORE].read(find_application, id=application)
    except NotFound:
        raise Invalid("applicationId", "an application of ours") from None
    return (await about(request, found)).account.id


async def _said(request: web.Request) -> Mapping[str, str]:
    """What the request says in its query, its form, or Basic authentication (RFC 6749, section 2.3.1)."""
    form: Mapping[str, object] = {}
    if request.content_type == "application/x-www-form-urlencoded":
        try:
            form = await request.post()
        except ValueError:
            raise Invalid("body", "a form") from None
    given = {name: form.get(name, request.query.get(name)) for name in FIELDS}
    said = {name: value for name, value in given.items() if isinstance(value, str) and len(value) <= LONGEST}
    if "client_id" not in said and "Authorization" in request.headers:
        named = basic(request)
        return {**said, "client_id": named.name, "client_secret": named.secret}
    if not {"client_id", "client_secret"} <= said.keys():
        raise NotAuthenticated("client")
    return said
