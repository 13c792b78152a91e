"""Who may open a socket."""

import pytest

from qms.web.origin import is_own

PUBLIC = "https://queue.bank.example"


@pytest.mark.parametrize(
    "origin",
    [
        "http://192.168.1.5:8080",
        "https://192.168.1.5:8080",
        "https://queue.bank.example",
        "https://queue.bank.example:443",
        "https://QUEUE.bank.example",
    ],
)
def test_our_own_pages_may(origin):
    assert is_own(origin, "192.168.1.5:8080", PUBLIC)


@pytest.mark.parametrize(
    "origin",
    [
        "null",
        "",
        "https://evil.example",
        "http://queue.bank.example",
        "https://queue.bank.example.evil.example",
        "https://queue.bank.example:8443",
        "http://192.168.1.5",
        "file://192.168.1.5:8080",
        "http://[",
        "http://x:port",
    ],
)
def test_others_may_not(origin):
    assert not is_own(origin, "192.168.1.5:8080", PUBLIC)
