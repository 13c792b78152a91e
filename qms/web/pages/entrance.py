"""Where people sign in: pages for those who have, lead there whoever has not."""

from collections.abc import Iterator
from contextlib import contextmanager

from aiohttp import web

from qms.domain.errors import NotAuthenticated
from qms.web.pages.rendering import with_lang


@contextmanager
def led_to_sign_in(request: web.Request) -> Iterator[None]:
    """Inside, whoever turns out not to be signed in goes on to where that is done, in the language of the address."""
    try:
        yield
    except NotAuthenticated:
        raise web.HTTPSeeOther(with_lang(request, "/desk")) from None
