"""The disk under the database, where the database is a file of ours."""

import os
import shutil
from pathlib import Path

from qms.store.engines import driver_url
from server.settings import Settings

LEAST_FREE_BYTES = 16 * 1024 * 1024


def file_of(settings: Settings) -> Path | None:
    """The file of an SQLite database; None with PostgreSQL, whose disk is its own affair."""
    if not settings.database_url.startswith("sqlite"):
        return None
    return Path(driver_url(settings.database_url).database or ".")


def missing_file(settings: Settings) -> Path | None:
    """The file of an SQLite database that is not there: to look for one must not make it. None: there may be one."""
    file = file_of(settings)
    return None if file is None or file.exists() else file


def folder_of(settings: Settings) -> Path | None:
    """The folder of an SQLite database; None with PostgreSQL."""
    file = file_of(settings)
    return None if file is None else file.resolve().parent


def disk_state(settings: Settings) -> str:
    """Whether something can be written: "ok", or what is wrong."""
    folder = folder_of(settings)
    if folder is None:
        return "ok"
    free = shutil.disk_usage(folder).free
    return "ok" if free > LEAST_FREE_BYTES and os.access(folder, os.W_OK) else "full or read-only"
