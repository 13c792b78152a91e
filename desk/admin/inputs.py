"""The inputs of a form: each field with its label, with what is said of it, and with what is wrong with that."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from desk.admin.answers import Unreadable
from desk.admin.words import Words
from qms.domain.network_file.fields import Field
from qms.domain.network_file.kept import KEPT
from qms.domain.network_file.writer import Document, written
from qms.domain.span import DAYS

SELDOM = frozenset({"id", "token", "rrule", "hint", "placeholder", "readonly", "maxlength", "minlength", "min", "max"})
"""What of a row of a list is behind "More"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One of those to choose from."""

    value: str
    text: str
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """One input, or several that belong together: `rows` of a list, `inside` of a table."""

    field: Field
    name: str
    label: str
    hint: str = ""
    text: str = ""
    error: str = ""
    choices: Sequence[Choice] = ()
    inside: Sequence["Input"] = ()
    rows: Sequence[Sequence["Input"]] = ()

    @property
    def shape(self) -> str:
        """How it is drawn."""
        return self.field.shape

    @property
    def usual(self) -> str:
        """What holds where nothing is chosen, in words; nothing where that is not known."""
        default = self.field.default
        words = {one.value: one.text for one in self.choices} if self.shape == "choice" else {}
        return words.get(default, default) if words and isinstance(default, str) else ""

    @property
    def seldom(self) -> bool:
        """Whether it is seldom said, in a row of a list."""
        return self.field.name in SELDOM

    @property
    def given(self) -> bool:
        """Whether anything is said, or wrong."""
        return bool(self.text or self.error)

    @property
    def wrong(self) -> bool:
        """Whether anything in it is wrong."""
        below = [*self.inside, *(one for row in self.rows for one in row)]
        return bool(self.error) or any(one.wrong for one in below)


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """What is needed to make inputs: the words, the network, what is wrong where, where one row more is wanted."""

    words: Words
    kind: str
    document: Document
    errors: Mapping[str, str] = field(default_factory=dict)
    more: str = ""

    def inputs(self, fields: Sequence[Field], table: Mapping[str, Any], path: str = "") -> list[Input]:
        """The inputs of a table."""
        return [self._input(one, table.get(one.name), f"{path}{one.name}") for one in fields]

    def _input(self, one: Field, value: Any, name: str) -> Input:
        top = "." not in name
        made = Input(
            field=one,
            name=name,
            label=self.words.label(self.kind, one.name, top=top),
            hint=self.words.say(one.meaning) if one.meaning else self.words.hint(self.kind, one.name, top=top),
            error=self.errors.get(name, ""),
        )
        match one.shape:
            case "choice":
                return replace(
                    made, choices=[self._choice(key, self.words.choice(one.name, key), [value]) for key in one.choices]
                )
            case "reference" | "references":
                return replace(made, choices=self._things(one.names, value if isinstance(value, list) else [value]))
            case "levels":
                return self._levels(made, value)
            case "table":
                return replace(made, inside=self.inputs(one.inside, value or {}, f"{name}."))
            case "tables":
                return replace(made, rows=self._rows(one, value, name))
            case "hours":
                return self._hours(made, value)
        return replace(made, text=_shown(one, value))

    def _choice(self, key: str, text: str, chosen: Sequence[Any]) -> Choice:
        return Choice(value=key, text=text, chosen=key in chosen)

    def _things(self, kind: str, chosen: Sequence[Any]) -> list[Choice]:
        """The things of a kind, those that are chosen first and in their order."""
        named = {one["key"]: title(one) for one in self._all(kind)}
        keys = dict.fromkeys([key for key in chosen if isinstance(key, str)] + list(named))
        return [self._choice(key, named.get(key, key), chosen) for key in keys]

    def _all(self, kind: str) -> Sequence[Any]:
        found: Sequence[Any] = self.document.get(kind, ())
        return found

    def _levels(self, made: Input, value: Any) -> Input:
        levels = dict.fromkeys(value, 5) if isinstance(value, list) else value or {}
        inside = [
            Input(
                field=Field(name=one.value, shape="whole", least=1, most=10),
                name=f"{made.name}.{one.value}",
                label=one.text,
                text=str(levels.get(one.value, "")),
                error=self.errors.get(f"{made.name}.{one.value}", ""),
            )
            for one in self._things("queue", list(levels))
        ]
        return replace(made, inside=inside)

    def _rows(self, one: Field, value: Any, name: str) -> list[list[Input]]:
        tables = [row for row in value or () if isinstance(row, Mapping)] if isinstance(value, list) else []
        blank = 1 if not tables or self.more == name else 0
        return [self.inputs(one.inside, row, f"{name}.{n}.") for n, row in enumerate([*tables, *[{}] * blank])]

    def _hours(self, made: Input, value: Any) -> Input:
        if value is not None and not isinstance(value, Mapping):
            return replace(made, text=value if isinstance(value, Unreadable) else written(value))
        told, week = dict(value or {}), dict.fromkeys(DAYS, "")
        for day in list(told):
            if day[:3] in DAYS:
                week |= dict.fromkeys(_days(day), ", ".join(map(str, told.pop(day))))
        names = [self.words.day(n) for n in range(len(DAYS))]
        inside = [
            Input(
                field=Field(name=day, shape="text"),
                name=f"{made.name}.{day}",
                label=name,
                text=text,
                error=self.errors.get(f"{made.name}.{day}", ""),
            )
            for name, (day, text) in zip(names, week.items(), strict=True)
        ]
        more = self._input(Field(name="more"), told or None, f"{made.name}.more")
        return replace(made, inside=[*inside, more])


def title(thing: Mapping[str, Any]) -> str:
    """What a thing is called before people, whatever it is."""
    person = " ".join(filter(None, (thing.get("firstname"), thing.get("lastname"))))
    return str(thing.get("label") or thing.get("name") or thing.get("title") or person or thing["key"])


def _days(day: str) -> Sequence[str]:
    """The days from the first to the last one named, as `stored_times` writes them."""
    first, _, last = day.partition("-")
    return DAYS[DAYS.index(first) : DAYS.index(last or first) + 1]


def _shown(one: Field, value: Any) -> str:
    if one.shape == "flag":
        return "on" if (one.default if value is None else value) else ""
    if value is None or (one.shape == "notation" and isinstance(value, Unreadable)):
        return str(value or "")
    match one.shape:
        case "notation":
            return written(value)
        case "texts":
            return KEPT if value == KEPT else "\n".join(map(str, value))
        case "pairs":
            return "\n".join(f"{name} = {said}" for name, said in value.items())
    return f"{value:g}" if isinstance(value, float) else str(value)
