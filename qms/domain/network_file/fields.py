"""What can be said of each kind of thing in a network file, as its reader asks for it: forms are made of this.

A probe is read like a table, and writes down what it is asked for: so there is one declaration, the reader itself.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal, TypeVar

from qms.domain.network_file.account import read_account
from qms.domain.network_file.agent import read_agent
from qms.domain.network_file.branch import read_branch
from qms.domain.network_file.checks import Check, Number, OneOf, Text, Whole, flag
from qms.domain.network_file.device import read_kiosk, read_screen
from qms.domain.network_file.form import read_form
from qms.domain.network_file.lines import Lines
from qms.domain.network_file.messages import read_messages
from qms.domain.network_file.queue import read_queues
from qms.domain.network_file.reading import Reading, Table
from qms.domain.network_file.service import read_service
from qms.domain.network_file.webhook import read_webhook
from qms.domain.option import Option
from qms.domain.options import CATALOGUE

Shape = Literal[
    "text", "long", "secret", "flag", "choice", "whole", "number", "reference",
    "texts", "references", "levels", "pairs", "table", "tables", "hours", "notation",
]  # fmt: skip
"""How a value is given: `notation` is TOML, for what can be said in several ways."""

T = TypeVar("T")
LONG = 1000
"""Texts that may be longer are given on several lines."""

SECRETS = frozenset({"password", "password_hash", "secret", "client_secret", "token", "captcha_secret"})
_SEVERAL_WAYS: Mapping[str, Shape] = {"hours": "hours", "schedule": "hours"}
_TEMPLATES = ("body", "condition")


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """Something that can be said: what it may be, what holds where it is not said, and what it names."""

    name: str
    shape: Shape = "notation"
    default: object = None
    required: bool = False
    choices: tuple[str, ...] = ()
    least: float | None = None
    most: float | None = None
    names: str = ""
    meaning: str = ""
    inside: tuple["Field", ...] = ()


class Probe(Table):
    """A table that says nothing, and notes what it is asked for."""

    def __init__(self, reading: Reading, *present: str) -> None:
        super().__init__(reading, (), {})
        self.found: dict[str, Field] = {}
        self._below: dict[str, Probe] = {}
        self._present = present

    @property
    def fields(self) -> tuple[Field, ...]:
        """What was asked for, in that order."""
        inside = {name: replace(self.found[name], inside=below.fields) for name, below in self._below.items()}
        return tuple((self.found | inside).values())

    def has(self, key: str) -> bool:
        self._note(key, shape=_SEVERAL_WAYS.get(key, "notation"))
        return key in self._present

    def read(self, key: str, check: Check[T], default: T) -> T:
        self._note(key, **_of(key, check), default=default)
        return default

    def optional(self, key: str, check: Check[T]) -> T | None:
        self._note(key, **_of(key, check))
        return None

    def required(self, key: str, check: Check[str]) -> str:
        self._note(key, **_of(key, check), required=True)
        return "x"

    def several(self, key: str, check: Check[T], default: tuple[T, ...] = ()) -> tuple[T, ...]:
        self._note(key, shape="texts")
        return default

    def pairs(self, key: str, name: Check[str], check: Check[T]) -> dict[str, T]:
        whole = isinstance(check, Whole)
        self._note(key, shape="pairs", choices=("whole",) if whole else ())
        return {}

    def table(self, key: str) -> Table:
        self._note(key, shape="table")
        return self._below.setdefault(key, Probe(self.reading))

    def tables(self, key: str) -> Iterator[Table]:
        self._note(key, shape="tables")
        yield self._below.setdefault(key, Probe(self.reading))

    def reference(self, key: str, kind: str) -> str | None:
        self._note(key, shape="reference", names=kind)
        return None

    def references(self, key: str, kind: str) -> tuple[str, ...]:
        self._note(key, shape="references", names=kind)
        return ()

    def refer(self, kind: str, name: str, *below: str | int) -> None:
        key = str(below[0])
        self.found[key] = replace(self.found[key], shape="reference", names=kind)

    def _note(self, key: str, **said: object) -> None:
        """What is said first of a key stays, unless no more was known than that it was asked for."""
        if key not in self.found or self.found[key].shape == "notation":
            self.found[key] = Field(name=key, **said)  # type: ignore[arg-type]  # the words are ours


def _of(key: str, check: Callable[[object], object]) -> dict[str, object]:
    if key in SECRETS:
        return {"shape": "secret"}
    if key in _TEMPLATES:
        return {"shape": "long"}
    match check:
        case OneOf(choices):
            return {"shape": "choice", "choices": choices}
        case Whole(least, most):
            return {"shape": "whole", "least": least, "most": most}
        case Number(least, most):
            return {"shape": "number", "least": least, "most": most}
        case Text(longest, _) if longest > LONG:
            return {"shape": "long"}
    return {"shape": "flag"} if check is flag else {"shape": "text"}


def _of_option(option: Option) -> Field:
    shapes: Mapping[str, Shape] = {"choice": "choice", "flag": "flag", "names": "pairs", "whole": "whole"}
    shape = "secret" if option.name in SECRETS else shapes.get(option.kind, "text")
    if option.on is not None:
        shape = "notation"
    return Field(
        name=option.name,
        shape=shape,
        default=option.default,
        choices=option.choices,
        least=option.least if shape == "whole" else None,
        most=option.most if shape == "whole" else None,
        meaning=option.meaning,
    )


_ACCOUNT = read_account(Probe(Reading(Lines("", ""))))
_READERS: Mapping[str, Callable[[Probe], object]] = {
    "account": read_account,
    "messages": read_messages,
    "branch": lambda probe: read_branch(probe, _ACCOUNT),
    "queue": lambda probe: read_queues([probe]),
    "agent": lambda probe: read_agent(probe, _ACCOUNT),
    "service": lambda probe: read_service(probe, {}),
    "form": read_form,
    "webhook": read_webhook,
    "screen": lambda probe: read_screen(probe, _ACCOUNT, {}),
    "kiosk": lambda probe: read_kiosk(probe, _ACCOUNT, {}, {}),
}
_PRESENT = {"webhook": ("method",)}
"""What has to be there for the reader to ask for the rest."""


@cache
def fields_of(kind: str) -> tuple[Field, ...]:
    """What can be said of a kind of thing, in the order of its reader."""
    probe = Probe(Reading(Lines("", "")), *_PRESENT.get(kind, ()))
    _READERS[kind](probe)
    return tuple(_finished(kind, field) for field in probe.fields)


def _finished(kind: str, field: Field) -> Field:
    """What a probe cannot see: levels beside references, options by their catalogue."""
    if (kind, field.name) == ("agent", "queues"):
        return replace(field, shape="levels")
    if (kind, field.name) == ("account", "options"):
        return replace(field, inside=tuple(map(_of_option, CATALOGUE)))
    return field
