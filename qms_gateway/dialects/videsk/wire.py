"""The shapes of this dialect: every body as it goes over the wire, its keys in the documented order."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

import msgspec
from msgspec import Meta

from qms.domain import network
from qms.domain.options import Options
from qms.services.figures import QueueFigures


class Shape(msgspec.Struct, rename="camel"):
    """What all bodies have in common."""


class Envelope(Shape):
    """A refusal; `data` is left out unless there is any, `errors` never is. Source: qms.md, calendario.md."""

    name: str
    message: str
    code: int
    class_name: str
    data: Any = msgspec.UNSET
    errors: Mapping[str, Any] = {}


class Branch(Shape):
    """A branch in a list. Source: qms.md, "Obtener listado de oficinas"."""

    location: tuple[float, float]
    label: str
    address: str
    name: str
    id: str

    @classmethod
    def of(cls, branch: network.Branch, options: Options) -> "Branch":
        """The branch, as the account's options have it."""
        location = location_of(branch.latitude, branch.longitude, options)
        return cls(location, branch.label, branch.address, branch.name, branch.public_id)


class Queue(Shape):
    """A queue; `users` are those who could attend at once, the wait is in minutes (D-7). Source: qms.md."""

    name: str
    id: str
    users: int
    avg_waiting_time: float

    @classmethod
    def of(cls, queue: network.Queue, figures: QueueFigures) -> "Queue":
        """The queue with its figures of this moment."""
        return cls(queue.name, queue.public_id, figures.available, plain(figures.average_wait_minutes))


def described(**schema: Any) -> Meta:
    """What a value should be. Whatever comes is taken, and looked at later: each mistake has an answer of its own."""
    return Meta(extra_json_schema=schema)


class Enqueue(Shape):
    """Somebody on site wants a place in a queue (D-10)."""

    integration_data: Annotated[Any, described(description="The vendor's own: 50 KiB come back in webhooks.")] = None
    form: Annotated[Any, described(type=["string", "null"], pattern="^([0-9a-f]{24})?$")] = None
    ticket_id: Annotated[
        Any, described(type=["string", "number", "boolean", "null"], minLength=1, maxLength=50, pattern=r"^[^\x00]*$")
    ] = None


class Enqueued(Shape):
    """The ticket's id and the queue's name."""

    id: str
    segment: str


class Segment(Shape):
    """A queue by the name that the rest of the API has for it."""

    name: str
    id: str

    @classmethod
    def of(cls, queue: network.Queue) -> "Segment":
        """The queue."""
        return cls(queue.name, queue.public_id)


class Segments(Shape):
    """One page of segments (D-27: no `cached`)."""

    total: int
    limit: int
    skip: int
    data: Sequence[Segment]


class Field(Shape):
    """One field of a form; the length limit is a text, as integrators have always seen it."""

    id: str = msgspec.field(name="_id")
    type: str
    name: str
    label: str
    hint: str
    properties: Mapping[str, Any]
    options: Sequence[Any]
    colors: Any = msgspec.UNSET

    @classmethod
    def of(cls, field: Mapping[str, Any]) -> "Field":
        """The field as configured."""
        properties = dict(field.get("properties") or {})
        if properties.get("maxlength") is not None:
            properties["maxlength"] = str(properties["maxlength"])
        limits = {name: plain(properties[name]) for name in ("min", "max") if properties.get(name) is not None}
        return cls(
            id=field["_id"],
            type=field.get("type", "text"),
            name=field.get("name", ""),
            label=field.get("label", ""),
            hint=field.get("hint") or "",
            properties={**properties, **limits},
            options=field.get("options") or (),
            colors=field.get("colors") or msgspec.UNSET,
        )


class Form(Shape):
    """What to ask, and how the page gets its captcha token."""

    form: Sequence[Field]
    site_key: str
    resource: str
    provider: str


class Given(Shape):
    """The answer to one field of a form."""

    id: str = msgspec.field(name="_id")
    value: Any


class Submission(Shape):
    """Answers to a form. `token` is the captcha's."""

    segment: Annotated[Any, described(type="string")] = None
    type: Annotated[Any, described(enum=["contact", "pre-call"])] = None
    values: Annotated[Any, described(type="array", items=msgspec.json.schema(Given)["$defs"]["Given"])] = None
    token: Annotated[Any, described(type=["string", "null"])] = None


class Submitted(Shape):
    """Kept; `submission` is what an enqueue wants as `form`."""

    message: str
    success: bool
    submission: str


class Survey(Shape):
    """What to ask afterwards."""

    form: Sequence[Field]


class SurveyAnswers(Shape):
    """Answers about a call or an appointment, whichever is named; the call goes before."""

    call: Annotated[Any, described(type=["string", "null"])] = None
    appointment: Annotated[Any, described(type=["string", "null"])] = None
    values: Annotated[Any, described(type="array", items=msgspec.json.schema(Given)["$defs"]["Given"])] = None


class Saved(Shape):
    """The answers are kept."""

    message: str
    success: bool


class Export(Shape):
    """Which rows are wanted: those that began from `start` until before `end`, and what to call their columns."""

    sort: Annotated[Any, described(enum=[1, -1])] = msgspec.field(name="$sort", default=None)
    start: Annotated[Any, described(type="string", format="date-time")] = None
    end: Annotated[Any, described(type="string", format="date-time")] = None
    timezone: Annotated[Any, described(type="string")] = None
    keys: Annotated[Any, described(type=["object", "null"], additionalProperties={"type": "string"})] = None
    limit: Annotated[Any, described(type=["integer", "null"], minimum=1)] = msgspec.field(name="$limit", default=None)
    skip: Annotated[Any, described(type=["integer", "null"], minimum=0)] = msgspec.field(name="$skip", default=None)


class Exported(Shape):
    """Rows under the names of their columns; there may be more where there are as many as `$limit`."""

    limit: int = msgspec.field(name="$limit")
    columns: Sequence[str]
    data: Sequence[Mapping[str, Any]]


def location_of(latitude: float, longitude: float, options: Options) -> tuple[float, float]:
    """Where a branch is: latitude first, unless the account wants it otherwise (D-28)."""
    first, second = plain(latitude), plain(longitude)
    return (second, first) if options.text("location_order") == "longitude-first" else (first, second)


def plain(number: float) -> float:
    """A number as JavaScript writes it: 7, not 7.0."""
    return int(number) if number == int(number) else number
