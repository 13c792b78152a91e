"""What every command that is no server does with the installation: open it, say in a line what is refused, close it."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from qms.domain.errors import Refused
from qms.store.store import Store
from server.failing import fail
from server.opened import open_installation
from server.settings import Settings


@contextmanager
def installation() -> Iterator[Store]:
    """The store of this installation, until the command is done; what is refused inside is told, and ends it with 1.

    Raises:
        Unavailable: it cannot be opened.
    """
    opened = open_installation(Settings.read(os.environ), tool=True, begins=False)
    try:
        yield opened.store
    except Refused as refused:
        fail(str(refused))
    finally:
        opened.store.close()
