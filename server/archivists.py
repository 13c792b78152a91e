"""Who archives in this installation, if anybody does."""

from importlib import metadata
from pathlib import Path

from acd.archivist import Archivist
from qms.store.archive import Folder
from qms.store.store import Store
from server.settings import Settings


def archivist_of(settings: Settings, store: Store) -> Archivist | None:
    """The archivist, where there is a folder for archives."""
    if settings.archive_folder is None:
        return None
    return Archivist(store, Folder(Path(settings.archive_folder)), version=metadata.version("turnero"))
