"""Coming in through an account's OpenID provider: out with a question, back with an answer, in with our own login.

Who somebody is, his verified e-mail address says; what he may, the network file. The question is kept by his browser in
a signed cookie, so that nobody can be signed in with an answer that somebody else has fetched.
"""

from dataclasses import asdict
from datetime import timedelta

import jwt
from aiohttp import web

from desk.login import LASTS, TWELVE_HOURS
from qms.domain.derivation import derived_key
from qms.domain.errors import NotAuthenticated, NotFound
from qms.domain.network import Network
from qms.services import logins
from qms.services.signatures import TokenRefused, genuine
from qms.web import cookies, people
from qms.web.access import allows
from qms.web.keys import NOW, SECRET, SITE, STORE
from qms.web.networks import network_of
from qms.web.openid import PROVIDERS, Client, Question
from qms.web.pages import with_lang

PATH = "/desk/single-sign-on"
COOKIE = "turnero_single_sign_on"
PATIENCE = timedelta(minutes=10)


def routes(app: web.Application) -> None:
    """Serve the way in from this application."""
    app.router.add_get(PATH, come_back)
    app.router.add_get(PATH + "/{account}", go_out)


@allows("site.sign_in")
async def go_out(request: web.Request) -> web.Response:
    """To the account's provider."""
    network = await network_of(request, request.match_info["account"])
    client, question = _client(request, network), Question.new()
    address = await request.app[PROVIDERS].address(client, question)
    now, slug = request.app[NOW](), network.account.slug
    claims = {**asdict(question), "account": slug, "exp": int((now + PATIENCE).timestamp())}
    response = web.Response(status=303, headers={"Location": address, "Cache-Control": "no-store"})
    text = jwt.encode(claims, _key(request), algorithm="HS256")
    cookies.keep(request, response, COOKIE, text, seconds=int(PATIENCE.total_seconds()), path=PATH)
    return response


@allows("site.sign_in")
async def come_back(request: web.Request) -> web.Response:
    """From the provider, with a code: to the desk."""
    question, slug = _asked(request)
    if request.query.get("state") != question.state or "code" not in request.query:
        raise NotAuthenticated("another answer")
    network = await network_of(request, slug)
    client, now = _client(request, network), request.app[NOW]()
    email = await request.app[PROVIDERS].email(client, question, request.query["code"], now)
    agent = next((one for one in network.agents.values() if (one.email or "").casefold() == email.casefold()), None)
    if agent is None:
        raise NotAuthenticated("nobody's e-mail address")
    lasts = request.app.get(LASTS, TWELVE_HOURS)
    token, _ = await request.app[STORE].write(
        logins.start, kind=people.KIND, agent=agent, scope=f"single sign-on {agent.id}", lasts=lasts
    )
    response = web.Response(status=303, headers={"Location": with_lang(request, "/desk"), "Cache-Control": "no-store"})
    people.remember(request, response, token, int(lasts.total_seconds()))
    cookies.drop(request, response, COOKIE, PATH)
    await people.leave_page(request)
    return response


def _asked(request: web.Request) -> tuple[Question, str]:
    try:
        claims = genuine(cookies.kept(request, COOKIE, PATH) or "", key=_key(request), now=request.app[NOW]())
    except TokenRefused:
        raise NotAuthenticated("no question") from None
    state, nonce, verifier, slug = (str(claims.get(name)) for name in ("state", "nonce", "verifier", "account"))
    return Question(state=state, nonce=nonce, verifier=verifier), slug


def _client(request: web.Request, network: Network) -> Client:
    said = network.account.sign_in
    if not said or PROVIDERS not in request.app:
        raise NotFound("single sign-on", network.account.slug)
    return Client(
        issuer=said["issuer"],
        client_id=said["client_id"],
        client_secret=said["client_secret"],
        redirect=request.app[SITE].public_url + PATH,
    )


def _key(request: web.Request) -> bytes:
    return derived_key(request.app[SECRET], "single sign-on")
