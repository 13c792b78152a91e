"""What a socket is told, made from what was seen only when it is told."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import msgspec


class Seen(Mapping[str, Any]):
    """A message but for `seq` and `now`: equal to another if what was seen for both is the same.

    `shape` makes the message of what was seen; equal things must make equal messages.
    """

    def __init__(self, seen: object, shape: Callable[[], msgspec.Struct]) -> None:
        self._seen, self._shape = seen, shape
        self._made: dict[str, Any] | None = None

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Seen) and self._seen == other._seen

    __hash__ = None  # type: ignore[assignment]

    def __getitem__(self, name: str) -> Any:
        return self._whole()[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._whole())

    def __len__(self) -> int:
        return len(self._whole())

    def _whole(self) -> dict[str, Any]:
        if self._made is None:
            whole = msgspec.structs.asdict(self._shape())
            self._made = {name: value for name, value in whole.items() if name not in ("seq", "now")}
        return self._made
