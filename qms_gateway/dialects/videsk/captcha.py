"""Captchas: whether somebody's token stands for a person, as the account's provider has it (D-16)."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

import aiohttp
import structlog
from aiohttp import web

from qms.domain.errors import Unavailable
from qms.domain.options import Options

log = structlog.get_logger(__name__)
LONGEST_TOKEN = 8192


@dataclass(frozen=True, slots=True)
class Provider:
    """Where the page gets its script, and where we ask. All three answer the same question in the same way."""

    script: str
    verifier: str


PROVIDERS = {
    "turnstile": Provider(
        "https://challenges.cloudflare.com/turnstile/v0/api.js",
        "https://challenges.cloudflare.com/turnstile/v0/siteverify",
    ),
    "hcaptcha": Provider("https://js.hcaptcha.com/1/api.js", "https://api.hcaptcha.com/siteverify"),
    "recaptcha-enterprise": Provider(
        "https://www.google.com/recaptcha/enterprise.js",
        "https://www.google.com/recaptcha/api/siteverify",
    ),
}

CLIENT: web.AppKey[aiohttp.ClientSession] = web.AppKey("captcha_client", aiohttp.ClientSession)


async def client(app: web.Application) -> AsyncIterator[None]:
    """The connections to the providers, for as long as the application runs."""
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=5)) as session:
        app[CLIENT] = session
        yield


def script_of(options: Options) -> str:
    """The script that makes the page's token; empty without a provider."""
    provider = PROVIDERS.get(options.text("captcha"))
    return provider.script if provider is not None else ""


async def passes(session: aiohttp.ClientSession, options: Options, token: str, address: str) -> bool:
    """Whether the token is good. Without a provider every token is; one is asked for all the same.

    Raises:
        Unavailable: the provider does not answer, or not to the point.
    """
    provider = PROVIDERS.get(options.text("captcha"))
    if provider is None:
        return True
    if len(token) > LONGEST_TOKEN:
        return False
    asked = {"secret": options.text("captcha_secret"), "response": token, "remoteip": address}
    try:
        async with session.post(options.text("captcha_url") or provider.verifier, data=asked) as response:
            answer = await response.json(content_type=None)
        return answer["success"] is True
    except (TimeoutError, aiohttp.ClientError, ValueError, KeyError, TypeError) as error:
        log.warning("captcha_unanswered", provider=options.text("captcha"), error=type(error).__name__)
        raise Unavailable("captcha") from error
