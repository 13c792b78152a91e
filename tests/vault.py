"""The vault of tests: every process of an installation has the same secret."""

from qms.store.vault import Vault

VAULT = Vault(b"a secret of at least thirty-two bytes")
