"""The installation's secret: set, or made once and kept beside the SQLite file; and the one before it."""

import hashlib
import os
import secrets
from pathlib import Path

from qms.store.engines import driver_url
from qms.store.vault import Vault
from server.setting_forms import SettingsError
from server.settings import Settings

SHORTEST = 32


def secret_of(settings: Settings) -> bytes:
    """The secret that signs keys and tokens.

    Raises:
        SettingsError: none is set, and none can be kept beside an SQLite file.
    """
    if (known := known_secret(settings)) is not None:
        return known
    path = _place(settings)
    if path is None:
        raise SettingsError("TURNERO_SECRET_KEY: required with this database")
    return _kept(path)


def known_secret(settings: Settings) -> bytes | None:
    """The secret that is set."""
    return None if settings.secret_key is None else settings.secret_key.encode()


def kept_secret(settings: Settings) -> bytes | None:
    """The secret that is kept beside the SQLite file, if one has been made.

    Raises:
        SettingsError: it cannot be read, or is none.
    """
    path = _place(settings)
    return _secret_in(path) if path is not None and path.exists() else None


def would_be_made(settings: Settings) -> bool:
    """Whether none is set, and none is kept yet where one may be."""
    path = _place(settings)
    return known_secret(settings) is None and path is not None and not path.exists()


def replace_kept(settings: Settings, secret: bytes) -> bool:
    """Keep this secret beside the SQLite file from now on; False where there is no such place.

    Raises:
        SettingsError: it cannot be written there.
    """
    path = _place(settings)
    if path is None:
        return False
    try:
        _put(path, secret)
    except OSError as error:
        raise SettingsError(f"{path}: {error.strerror}") from error
    return True


def vault_of(settings: Settings) -> Vault:
    """The vault, which opens what was sealed with the present secret or with the one before.

    Raises:
        SettingsError: there is no secret, and none can be kept.
    """
    before = secret_before(settings)
    return Vault(secret_of(settings), *([] if before is None else [before]))


def secret_before(settings: Settings) -> bytes | None:
    """The secret before the present one, while something may still be sealed with it."""
    if settings.secret_key_before is not None:
        return settings.secret_key_before.encode()
    path = _place_before(settings)
    return _secret_in(path) if path is not None and path.exists() else None


def succeed_kept(settings: Settings) -> bool:
    """Have a new secret made; the kept one is the one before it from now on. False where none is kept."""
    path = _place_before(settings)
    kept = kept_secret(settings) if known_secret(settings) is None else None
    if path is None or kept is None:
        return False
    _put(path, kept)
    return replace_kept(settings, _new())


def drop_kept_before(settings: Settings) -> None:
    """Nothing is sealed with the secret before any more: it is not kept any longer."""
    if (path := _place_before(settings)) is not None:
        path.unlink(missing_ok=True)


def fingerprint(secret: bytes) -> str:
    """Tells one secret from another, and too short to tell a guess that is right."""
    return hashlib.sha256(b"turnero:" + secret).hexdigest()[:8]


def _place(settings: Settings) -> Path | None:
    database = driver_url(settings.database_url).database
    return Path(f"{database}.secret") if settings.database_url.startswith("sqlite") and database else None


def _place_before(settings: Settings) -> Path | None:
    path = _place(settings)
    return None if path is None else path.with_name(f"{path.name}.before")


def _kept(path: Path) -> bytes:
    try:
        if not path.exists():
            _make(path)
    except OSError as error:
        raise SettingsError(f"TURNERO_SECRET_KEY: none is set, and {path}: {error.strerror}") from error
    return _secret_in(path)


def _secret_in(path: Path) -> bytes:
    try:
        secret = path.read_bytes().strip()
    except OSError as error:
        raise SettingsError(f"TURNERO_SECRET_KEY: none is set, and {path}: {error.strerror}") from error
    if len(secret) < SHORTEST:
        raise SettingsError(f"{path}: expected a secret of {SHORTEST} characters or more; remove it to have one made")
    return secret


def _make(path: Path) -> None:
    """Make a secret, whole or not at all, unless another process has just done so."""
    written = _written(path, _new())
    try:
        os.link(written, path)
    except FileExistsError:
        pass
    except OSError:  # a file system without hard links
        written.rename(path)
    finally:
        written.unlink(missing_ok=True)


def _new() -> bytes:
    return secrets.token_urlsafe(48).encode()


def _put(path: Path, secret: bytes) -> None:
    """Have the secret at the path, whole or not at all."""
    written = _written(path, secret)
    try:
        written.replace(path)
    finally:
        written.unlink(missing_ok=True)


def _written(path: Path, secret: bytes) -> Path:
    """A file beside the path with the secret in it, for its owner only, and on the disk."""
    written = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    handle = os.open(written, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(secret)
        file.flush()
        os.fsync(file.fileno())
    return written
