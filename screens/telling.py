"""What screens are told, read where it is told from; what a hall has not heard of gets its place first."""

from collections.abc import Mapping, Sequence

from aiohttp import web

from qms.domain.errors import NotFound
from qms.services import lobby
from qms.web.keys import STORE
from qms.web.live import Told
from screens.means import MEANS


async def told(app: web.Application, tokens: Sequence[str]) -> Mapping[str, Told]:
    """What each of some screens shows now, by token; an unknown token is missing."""
    store, asked = app[STORE], {"tokens": tokens, "means": app[MEANS]}
    shown = await store.read(lobby.shown, **asked)
    if not shown.unheard:
        return shown.messages
    for hall, domain in shown.unheard.items():
        await store.write(lobby.hear, hall=hall, domain=domain)
    return (await store.read(lobby.shown, **asked)).messages


async def told_to(app: web.Application, token: str) -> Told:
    """What a screen shows now.

    Raises:
        NotFound: no screen has this token.
    """
    messages = await told(app, [token])
    if token not in messages:
        raise NotFound("screen", "token")
    return messages[token]
