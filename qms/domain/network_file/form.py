"""`[[form]]`: what is asked, field by field."""

from qms.domain.complaint import complaint
from qms.domain.ids import derived_id
from qms.domain.network_file import notations
from qms.domain.network_file.checks import Check, flag, number, one_of, text, whole
from qms.domain.network_file.declared.form import FieldDecl, FieldOption, FormDecl
from qms.domain.network_file.reading import Table

SCALES = {"nps": (0, 10), "csat": (1, 5), "ces": (1, 7), "rate": (1, 5)}
WRITTEN = ("text", "email", "url", "textarea", "tel")
CHOSEN = ("select", "radio", "multiple")
TYPES = (*WRITTEN, "date", "number", "checkbox", *CHOSEN, *SCALES)

CONTACT = "contact"
"""The key of the one form that need not be declared."""

_LENGTH = whole(0, 100_000)
_LIMIT = number(-1e15, 1e15)
_BELONGS = {
    **dict.fromkeys(("maxlength", "minlength"), WRITTEN),
    **dict.fromkeys(("min", "max"), ("number", *SCALES)),
    "options": (*CHOSEN, "checkbox"),
}


def read_form(table: Table) -> FormDecl:
    """Read one form; it has at least one field, and no two of one name."""
    key = table.key_of("form")
    form = FormDecl(
        line=table.line,
        key=key,
        id=table.id_of("form", key),
        name=table.read("name", text(), key),
        description=table.read("description", text(5000, empty=True), ""),
        fields=tuple(_field(field, key) for field in table.tables("fields")),
    )
    table.done()
    if not table.values.get("fields"):
        table.complain(complaint("%(missing)s is missing, or empty", missing="fields"))
    return form


def usual_contact_form(slug: str) -> FormDecl:
    """The form meant where a file says `contact` and declares none: who it is, and where an answer goes."""
    person = [("firstname", "text", "First name"), ("lastname", "text", "Last name")]
    reached_at = [("email", "email", "E-mail"), ("phone", "tel", "Phone")]
    fields = tuple(
        FieldDecl(
            id=derived_id(slug, "field", f"{CONTACT}/{name}"),
            name=name,
            type=kind,
            label=label,
            hint="",
            placeholder="",
            required=name in ("firstname", "email"),
            readonly=False,
            maxlength=200,
        )
        for name, kind, label in person + reached_at
    )
    identifier = derived_id(slug, "form", CONTACT)
    return FormDecl(key=CONTACT, id=identifier, name="Contact", description="", fields=fields)


def _field(table: Table, form: str) -> FieldDecl:
    name = table.required("name", notations.field_name)
    if name:
        table.reading.claim("name", name, (*table.path, "name"), within=form)
    kind = table.read("type", one_of(*TYPES), "text")
    least, most = SCALES.get(kind, (None, None))
    field = FieldDecl(
        line=table.line,
        id=table.id_of("field", f"{form}/{name}"),
        name=name,
        type=kind,
        label=table.read("label", text(500), name),
        hint=table.read("hint", text(500, empty=True), ""),
        placeholder=table.read("placeholder", text(500, empty=True), ""),
        required=table.read("required", flag, False),
        readonly=table.read("readonly", flag, False),
        maxlength=table.optional("maxlength", _LENGTH),
        minlength=table.optional("minlength", _LENGTH),
        min=_limit(table, "min", _LIMIT, least),
        max=_limit(table, "max", _LIMIT, most),
        options=_options(table),
    )
    table.done()
    _check(table, field)
    return field


def _limit(table: Table, key: str, check: Check[float], scale: float | None) -> float | None:
    found = table.optional(key, check)
    return scale if found is None else found


def _options(table: Table) -> tuple[FieldOption, ...]:
    """The answers offered: tables with value and label, or texts that are both."""
    values = table.values.get("options")
    if isinstance(values, list) and any(isinstance(value, str) for value in values):
        return tuple(FieldOption(value=value, label=value) for value in table.several("options", text(200)))
    return tuple(_option(option, table) for option in table.tables("options"))


def _option(table: Table, field: Table) -> FieldOption:
    value = table.required("value", text(200))
    if value:
        table.reading.claim("value", value, (*table.path, "value"), within=str(field.path))
    option = FieldOption(value=value, label=table.read("label", text(500), value))
    table.done()
    return option


def _check(table: Table, field: FieldDecl) -> None:
    """What the keys of a field say about each other."""
    for key, types in _BELONGS.items():
        if table.has(key) and field.type not in types:
            said = complaint("does not belong to a field of type %(type)s; only to %(types)s")
            table.complain(said.about(type=field.type, types=", ".join(types)), key)
    if field.type in CHOSEN and not table.values.get("options"):
        said = complaint("%(missing)s is missing; a field of type %(type)s needs them", missing="options")
        table.complain(said.about(type=field.type))
    if field.min is not None and field.max is not None and field.min > field.max:
        _complain_of_order(table, "min", "max", f"{field.min:g}", f"{field.max:g}")
    if field.minlength is not None and field.maxlength is not None and field.minlength > field.maxlength:
        _complain_of_order(table, "minlength", "maxlength", str(field.minlength), str(field.maxlength))


def _complain_of_order(table: Table, lesser: str, greater: str, found: str, most: str) -> None:
    said = complaint("expected at most %(greater)s, %(most)s, found %(found)s", greater=greater, most=most, found=found)
    table.complain(said, lesser)
