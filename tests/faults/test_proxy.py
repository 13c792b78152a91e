"""The proxy: what it does to connections is what it says."""

import contextlib
import socket
import threading
from collections.abc import Iterator

import pytest

from tests.faults.proxy import Proxy


@pytest.fixture
def echo() -> Iterator[int]:
    """A server that says everything again; its port."""
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        while True:
            try:
                one, _ = listener.accept()
            except OSError:
                return
            threading.Thread(target=again, args=(one,), daemon=True).start()

    def again(one: socket.socket) -> None:
        with one, contextlib.suppress(ConnectionResetError):
            while heard := one.recv(100):
                one.sendall(heard)

    threading.Thread(target=serve, daemon=True).start()
    yield listener.getsockname()[1]
    listener.shutdown(socket.SHUT_RDWR)
    listener.close()


def line(proxy: Proxy) -> socket.socket:
    return socket.create_connection(("127.0.0.1", proxy.port), timeout=5)


def said(one: socket.socket, word: bytes = b"word") -> bytes:
    one.sendall(word)
    return one.recv(100)


def test_it_passes_on_and_cuts_and_passes_on_again(echo: int) -> None:
    with Proxy(echo) as proxy, line(proxy) as one:
        assert said(one) == b"word"

        proxy.cut()

        with pytest.raises(ConnectionResetError):
            one.recv(1)
        with line(proxy) as other:
            assert said(other) == b"word"


def test_a_connection_that_leads_nowhere_stays_open_and_never_comes_back(echo: int) -> None:
    with Proxy(echo) as proxy, line(proxy) as before:
        assert said(before) == b"word"
        proxy.freeze()
        with line(proxy) as meanwhile:
            for one in (before, meanwhile):
                one.settimeout(0.1)
                with pytest.raises(TimeoutError):
                    said(one)

        proxy.heal()

        with pytest.raises(TimeoutError):
            said(before)
        with line(proxy) as after:
            assert said(after) == b"word"


def test_it_goes_to_the_next_upstream_where_one_is_gone(echo: int) -> None:
    with socket.create_server(("127.0.0.1", 0)) as gone:
        nobody = gone.getsockname()[1]
    with Proxy(nobody, echo) as proxy, line(proxy) as one, line(proxy) as two:
        assert (said(one), said(two)) == (b"word", b"word")
