"""The form of a service: its fields as they are asked, what somebody has answered, and what is wrong with it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from qms.domain.answers import MULTIPLE, NUMERIC, SCALES, check_answers
from qms.domain.errors import FieldInvalid, UnknownField
from qms.domain.network import Form
from qms.web.pages import N_, Language, translations
from qms.web.pages.formats import filters

Typed = Mapping[str, Sequence[str]]
"""What was typed, by the names of the fields."""

INPUTS = {"email": "email", "tel": "tel", "url": "url", "date": "date", **dict.fromkeys(NUMERIC, "number")}
"""Type of a field → type of its input; any other is a text."""

FILLED_IN = {"email": "email", "tel": "tel", "firstname": "given-name", "lastname": "family-name", "name": "name"}
"""Type or name of a field → what browsers may fill in by themselves. Source: WCAG 2.2, 1.3.5."""

WRONG = {
    "email": N_("Please write an e-mail address, such as ana@example.com."),
    "tel": N_("Please write a telephone number, such as +56 2 2345 6789."),
    "url": N_("Please write an address that begins with https://."),
    "date": N_("Please choose a date."),
    **dict.fromkeys(NUMERIC, N_("Please write a number.")),
}
UNFIT = N_("This answer does not fit the question.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A field as the page asks it. `kind`: input, textarea, select, radio, boxes (several of) or tick (yes or no)."""

    name: str
    label: str
    hint: str
    kind: str
    type: str
    required: bool
    options: Sequence[tuple[str, str]]
    values: Sequence[str]
    error: str
    attributes: Mapping[str, Any]

    @property
    def value(self) -> str:
        """What was typed."""
        return self.values[0] if self.values else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """What somebody has answered: the answers as they are kept, and the field's name → what is wrong with its own."""

    answers: Sequence[Mapping[str, Any]]
    faults: Mapping[str, str]


def fields_of(form: Form | None) -> list[Mapping[str, Any]]:
    """The fields that are asked."""
    return [field for field in (form.fields if form is not None else ()) if not field.get("deleted")]


def questions(form: Form | None, typed: Typed, faults: Mapping[str, str]) -> list[Question]:
    """The fields of a form with what was typed into them."""
    return [_question(field, typed, faults) for field in fields_of(form)]


def answered(form: Form | None, typed: Typed, language: Language) -> Answered:
    """Check what was typed, each field for itself."""
    answers: list[Mapping[str, Any]] = []
    faults: dict[str, str] = {}
    for field in fields_of(form):
        answer = {"_id": str(field["_id"]), "value": _value(field, typed.get(str(field["name"]), ()))}
        try:
            answers += check_answers([field], [answer])
        except FieldInvalid as fault:
            faults[str(field["name"])] = said(field, fault, language)
        except UnknownField:
            faults[str(field["name"])] = translations(language).gettext(UNFIT)
    return Answered(answers=[one for one in answers if one["value"] not in ("", [], False)], faults=faults)


def said(field: Mapping[str, Any], fault: FieldInvalid, language: Language) -> str:
    """What is wrong with an answer, in words that help."""
    texts, kind = translations(language), kind_of(field)
    limit = filters(language)["number"](fault.limit or 0)
    if fault.rule == "required":
        choose = kind in ("select", "radio", "boxes")
        return texts.gettext("Please choose an answer.") if choose else texts.gettext("Please fill this in.")
    if fault.rule == "maxlength":
        most = texts.ngettext("At most %(num)s character.", "At most %(num)s characters.", int(fault.limit or 0))
        return most % {"num": limit}
    if fault.rule == "minlength":
        least = texts.ngettext("At least %(num)s character.", "At least %(num)s characters.", int(fault.limit or 0))
        return least % {"num": limit}
    if fault.rule == "maximum":
        return texts.gettext("At most %(limit)s.") % {"limit": limit}
    if fault.rule == "minimum":
        return texts.gettext("At least %(limit)s.") % {"limit": limit}
    return texts.gettext(WRONG.get(str(field.get("type")), UNFIT))


def kind_of(field: Mapping[str, Any]) -> str:
    """How a field is asked."""
    kind = str(field.get("type", "text"))
    if kind in MULTIPLE:
        return "boxes" if field.get("options") else "tick"
    return kind if kind in ("textarea", "select", "radio") else "input"


def _question(field: Mapping[str, Any], typed: Typed, faults: Mapping[str, str]) -> Question:
    name, properties = str(field["name"]), field.get("properties") or {}
    return Question(
        name=name,
        label=str(field.get("label") or name),
        hint=str(field.get("hint") or ""),
        kind=kind_of(field),
        type=INPUTS.get(str(field.get("type")), "text"),
        required=bool(properties.get("required")),
        options=[_option(option) for option in field.get("options") or ()],
        values=typed.get(name, ()),
        error=faults.get(name, ""),
        attributes=_attributes(field, properties),
    )


def _option(option: Mapping[str, Any]) -> tuple[str, str]:
    return str(option["value"]), str(option.get("label") or option["value"])


def _attributes(field: Mapping[str, Any], properties: Mapping[str, Any]) -> dict[str, Any]:
    kind = str(field.get("type"))
    least, most = SCALES.get(kind, (None, None))
    told = {
        "autocomplete": FILLED_IN.get(kind) or FILLED_IN.get(str(field["name"]).lower()),
        "placeholder": properties.get("placeholder"),
        "maxlength": properties.get("maxlength"),
        "readonly": True if properties.get("readonly") else None,
    }
    if kind in NUMERIC:
        told |= {"min": properties.get("min", least), "max": properties.get("max", most), "step": "any"}
    return {name: value for name, value in told.items() if value is not None}


def _value(field: Mapping[str, Any], typed: Sequence[str]) -> object:
    kind = kind_of(field)
    if kind == "boxes":
        return [one for one in typed if one]
    if kind == "tick":
        return any(typed)
    return typed[0] if typed else ""
