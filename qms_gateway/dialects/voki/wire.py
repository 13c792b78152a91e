"""The shapes of this dialect: every body as it goes over the wire, its keys in the documented order, all of them always
present (K-11)."""

from collections.abc import Sequence
from typing import Annotated, Literal

import msgspec
from msgspec import UNSET, Meta, UnsetType

Uuid = Annotated[
    str, Meta(pattern="^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$", extra_json_schema={"format": "uuid"})
]
Instant = Annotated[str, Meta(examples=["2026-02-25T14:00:00Z"])]
Said = Annotated[str, Meta(max_length=255, pattern=r"[^\s\x00]")]
Words = Annotated[str, Meta(max_length=20_000, pattern=r"^[^\x00]*$")]
Minutes = Annotated[int, Meta(ge=1, le=44_640)]
Status = Literal["scheduled", "confirmed", "completed", "cancelled", "no_show"]
Role = Literal["owner", "manager", "supervisor", "attendant"]


class Errors(msgspec.Struct):
    """A refusal: `detail` in words, or what is wrong with each field."""

    errors: dict[str, str | list[str]]


class Meta_(msgspec.Struct, kw_only=True):
    """Which page of how many it is."""

    current_page: int
    page_size: int
    total_pages: int
    total_count: int


# -- what goes out ----------------------------------------------------------------------------------------------------


class Appointment(msgspec.Struct, kw_only=True):
    """An appointment."""

    id: str
    title: str
    description: str | None
    status: Status
    scheduled_at: str
    duration_minutes: int
    department_id: str | None
    department_name: str | None
    user_id: str | None
    user_name: str | None
    customer_id: str | None
    customer_name: str | None
    customer_email: str | None
    customer_phone: str | None
    notes: str | None
    inserted_at: str
    updated_at: str


class User(msgspec.Struct, kw_only=True):
    """Somebody of the staff."""

    id: str
    name: str
    email: str | None
    role: Role
    avatar_url: str | None
    mfa_enabled: bool


class Department(msgspec.Struct, kw_only=True):
    """A department, which has a queue; `identifier` is its key, `max_wait_time` in seconds."""

    id: str
    name: str
    identifier: str
    sector_id: str | None
    active: bool
    max_queue_size: int | None
    max_wait_time: int
    user_count: int


class Customer(msgspec.Struct, kw_only=True):
    """A customer."""

    id: str
    name: str | None
    email: str | None
    phone: str | None
    inserted_at: str


class Tokens(msgspec.Struct, kw_only=True):
    """A token to work with, and one to fetch new ones with."""

    access_token: str
    refresh_token: str


class LoggedIn(msgspec.Struct, kw_only=True):
    """The same, and whose they are."""

    access_token: str
    refresh_token: str
    user: User


class Conflicts(msgspec.Struct, kw_only=True):
    """What an agent has at some time."""

    has_conflicts: bool
    conflicts: Sequence[Appointment]


class OneAppointment(msgspec.Struct):
    data: Appointment


class Appointments(msgspec.Struct):
    data: Sequence[Appointment]
    meta: Meta_


class OneCustomer(msgspec.Struct):
    data: Customer


class Customers(msgspec.Struct):
    data: Sequence[Customer]
    meta: Meta_


class OneDepartment(msgspec.Struct):
    data: Department


class Departments(msgspec.Struct):
    data: Sequence[Department]
    meta: Meta_


class OneUser(msgspec.Struct):
    data: User


class OneTokens(msgspec.Struct):
    data: Tokens


class OneLoggedIn(msgspec.Struct):
    data: LoggedIn


class CodeWanted(msgspec.Struct, kw_only=True):
    """A code is wanted besides the password, with this token."""

    mfa_required: bool
    mfa_token: str


class OneCodeWanted(msgspec.Struct):
    data: CodeWanted


class OneConflicts(msgspec.Struct):
    data: Conflicts


# -- what comes in: as it is described; `casting` reads it field by field, so that all is told at once ----------


class NewAppointment(msgspec.Struct, kw_only=True):
    """An appointment to be made; `customer_name` where there is no `customer_id`."""

    title: Said
    scheduled_at: Instant
    department_id: Uuid
    description: Words | UnsetType | None = UNSET
    duration_minutes: Minutes | UnsetType | None = UNSET
    user_id: Uuid | UnsetType | None = UNSET
    customer_id: Uuid | UnsetType | None = UNSET
    customer_name: Said | UnsetType | None = UNSET
    customer_email: Annotated[str, Meta(max_length=320)] | UnsetType | None = UNSET
    customer_phone: Annotated[str, Meta(max_length=40)] | UnsetType | None = UNSET
    notes: Words | UnsetType | None = UNSET


class ChangedAppointment(msgspec.Struct, kw_only=True):
    """What is to be otherwise (K-4); null empties what may be empty, or says that it is empty as it was."""

    title: Said | UnsetType = UNSET
    scheduled_at: Instant | UnsetType = UNSET
    department_id: Uuid | UnsetType | None = UNSET
    description: Words | UnsetType | None = UNSET
    duration_minutes: Minutes | UnsetType | None = UNSET
    user_id: Uuid | UnsetType | None = UNSET
    customer_id: Uuid | UnsetType | None = UNSET
    customer_name: Said | UnsetType | None = UNSET
    customer_email: Annotated[str, Meta(max_length=320)] | UnsetType | None = UNSET
    customer_phone: Annotated[str, Meta(max_length=40)] | UnsetType | None = UNSET
    notes: Words | UnsetType | None = UNSET


class Create(msgspec.Struct):
    appointment: NewAppointment


class Update(msgspec.Struct):
    """The same may also stand there without the word around it."""

    appointment: ChangedAppointment | UnsetType = UNSET


class Cancel(msgspec.Struct):
    reason: Annotated[str, Meta(max_length=1000, pattern=r"^[^\x00]*$")] | UnsetType | None = UNSET


class NewCustomer(msgspec.Struct, kw_only=True):
    """Somebody to be kept."""

    name: Said
    email: Annotated[str, Meta(max_length=320)] | UnsetType | None = UNSET
    phone: Annotated[str, Meta(max_length=40)] | UnsetType | None = UNSET


class CreateCustomer(msgspec.Struct):
    customer: NewCustomer


class Login(msgspec.Struct):
    email: Said
    password: Annotated[str, Meta(min_length=1, max_length=1000)]
    tenant: Said


class Refresh(msgspec.Struct):
    refresh_token: Annotated[str, Meta(min_length=1)]


class Verify(msgspec.Struct):
    mfa_token: Annotated[str, Meta(min_length=1)]
    code: Annotated[str, Meta(min_length=1)]


class Logout(msgspec.Struct):
    refresh_token: str | UnsetType | None = UNSET
