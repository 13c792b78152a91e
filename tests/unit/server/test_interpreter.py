"""When a server looks for garbage: between requests, once there may be some."""

import gc
import weakref
from collections.abc import Iterator

import pytest

from server import interpreter


class Ring:
    """Garbage once nobody has it: it holds on to itself."""

    def __init__(self) -> None:
        self.me = self


@pytest.fixture(autouse=True)
def only_when_told() -> Iterator[None]:
    """The collector looks at nothing by itself, and has just looked at everything."""
    gc.collect()
    gc.disable()
    yield
    gc.enable()


def lost_ring() -> "weakref.ref[Ring]":
    return weakref.ref(Ring())


def new_things(count: int) -> list[list[int]]:
    return [[n] for n in range(count)]


def test_garbage_among_many_new_things_is_found():
    ring = lost_ring()
    things = new_things(interpreter.WORTH_A_LOOK + 1)

    interpreter.look()

    assert ring() is None
    assert things


def test_few_new_things_are_not_worth_a_look():
    ring = lost_ring()

    interpreter.look()

    assert ring() is not None


@pytest.mark.parametrize("generation", [1, 2])
def test_what_has_stayed_for_a_while_is_looked_at_in_its_turn(generation, monkeypatch):
    monkeypatch.setattr(gc, "get_threshold", lambda: (50_000, 3, 2))
    one = Ring()
    ring = weakref.ref(one)
    for older in range(generation):
        gc.collect(older)
    del one

    kept = []
    for _ in range(30):
        kept.append(new_things(interpreter.WORTH_A_LOOK + 1))
        interpreter.look()

    assert ring() is None
