"""A cursor over parsed TOML: takes values out of tables, and notes every problem with its place instead of stopping."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from qms.domain.almanac import Almanac
from qms.domain.complaint import Complaint, Value, Wrong, complaint, guessed
from qms.domain.ids import derived_id
from qms.domain.network_file import notations
from qms.domain.network_file.checks import Check, described
from qms.domain.network_file.lines import Lines, Path, spelled
from qms.domain.network_file.problems import Problem

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Reference:
    """Somewhere a key of another thing is named."""

    path: Path
    kind: str
    key: str


class Reading:
    """One pass over a file: what is wrong so far, what is taken, and what refers to what.

    `almanac` None: nobody says which countries there are.
    """

    def __init__(self, lines: Lines, almanac: Almanac | None = None) -> None:
        self.lines = lines
        self.almanac = almanac
        self.slug = ""
        self.problems: list[Problem] = []
        self.warnings: list[Problem] = []
        self.references: list[Reference] = []
        self._claims: dict[tuple[str, str, str], Path] = {}

    def complain(self, path: Path, said: Complaint) -> None:
        """Note what forbids to apply the file."""
        self.problems.append(self._problem(path, said))

    def warn(self, path: Path, said: Complaint) -> None:
        """Note what is allowed, and probably not meant."""
        self.warnings.append(self._problem(path, said))

    def claim(self, what: str, value: str, path: Path, *, within: str = "") -> None:
        """Take a value that nothing else may have, such as a token; or nothing else within something."""
        first = self._claims.setdefault((what, within, value), path)
        if first != path:
            said = complaint("%(value)s is already the %(what)s of %(other)s (line %(line)s)", value=described(value))
            self.complain(path, said.about(what=what, other=spelled(first[:-1]), line=self.lines.line(first)))

    def assume(self, kind: str, key: str) -> None:
        """Let a key be known that nothing in the file declares."""
        self._claims[f"{kind} key", "", key] = ()

    def keys(self, kind: str) -> list[str]:
        """The keys taken by things of a kind, in the file's order."""
        return [value for what, _, value in self._claims if what == f"{kind} key"]

    def _problem(self, path: Path, said: Complaint) -> Problem:
        return Problem(line=self.lines.line(path), path=spelled(path), complaint=said)


