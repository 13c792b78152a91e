"""Pages of lists: which one is wanted, and where it stands (K-9)."""

from collections.abc import Container
from math import ceil
from typing import NamedTuple

from qms_gateway.dialects.voki import wire
from qms_gateway.dialects.voki.casting import Casting

USUAL, LARGEST, LAST = 20, 100, 10**9
ORDERS = ("asc", "desc")


class Wanted(NamedTuple):
    """The page that is wanted, its size, and the order."""

    page: int
    size: int
    order: str
    descending: bool

    def meta(self, total: int) -> wire.Meta_:
        """Where the page stands."""
        pages = max(1, ceil(total / self.size))
        return wire.Meta_(current_page=self.page, page_size=self.size, total_pages=pages, total_count=total)

    @property
    def slice(self) -> slice:
        """The same, of what is at hand as a whole."""
        return slice((self.page - 1) * self.size, self.page * self.size)


def wanted(query: Casting, fields: Container[str], usual: str) -> Wanted:
    """What a query says of it. Pages and sizes beyond their bounds are the nearest that there are."""
    page, size = query.whole("page"), query.whole("page_size")
    return Wanted(
        page=_within(1 if page is None else page, LAST),
        size=_within(USUAL if size is None else size, LARGEST),
        order=query.choice("sort_by", fields) or usual,
        descending=query.choice("sort_order", ORDERS) == "desc",
    )


def _within(number: int, most: int) -> int:
    return min(max(number, 1), most)
