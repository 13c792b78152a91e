"""The installation's secret: set, or made once and kept beside the SQLite file."""

import os
import secrets
from pathlib import Path

from qms.store.engines import driver_url
from server.settings import Settings, SettingsError


def secret_of(settings: Settings) -> bytes:
    """The secret that signs keys and tokens.

    Raises:
        SettingsError: none is set, and there is no SQLite file to keep one beside.
    """
    if settings.secret_key is not None:
        return settings.secret_key.encode()
    database = driver_url(settings.database_url).database
    if not settings.database_url.startswith("sqlite") or not database:
        raise SettingsError("TURNERO_SECRET_KEY: required with this database")
    path = Path(f"{database}.secret")
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_bytes().strip()
    with os.fdopen(handle, "wb") as file:
        made = secrets.token_urlsafe(48).encode()
        file.write(made)
        return made