class Table:
    """One table; what has not been asked for when it is `done` is an unknown key."""

    def __init__(self, reading: Reading, path: Path, values: Mapping[str, object]) -> None:
        self.reading = reading
        self.path = path
        self.values = values
        self.asked: dict[str, None] = {}

    @property
    def line(self) -> int:
        """The line on which the table begins."""
        return self.reading.lines.line(self.path)

    def has(self, key: str) -> bool:
        """Whether the table says anything about a key; asking makes the key known."""
        self.asked[key] = None
        return key in self.values

    def complain(self, said: Complaint, *below: str | int) -> None:
        """Note a problem of the table, or of something in it."""
        self.reading.complain((*self.path, *below), said)

    def lack(self, key: str) -> None:
        """Note that a key is missing."""
        self.complain(complaint("%(missing)s is missing", missing=key))

    def read(self, key: str, check: Check[T], default: T) -> T:
        """The value of a key, or the default if it is absent (or wrong, which is noted)."""
        return self.checked(check, self.values[key], default, key) if self.has(key) else default

    def optional(self, key: str, check: Check[T]) -> T | None:
        """The value of a key, or None."""
        return self.checked(check, self.values[key], None, key) if self.has(key) else None

    def required(self, key: str, check: Check[str]) -> str:
        """The value of a key that must be there; an empty text stands in for it where it is missing or wrong."""
        if not self.has(key):
            self.lack(key)
            return ""
        return self.checked(check, self.values[key], "", key)

    def several(self, key: str, check: Check[T], default: tuple[T, ...] = ()) -> tuple[T, ...]:
        """The values of a list, each checked at its own place; the same value twice is a problem."""
        if not self.has(key):
            return default
        values = self.values[key]
        if not isinstance(values, list):
            self.complain(complaint("expected a list, found %(found)s", found=described(values)), key)
            return default
        found: dict[T, None] = {}
        for index, value in enumerate(values):
            problems = len(self.reading.problems)
            checked = self.checked(check, value, None, key, index)
            if checked is None or len(self.reading.problems) > problems:
                continue
            if checked in found:
                self.complain(complaint("%(value)s is listed twice", value=described(value)), key, index)
            found[checked] = None
        return tuple(found)

    def pairs(self, key: str, name: Check[str], check: Check[T]) -> dict[str, T]:
        """A table whose keys are names of the reader's choice."""
        table = self.table(key)
        found: dict[str, T] = {}
        for word, value in table.values.items() if table else ():
            checked = self.checked(name, word, None, key, word)
            kept = self.checked(check, value, None, key, word)
            if checked is not None and kept is not None:
                found[checked] = kept
        return found

    def table(self, key: str) -> "Table | None":
        """The table below a key, if there is one."""
        if not self.has(key):
            return None
        value = self.values[key]
        if isinstance(value, dict):
            return Table(self.reading, (*self.path, key), value)
        self.complain(complaint("expected a table, found %(found)s", found=described(value)), key)
        return None

    def tables(self, key: str) -> "Iterator[Table]":
        """The tables in a list, or under `[[key]]` headers."""
        values = self.values[key] if self.has(key) else []
        if not isinstance(values, list):
            wanted = complaint("a list of tables") if self.path else f"[[{key}]]"
            said = complaint("expected %(wanted)s, found %(found)s", wanted=wanted, found=described(values))
            self.complain(said, key)
            return
        for index, value in enumerate(values):
            if isinstance(value, dict):
                yield Table(self.reading, (*self.path, key, index), value)
            else:
                self.complain(complaint("expected a table, found %(found)s", found=described(value)), key, index)

    def key_of(self, kind: str, within: str = "") -> str:
        """The table's own key, unique among its kind (within something, if named)."""
        key = self.required("key", notations.key)
        if key:
            self.reading.claim(f"{kind} key", key, (*self.path, "key"), within=within)
        return key

    def id_of(self, kind: str, key: str) -> str:
        """The table's own id, unique in the file; derived from account, kind and key where none is given."""
        given = self.optional("id", notations.identifier)
        if given is not None:
            self.reading.claim("id", given, (*self.path, "id"))
        return given or derived_id(self.reading.slug, kind, key)

    def token(self) -> str | None:
        """The secret in a public address, unique in the file; None: one is to be made."""
        given = self.optional("token", notations.token)
        if given is not None:
            self.reading.claim("token", given, (*self.path, "token"))
            if len(given) < 12:
                said = complaint("whoever guesses it is let in; expected 12 characters or more")
                self.reading.warn((*self.path, "token"), said)
        return given

    def reference(self, key: str, kind: str) -> str | None:
        """The key of another thing, which must be in the file."""
        found = self.optional(key, notations.key)
        if found is not None:
            self.refer(kind, found, key)
        return found

    def references(self, key: str, kind: str) -> tuple[str, ...]:
        """The keys of other things, which must be in the file."""
        found = self.several(key, notations.key)
        for name in found:
            self.refer(kind, name, key, self.position(key, name))
        return found

    def position(self, key: str, value: str) -> int:
        """Where in a list a value stands."""
        values = self.values[key]
        return values.index(value) if isinstance(values, list) else 0

    def refer(self, kind: str, name: str, *below: str | int) -> None:
        """Note that a thing of a kind is named here; whether there is one is seen at the end."""
        self.reading.references.append(Reference((*self.path, *below), kind, name))

    def done(self) -> None:
        """Note every key that nobody asked for, with the nearest one that somebody did."""
        for key in self.values:
            if key not in self.asked:
                known = complaint("unknown key; known are %(known)s", known=", ".join(self.asked))
                self.complain(guessed(complaint("unknown key"), key, self.asked, known), key)

    def checked(self, check: Check[T], value: object, instead: T, *below: str | int, called: Value = "") -> T:
        """The value as kept, or what stands in for it where it is wrong, which is noted."""
        try:
            return check(value)
        except Wrong as wrong:
            said = wrong.complaint
            self.complain(
                complaint("%(called)s: %(complaint)s", called=called, complaint=said) if called else said, *below
            )
            return instead
