"""Passwords in a network file: hashed when they change, and only then."""

from qms.domain.network_file import read_network
from qms.services.applying import apply_network, known_hashes, password_hashes
from tests.db.networks import TWO_TOWNS, told


class CountingHasher:
    """Hashes so that one can see it."""

    def __init__(self):
        self.hashed = []

    def hash(self, password):
        self.hashed.append(password)
        return f"hash {len(self.hashed)} of {password}"

    def matches(self, hash, password):
        return hash.endswith(f" of {password}")


def with_password(store, hasher, text):
    file = read_network(text, "network.toml")
    hashes = password_hashes(file, store.read(known_hashes, slug=file.account.slug), hasher)
    return store.write(apply_network, file=file, hashes=hashes)


def of_nora(word):
    return TWO_TOWNS.replace('key = "nora"', f'key = "nora"\nemail = "nora@towns.example"\n{word}')


def test_a_password_that_has_not_changed_keeps_its_hash(store):
    hasher, text = CountingHasher(), of_nora('password = "secret"')
    with_password(store, hasher, text)

    again = with_password(store, hasher, text)

    assert again.changes == []
    assert hasher.hashed == ["secret"]


def test_another_password_is_hashed_anew_and_none_leaves_it_as_it_is(store):
    hasher = CountingHasher()
    with_password(store, hasher, of_nora('password = "secret"'))

    changed = with_password(store, hasher, of_nora('password = "better"'))
    removed = with_password(store, hasher, of_nora(""))
    given = with_password(store, hasher, of_nora('password_hash = "$argon2id$v=19$x"'))

    assert told(changed) == told(given) == ["change agent nora (password_hash)"]
    assert removed.changes == []
    assert hasher.hashed == ["secret", "better"]
