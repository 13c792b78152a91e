"""Values that are made by the thousand: frozen for whoever writes code, since mypy sees to it, and quick to make.

A frozen dataclass sets each of its fields by way of `object.__setattr__`: a ticket takes 6.6 µs instead of 1.4, and a
pass of the distributor makes hundreds of them.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dataclasses import dataclass as value
else:
    from dataclasses import dataclass

    def value(*, frozen, slots, kw_only):
        """A dataclass with a frozen one's hash, and without the guard that looks at every field as it is made."""
        return dataclass(unsafe_hash=frozen, slots=slots, kw_only=kw_only)


__all__ = ["value"]
