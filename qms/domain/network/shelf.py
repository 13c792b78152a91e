"""Things of one kind, by id and by key."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Protocol, TypeVar

from qms.domain.errors import NotFound
from qms.domain.ids import from_uuid


class Keyed(Protocol):
    """Anything configured: it has an id and a stable key."""

    @property
    def id(self) -> str: ...
    @property
    def key(self) -> str: ...
    @property
    def public_id(self) -> str: ...


T = TypeVar("T", bound=Keyed)


class Shelf(Mapping[str, T]):
    """Things of one kind by id, in the order of the network file; `find` takes an id or a key."""

    def __init__(self, kind: str, things: Iterable[T] = ()) -> None:
        self.kind = kind
        self._by_id = {thing.id: thing for thing in things}
        self._by_key = {thing.key: thing for thing in self._by_id.values()}
        self._by_given = {thing.public_id: thing for thing in self._by_id.values()}
        self._places = {id: place for place, id in enumerate(self._by_id)}

    def __getitem__(self, id: str) -> T:
        return self._by_id[id]

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_id)

    def __len__(self) -> int:
        return len(self._by_id)

    def some(self, ids: Iterable[str]) -> list[T]:
        """Those of these ids that are here, in the order of the network file."""
        return [self._by_id[id] for id in sorted(self._places.keys() & set(ids), key=self._places.__getitem__)]

    def known(self, id: str) -> T | None:
        """The thing with this id, ours or the one that callers know; None where there is none."""
        return self._by_given.get(id) or self._by_id.get(id)

    def find(self, id_or_key: str) -> T:
        """The thing with this id (in either spelling) or key.

        Raises:
            NotFound: there is none.
        """
        found = self._by_given.get(id_or_key) or self._by_key.get(id_or_key) or self._by_id.get(id_or_key)
        if found is None and (spelled := from_uuid(id_or_key)):
            found = self._by_given.get(spelled)
        if found is None:
            raise NotFound(self.kind, id_or_key)
        return found
