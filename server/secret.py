"""The installation's secret: set, or made once and kept beside the SQLite file."""

import os
import secrets
from pathlib import Path

from qms.store.engines import driver_url
from server.settings import Settings, SettingsError

SHORTEST = 32


def secret_of(settings: Settings) -> bytes:
    """The secret that signs keys and tokens.

    Raises:
        SettingsError: none is set, and none can be kept beside an SQLite file.
    """
    if settings.secret_key is not None:
        return settings.secret_key.encode()
    database = driver_url(settings.database_url).database
    if not settings.database_url.startswith("sqlite") or not database:
        raise SettingsError("TURNERO_SECRET_KEY: required with this database")
    return _kept(Path(f"{database}.secret"))


def _kept(path: Path) -> bytes:
    try:
        if not path.exists():
            _make(path)
        secret = path.read_bytes().strip()
    except OSError as error:
        raise SettingsError(f"TURNERO_SECRET_KEY: none is set, and {path}: {error.strerror}") from error
    if len(secret) < SHORTEST:
        raise SettingsError(f"{path}: expected a secret of {SHORTEST} characters or more; remove it to have one made")
    return secret


def _make(path: Path) -> None:
    """Write a secret, whole or not at all, unless another process has just done so."""
    written = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    handle = os.open(written, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(secrets.token_urlsafe(48).encode())
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(written, path)
    except FileExistsError:
        pass
    except OSError:  # a file system without hard links
        written.rename(path)
    finally:
        written.unlink(missing_ok=True)
