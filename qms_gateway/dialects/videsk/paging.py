"""Pages of a list: `$limit` is 1 to 100, `$skip` from 0, what is no number counts as absent."""

from collections.abc import Sequence
from typing import NamedTuple, TypeVar

from aiohttp import web

T = TypeVar("T")
USUAL, MOST = 10, 100


class Page(NamedTuple):
    """Which part of a list is asked for."""

    limit: int
    skip: int

    def cut(self, whole: Sequence[T]) -> Sequence[T]:
        """That part."""
        return whole[self.skip : self.skip + self.limit]


def page_of(request: web.Request) -> Page:
    """The page that a request asks for."""
    limit = min(max(_whole(request, "$limit", USUAL), 1), MOST)
    return Page(limit, max(_whole(request, "$skip", 0), 0))


def _whole(request: web.Request, name: str, default: int) -> int:
    text = request.query.get(name, "")
    digits = text.removeprefix("-")
    if not digits.isascii() or not digits.isdigit() or len(digits) > 9:
        return default
    return int(text)
