"""Frames made by us, read by an independent implementation."""

import pytest
from websockets.frames import Frame, Opcode
from websockets.protocol import CLIENT, OPEN, Protocol

from qms.web.live.frames import text_frame


@pytest.mark.parametrize("size", [0, 1, 125, 126, 65_535, 65_536, 200_000])
def test_a_client_reads_what_was_framed(size):
    client = Protocol(CLIENT, state=OPEN)
    text = ("é" * size).encode()[:size] if size % 2 == 0 else b"x" * size

    client.receive_data(text_frame(text))

    (frame,) = client.events_received()
    assert isinstance(frame, Frame)
    assert (frame.opcode, frame.fin, frame.data) == (Opcode.TEXT, True, text)
