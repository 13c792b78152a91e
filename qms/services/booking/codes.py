"""Check-in codes: short enough to type at a kiosk, without letters and digits that look alike."""

import secrets

from qms.store import appointments
from qms.store.tx import Tx

ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
HALF = 3


def new_code(tx: Tx, account: str) -> str:
    """A code such as `K7M-2QX` that no appointment of the account has had: one of a thousand million."""
    while True:
        letters = [ALPHABET[byte % len(ALPHABET)] for byte in secrets.token_bytes(2 * HALF)]  # 32: all are as likely
        code = f"{''.join(letters[:HALF])}-{''.join(letters[HALF:])}"
        if not appointments.code_taken(tx, account, code):
            return code


def spellings(typed: str) -> tuple[str, ...]:
    """The codes that somebody may mean: as typed, and with a hyphen where he left it out or wrote something else."""
    letters = "".join(filter(str.isalnum, typed))
    return (typed,) if len(letters) != 2 * HALF else (typed, f"{letters[:HALF]}-{letters[HALF:]}")
