"""What managers put up: pictures and films for the screens, recorded clips for the voice."""

from aiohttp import web

from desk.devices import MediumShape
from qms.domain.errors import Invalid
from qms.services import media
from qms.services.media import Medium
from qms.web import people
from qms.web.access import allows
from qms.web.answers import empty, json_answer
from qms.web.keys import STORE

NAME = "{name:[^/]{1,200}}"
LANGUAGE = "{language:[A-Za-z]{2,3}(?:-[A-Za-z]{2,4})?}"


@allows("network.manage")
async def put_medium(request: web.Request) -> web.Response:
    """Put up a picture or a film; the body is the file."""
    name, login = request.match_info["name"], await people.who(request)
    content_type = media.content_type_of(name)
    if content_type is None:
        raise Invalid("name", "a file that ends in " + ", ".join(media.SHOWN))
    found = await request.app[STORE].write(
        media.put,
        account=login.account_id,
        shelf=media.MEDIA,
        name=name,
        content_type=content_type,
        content=await body_of(request, media.MOST_BYTES),
    )
    return json_answer(_shape(found), 201).response()


@allows("network.manage")
async def put_clip(request: web.Request) -> web.Response:
    """Put up a recorded clip under what it says; the body is a WAV file."""
    login = await people.who(request)
    found = await request.app[STORE].write(
        media.put_clip,
        account=login.account_id,
        language=request.match_info["language"],
        name=request.match_info["name"],
        content=await body_of(request, media.MOST_CLIP_BYTES),
    )
    return json_answer(_shape(found), 201).response()


@allows("network.manage")
async def remove_medium(request: web.Request) -> web.Response:
    """Take a picture or a film down."""
    return await _remove(request, media.MEDIA)


@allows("network.manage")
async def remove_clip(request: web.Request) -> web.Response:
    """Take a recorded clip down."""
    return await _remove(request, media.VOICE + request.match_info["language"])


async def body_of(request: web.Request, most: int) -> bytes:
    """A body that may be larger than others, but not endless.

    Raises:
        HTTPRequestEntityTooLarge: it is larger. Invalid: it is empty.
    """
    content = bytearray()
    async for piece in request.content.iter_any():
        content += piece
        if len(content) > most:
            raise web.HTTPRequestEntityTooLarge(max_size=most, actual_size=len(content))
    if not content:
        raise Invalid("content", "a file that is not empty")
    return bytes(content)


async def _remove(request: web.Request, shelf: str) -> web.Response:
    login = await people.who(request)
    await request.app[STORE].write(media.remove, account=login.account_id, shelf=shelf, name=request.match_info["name"])
    return empty().response()


def _shape(one: Medium) -> MediumShape:
    return MediumShape(shelf=one.shelf, name=one.name, content_type=one.content_type, size=one.size, at=one.at)
