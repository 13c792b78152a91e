"""Applying a network file: the database becomes what the file says, in one transaction, or stays as it was."""

from qms.services.applying.applied import Applied, Change, DryRun
from qms.services.applying.apply import apply_network
from qms.services.applying.passwords import Hasher, known_hashes, password_hashes

__all__ = ["Applied", "Change", "DryRun", "Hasher", "apply_network", "known_hashes", "password_hashes"]
