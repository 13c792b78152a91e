"""Asking an OpenID provider who somebody is. Source: OpenID Connect Core 1.0 and Discovery 1.0, RFC 7636 (PKCE).

Nothing is kept between two logins: they are rare, and a provider may change its keys at any time.
"""

import base64
import hashlib
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

import aiohttp
import jwt
from aiohttp import web

from acd.delivery.guard import Guard
from acd.delivery.resolver import Resolver
from qms.domain.errors import NotAuthenticated

ALGORITHMS = ("RS256", "PS256", "ES256", "EdDSA")
"""How an identity may be signed: with a key that only the provider has."""

CLAIMS = ("iss", "sub", "aud", "exp", "iat", "nonce")
SECONDS = 10.0
MOST_BYTES = 256 * 1024
LEEWAY_SECONDS = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What goes out with somebody, and must come back: only his own browser knows it."""

    state: str
    nonce: str
    verifier: str

    @classmethod
    def new(cls) -> "Question":
        """A new one."""
        return cls(state=secrets.token_urlsafe(24), nonce=secrets.token_urlsafe(24), verifier=secrets.token_urlsafe(48))


@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    """Ourselves, as the provider knows us."""

    issuer: str
    client_id: str
    client_secret: str | None
    redirect: str


class Providers:
    """Asks providers, over connections that pass the guard."""

    def __init__(self, guard: Guard) -> None:
        self._guard = guard

    async def address(self, client: Client, question: Question) -> str:
        """Where somebody is sent to prove who he is.

        Raises:
            NotAuthenticated: the provider does not answer, or is another one.
        """
        async with self._session() as session:
            known = await _discovered(session, client.issuer)
        digest = hashlib.sha256(question.verifier.encode()).digest()
        asked = {
            "response_type": "code",
            "scope": "openid email",
            "client_id": client.client_id,
            "redirect_uri": client.redirect,
            "state": question.state,
            "nonce": question.nonce,
            "code_challenge": base64.urlsafe_b64encode(digest).rstrip(b"=").decode(),
            "code_challenge_method": "S256",
        }
        end = str(known["authorization_endpoint"])
        return f"{end}{'&' if urlsplit(end).query else '?'}{urlencode(asked)}"

    async def email(self, client: Client, question: Question, code: str, now: datetime) -> str:
        """The verified e-mail address of whoever came back with a code.

        Raises:
            NotAuthenticated: the provider does not say so, or what it says is not genuine.
        """
        async with self._session() as session:
            known = await _discovered(session, client.issuer)
            said = await _exchanged(session, str(known["token_endpoint"]), client, question, code)
            keys = await _read(session.get(str(known["jwks_uri"]), allow_redirects=False))
        claims = verified(str(said.get("id_token")), keys, client, question, now)
        if claims.get("email_verified") is not True or not isinstance(claims.get("email"), str):
            raise NotAuthenticated("no verified e-mail address")
        return str(claims["email"])

    def _session(self) -> aiohttp.ClientSession:
        connector = aiohttp.TCPConnector(socket_factory=self._guard.socket, resolver=Resolver(), force_close=True)
        return aiohttp.ClientSession(
            connector=connector,
            cookie_jar=aiohttp.DummyCookieJar(),
            timeout=aiohttp.ClientTimeout(total=SECONDS),
            trust_env=False,
        )


PROVIDERS: web.AppKey[Providers] = web.AppKey("openid_providers", Providers)


def verified(token: str, keys: Mapping[str, Any], client: Client, question: Question, now: datetime) -> dict[str, Any]:
    """The claims of an identity token, if it is genuine, for us, fresh, and the answer to our question.

    Raises:
        NotAuthenticated: it is not.
    """
    try:
        key = _key(jwt.get_unverified_header(token), keys)
        claims: dict[str, Any] = jwt.decode(
            token,
            key,
            algorithms=list(ALGORITHMS),
            audience=client.client_id,
            issuer=client.issuer,
            options={"require": list(CLAIMS), "verify_exp": False, "verify_iat": False, "verify_nbf": False},
        )
        times = [float(claims[name]) for name in ("exp", "iat")]
    except (jwt.PyJWTError, ValueError, TypeError) as error:
        raise NotAuthenticated(f"identity: {type(error).__name__}") from None
    at = now.timestamp()
    fresh = times[0] > at - LEEWAY_SECONDS and times[1] < at + LEEWAY_SECONDS
    ours = claims.get("azp", client.client_id) == client.client_id
    if not (fresh and ours and secrets.compare_digest(str(claims["nonce"]), question.nonce)):
        raise NotAuthenticated("identity: another time, place or question")
    return claims


def _key(header: Mapping[str, Any], keys: Mapping[str, Any]) -> Any:
    """The provider's key that a token names; of a kind that signs with a secret there is none."""
    known = jwt.PyJWKSet.from_dict(dict(keys)).keys
    wanted = header.get("kid")
    found = [one for one in known if one.key_type != "oct" and wanted in (None, one.key_id)]
    if len(found) != 1:
        raise NotAuthenticated("identity: no such key")
    return found[0].key


async def _discovered(session: aiohttp.ClientSession, issuer: str) -> dict[str, Any]:
    known = await _read(session.get(f"{issuer}/.well-known/openid-configuration", allow_redirects=False))
    if str(known.get("issuer")).rstrip("/") != issuer:
        raise NotAuthenticated("another issuer")
    scheme = urlsplit(issuer).scheme
    for name in ("authorization_endpoint", "token_endpoint", "jwks_uri"):
        if urlsplit(str(known.get(name))).scheme != scheme:
            raise NotAuthenticated(f"no {name}")
    return known


async def _exchanged(
    session: aiohttp.ClientSession, end: str, client: Client, question: Question, code: str
) -> dict[str, Any]:
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": client.redirect,
        "client_id": client.client_id,
        "code_verifier": question.verifier,
    }
    return await _read(session.post(end, data=form, headers=_proof(client), allow_redirects=False))


def _proof(client: Client) -> dict[str, str]:
    """That it is us, where the provider has given us a secret. Source: RFC 6749, section 2.3.1."""
    if client.client_secret is None:
        return {}
    named = f"{quote(client.client_id, safe='')}:{quote(client.client_secret, safe='')}"
    return {"Authorization": f"Basic {base64.b64encode(named.encode()).decode()}"}


async def _read(asking: Any) -> dict[str, Any]:
    """A JSON object of a provider's: so many bytes, so much time."""
    try:
        async with asking as answer:
            body = await answer.content.read(MOST_BYTES)
            value = json.loads(body) if answer.status == 200 else None
    except (aiohttp.ClientError, OSError, TimeoutError, ValueError) as error:
        raise NotAuthenticated(f"provider: {type(error).__name__}") from None
    if not isinstance(value, dict):
        raise NotAuthenticated("provider: no answer")
    return value
