"""A form as a network file declares it, with its fields."""

from dataclasses import dataclass

from qms.domain.network_file.declared.named import Declared, Identified


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldOption:
    """One of the answers that a field offers."""

    value: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldDecl(Declared):
    """One field of a form; `min` and `max` of a scale (nps, csat, ces, rate) are filled in."""

    id: str
    name: str
    type: str
    label: str
    hint: str
    placeholder: str
    required: bool
    readonly: bool
    maxlength: int | None = None
    minlength: int | None = None
    min: float | None = None
    max: float | None = None
    options: tuple[FieldOption, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FormDecl(Identified):
    """A form: what is asked before a call, when booking, or afterwards."""

    name: str
    description: str
    fields: tuple[FieldDecl, ...]
