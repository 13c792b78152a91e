"""The named options of an account: behaviours that the vendors' documents leave open, and what we do unless told.

Each option stands for a numbered decision of the compatibility notes. An account keeps only what it was told; the rest
follows `CATALOGUE`, so that documents, validation and dialects read one list.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from qms.domain.marks import N_
from qms.domain.option import Option, OptionValue

CATALOGUE: tuple[Option, ...] = (
    Option(
        name="status_policy",
        decision="D-1",
        kind="choice",
        default="documented",
        choices=("documented", "body-code"),
        meaning=N_("Videsk: the HTTP status as documented, or the code that the body carries."),
    ),
    Option(
        name="bare_jwt",
        decision="D-3",
        kind="flag",
        default=True,
        meaning=N_("Videsk: a key in Authorization is taken without the word Bearer too."),
    ),
    Option(
        name="avg_window_hours",
        decision="D-7",
        kind="whole",
        default=24,
        least=1,
        most=720,
        meaning=N_("Videsk: avgWaitingTime is the mean over that many hours."),
    ),
    Option(
        name="require_available",
        decision="D-8",
        kind="flag",
        default=False,
        meaning=N_("Videsk: 406 where no agent is free, not only where none is signed in."),
    ),
    Option(
        name="integration_data_limit",
        decision="D-10",
        kind="whole",
        default=51_200,
        least=0,
        most=1_048_576,
        meaning=N_("Videsk: the most bytes that integrationData may have as compact JSON."),
    ),
    Option(
        name="integration_data_at_desk",
        decision="D-10",
        kind="flag",
        default=False,
        meaning=N_("Videsk: agents see the integrationData of a ticket; otherwise only webhooks tell it."),
    ),
    Option(
        name="honeypot",
        decision="D-15",
        kind="choice",
        default="public",
        choices=("public", "always"),
        meaning=N_("Videsk: the element videsk_essential is demanded with public keys, or with every key."),
    ),
    Option(
        name="captcha",
        decision="D-16",
        kind="choice",
        default="none",
        choices=("none", "turnstile", "hcaptcha", "recaptcha-enterprise"),
        meaning=N_("Videsk: who verifies the captcha token of public keys; none: any token that is not empty."),
    ),
    Option(
        name="captcha_site_key",
        decision="D-16",
        kind="text",
        default="",
        meaning=N_("Videsk: the siteKey that a form tells the page."),
    ),
    Option(
        name="captcha_secret",
        decision="D-16",
        kind="secret",
        default="",
        meaning=N_("Videsk: the secret with which the captcha's provider is asked."),
    ),
    Option(
        name="captcha_url",
        decision="D-16",
        kind="address",
        default="",
        meaning=N_("Videsk: where the captcha's provider is asked (siteverify); empty: the provider's own address."),
    ),
    Option(
        name="event_aliases",
        decision="D-18",
        kind="names",
        default={},
        meaning=N_("Videsk: other names for webhook events, from the name documented here to the one sent."),
    ),
    Option(
        name="emit_appointment_rescheduled",
        decision="D-18",
        kind="flag",
        default=False,
        meaning=N_("Videsk: a moved appointment is sent as appointment.rescheduled, not as canceled and created."),
    ),
    Option(
        name="join_before_minutes",
        decision="D-23",
        kind="whole",
        default=5,
        least=0,
        most=1440,
        meaning=N_("A join link opens that many minutes before the start."),
    ),
    Option(
        name="join_after_minutes",
        decision="D-23",
        kind="whole",
        default=30,
        least=0,
        most=1440,
        meaning=N_("A join link closes that many minutes after the end."),
    ),
    Option(
        name="info_early_limit",
        decision="D-24",
        kind="whole",
        default=0,
        least=0,
        most=1440,
        on=5,
        meaning=N_("Videsk: schedule/info answers only from that many minutes before the start; 0: always; true: 5."),
    ),
    Option(
        name="location_order",
        decision="D-28",
        kind="choice",
        default="latitude-first",
        choices=("latitude-first", "longitude-first"),
        meaning=N_("Videsk: the order of a branch's location on the wire; the network file is latitude first."),
    ),
    Option(
        name="default_referrer_base",
        decision="D-32",
        kind="address",
        default="",
        meaning=N_("Videsk: where links lead if the referrer is no address; empty: the booking page here."),
    ),
    Option(
        name="users_scope",
        decision="D-34",
        kind="choice",
        default="queue",
        choices=("queue", "branch"),
        meaning=N_("Videsk: users counts the free agents of the queue, or those that the branch has a free POC for."),
    ),
    Option(
        name="duration_style",
        decision="A-2",
        kind="choice",
        default="documented",
        choices=("documented", "iso"),
        meaning=N_("Auvious: durations as PT5M0s, or as ISO 8601 has them, PT5M."),
    ),
    Option(
        name="notification_period",
        decision="A-3",
        kind="choice",
        default="minutes",
        choices=("minutes", "iso"),
        meaning=N_("Auvious: PnM in a notification's period is minutes, or months as in ISO 8601."),
    ),
    Option(
        name="client_service_sees",
        decision="A-4",
        kind="choice",
        default="all",
        choices=("all", "own"),
        meaning=N_("Auvious: ROLE_CLIENT_SERVICE lists all appointments, or only those it made."),
    ),
    Option(
        name="auvious_prefix",
        decision="A-8",
        kind="prefix",
        default="",
        meaning=N_("Auvious: a path in front of its routes; without it they work too."),
    ),
    Option(
        name="anonymise_after_days",
        decision="X-8",
        kind="whole",
        default=30,
        least=0,
        most=36_500,
        meaning=N_("Of what is over for so many days, the people go and the figures stay; 0: never by itself."),
    ),
    Option(
        name="keep_tickets_days",
        decision="X-8",
        kind="whole",
        default=400,
        least=0,
        most=36_500,
        meaning=N_(
            "Tickets and appointments older than that go, their figures stay; fewer than 31 is 31, 0: for good."
        ),
    ),
    Option(
        name="customer_details_hours",
        decision="A-15",
        kind="whole",
        default=24,
        least=0,
        most=87_600,
        meaning=N_("Auvious: a customer's details are gone that many hours after the end."),
    ),
    Option(
        name="enforce_conflicts",
        decision="K-3",
        kind="flag",
        default=False,
        meaning=N_("Voki: an appointment over another one of its agent is refused, not only reported."),
    ),
    Option(
        name="voki_visibility",
        decision="K-12",
        kind="choice",
        default="all",
        choices=("all", "own"),
        meaning=N_("Voki: an attendant sees every appointment of the account, or only his own."),
    ),
    Option(
        name="cors",
        decision="X-4",
        kind="choice",
        default="documented",
        choices=("documented", "everywhere", "off"),
        meaning=N_("Other origins may call the routes meant for browsers, all routes of the dialects, or none."),
    ),
)

_BY_NAME: Mapping[str, Option] = {option.name: option for option in CATALOGUE}


def option(name: str) -> Option:
    """The option of this name.

    Raises:
        KeyError: there is none.
    """
    return _BY_NAME[name]


def names() -> tuple[str, ...]:
    """Every option's name, in the catalogue's order."""
    return tuple(_BY_NAME)


@dataclass(frozen=True, slots=True)
class Options(Mapping[str, OptionValue]):
    """The options of an account: `given` where it says something, the catalogue's defaults elsewhere.

    Only `given` is stored, so that an account follows a default that changes.
    """

    given: Mapping[str, OptionValue] = field(default_factory=dict)

    def __getitem__(self, name: str) -> OptionValue:
        return self.given[name] if name in self.given else _BY_NAME[name].default

    def __iter__(self) -> Iterator[str]:
        return iter(_BY_NAME)

    def __len__(self) -> int:
        return len(_BY_NAME)

    def text(self, name: str) -> str:
        """The value of an option that is a choice or a text."""
        return str(self[name])

    def flag(self, name: str) -> bool:
        """The value of an option that is true or false."""
        return self[name] is True

    def number(self, name: str) -> int:
        """The value of an option that is a whole number."""
        value = self[name]
        return value if isinstance(value, int) else 0
