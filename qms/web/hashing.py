"""Argon2 for whoever hashes passwords."""

import argon2


class Argon2:
    """Hashes and checks with the library's recommended parameters."""

    def __init__(self) -> None:
        self._hasher = argon2.PasswordHasher()

    def hash(self, password: str) -> str:
        """A fresh hash."""
        return self._hasher.hash(password)

    def matches(self, hash: str, password: str) -> bool:
        """Whether the password is the one hashed."""
        try:
            return self._hasher.verify(hash, password)
        except (argon2.exceptions.VerificationError, argon2.exceptions.InvalidHashError):
            return False
