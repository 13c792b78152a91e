"""What a list is asked for in an address: those in a state, and at most so many."""

from collections.abc import Mapping, Sequence

from qms.domain.errors import Invalid

MOST = 500
USUAL = "100"


def state_of(query: Mapping[str, str], states: Sequence[str]) -> str | None:
    """The state that is asked for; None for all.

    Raises:
        Invalid: there is no such state.
    """
    state = query.get("state") or None
    if state is not None and state not in states:
        raise Invalid("state", "one of " + ", ".join(states))
    return state


def limit_of(query: Mapping[str, str]) -> int:
    """At most how many are wanted.

    Raises:
        Invalid: that is no number, or too many.
    """
    limit = query.get("limit", USUAL)
    if not (limit.isascii() and limit.isdecimal() and 1 <= int(limit[:6]) <= MOST):
        raise Invalid("limit", f"a whole number from 1 to {MOST}")
    return int(limit)
