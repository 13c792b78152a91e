"""The vault: seals the secrets that have to be read again, so that a database and its backups tell none of them.

AES-256-GCM under a key that follows from the installation's secret (HKDF). What is sealed is bound to its column and to
its row: put anywhere else, it does not open. `sealed:1:<key>:<nonce and ciphertext>`; the `<key>` tells which secret
it was sealed with.
"""

import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import msgspec
import sqlalchemy as sa

from qms.domain.errors import Unavailable
from qms.store.columns import SEAL, Sealed, compact
from qms.store.schema import metadata

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

PURPOSE = b"turnero vault"
KEY_BYTES, NAME_BYTES, NONCE_BYTES = 32, 4, 12


class NotOpened(Unavailable):
    """What is sealed was sealed with another secret than the installation has, for another place, or was changed."""


class Vault:
    """Seals with the secret; opens what was sealed with it, or with one `before`. `name` tells the present secret."""

    def __init__(self, secret: bytes, *before: bytes) -> None:
        self._keys = dict(_key(one) for one in (*before, secret))
        *_, self.name = self._keys

    def seal(self, column: "sa.Column[Any]", id: str, value: Any) -> str | None:
        """A value of one row's column, sealed; None stays None."""
        if value is None:
            return None
        nonce = secrets.token_bytes(NONCE_BYTES)
        sealed = self._keys[self.name].encrypt(nonce, compact(value).encode(), _place(column, id))
        return f"{SEAL}{self.name}:{urlsafe_b64encode(nonce + sealed).decode()}"

    def open(self, column: "sa.Column[Any]", id: str, sealed: str | None) -> Any:
        """The value that was sealed in one row's column.

        Raises:
            NotOpened: the secret is another one, or that was not sealed there.
        """
        if sealed is None:
            return None
        name, _, text = sealed.removeprefix(SEAL).partition(":")
        if name not in self._keys:
            raise NotOpened(f"{column.table.name}.{column.name} was sealed with another secret than TURNERO_SECRET_KEY")
        from cryptography.exceptions import InvalidTag

        try:
            body = urlsafe_b64decode(text)
            opened = self._keys[name].decrypt(body[:NONCE_BYTES], body[NONCE_BYTES:], _place(column, id))
        except (InvalidTag, ValueError) as error:
            raise NotOpened(f"{column.table.name}.{column.name} was not sealed for this row, or was changed") from error
        return msgspec.json.decode(opened)

    def seal_row(self, table: sa.Table, id: str, values: Mapping[str, Any]) -> dict[str, Any]:
        """Values of a row as they are kept."""
        sealed = {c.name: self.seal(c, id, values[c.name]) for c in sealed_columns(table) if c.name in values}
        return {**values, **sealed}

    def open_row(self, table: sa.Table, row: Mapping[Any, Any]) -> Mapping[Any, Any]:
        """A whole row as it was before it was kept.

        Raises:
            NotOpened: the secret is another one, or something was not sealed there.
        """
        if not (sealed := sealed_columns(table)):
            return row
        (key,) = table.primary_key.columns
        return {**row, **{c.name: self.open(c, row[key.name], row[c.name]) for c in sealed}}


@lru_cache
def sealed_columns(table: sa.Table) -> "tuple[sa.Column[Any], ...]":
    """The columns of a table that hold what is sealed."""
    return tuple(column for column in table.columns if isinstance(column.type, Sealed))


def all_sealed_columns() -> "Iterator[sa.Column[Any]]":
    """Every column of the database that holds what is sealed."""
    for table in metadata.sorted_tables:
        yield from sealed_columns(table)


def _place(column: "sa.Column[Any]", id: str) -> bytes:
    return f"{column.table.name}.{column.name} {id}".encode()


def _key(secret: bytes) -> "tuple[str, AESGCM]":
    """The key that follows from a secret, under a name that tells nothing of either."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # loads slowly, as what is next to it
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    made = HKDF(algorithm=SHA256(), length=KEY_BYTES + NAME_BYTES, salt=None, info=PURPOSE).derive(secret)
    return made[KEY_BYTES:].hex(), AESGCM(made[:KEY_BYTES])
