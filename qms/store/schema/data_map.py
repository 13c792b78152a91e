"""The data map: of every column that holds words, whether it holds something of a person; of whom, why, how long.

A test compares it with the schema, so that nobody adds a column of words without saying what is in it.
`docs/reference/data-map.md` is written from it. Ids name nobody by themselves and are not listed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Whose = Literal["visitor", "staff"]

PERIOD = "the account's `anonymise_after_days`"
NETWORK = "until it is taken out of the network file"


@dataclass(frozen=True, slots=True, kw_only=True)
class Personal:
    """What a column holds of a person, why, and until when; `exported`: it is handed to the person on request."""

    whose: Whose
    what: str
    why: str
    until: str
    exported: bool = True


def _visitor(what: str, why: str, until: str = f"{PERIOD} after it is over", *, exported: bool = True) -> Personal:
    return Personal(whose="visitor", what=what, why=why, until=until, exported=exported)


def _staff(what: str, why: str, until: str = NETWORK) -> Personal:
    return Personal(whose="staff", what=what, why=why, until=until, exported=False)


_REACH = "to tell him about his appointment"
_TURN = "to tell him that it is his turn"
_MET = f"{PERIOD} after his last appointment"
_NAMED = "so that the agent knows whom he meets"
_SAID = "what the visitor, or the program that brought him, said so that he can be served"
_KEPT = "the account's `keep_tickets_days`"
_AGAIN = "to find his earlier visits when he comes again"
_SENT = "30 days at most, for it may have to be sent again"
_SIGNS_IN = "to sign in, and to be told about his appointments"

PERSONAL: Mapping[str, Mapping[str, Personal]] = {
    "customer": {
        "username": _visitor("a name that a program knows him by", "so that the program finds him again", _MET),
        "firstname": _visitor("first name", _NAMED, _MET),
        "lastname": _visitor("last name", _NAMED, _MET),
        "email": _visitor("e-mail address", _REACH, _MET),
        "phone": _visitor("telephone number", _REACH, _MET),
        "data": _visitor("what a program keeps with him", _SAID, _MET),
    },
    "appointment": {
        "title": _visitor("what it is about", _NAMED),
        "data": _visitor("what a program keeps with it", _SAID),
    },
    "ticket": {
        "customer": _visitor("name, e-mail address, telephone number", _NAMED),
        "integration_data": _visitor("what a program keeps with it", _SAID),
        "customer_email": _visitor("e-mail address", _AGAIN, exported=False),
        "customer_phone": _visitor("telephone number", _AGAIN, exported=False),
        "note": _visitor("what the agent noted of the visit", "so that the next agent knows what it was about"),
    },
    "submission": {"values": _visitor("answers to a form; of a survey, figures stay", _SAID)},
    "message": {
        "recipient": _visitor("e-mail address or telephone number", "to tell him something", PERIOD),
        "data": _visitor("what he is told", "to tell him something", PERIOD, exported=False),
        "last_error": _visitor("what a mail server said, perhaps with his address", "to find out why", PERIOD),
    },
    "one_time_code": {"contact": _visitor("e-mail address or telephone number", "to prove that it is his", PERIOD)},
    "waitlist_entry": {
        "contact": _visitor("e-mail address or telephone number", "to offer him a place"),
        "person": _visitor("name, e-mail address, telephone number", "to book for him"),
        "hold_token": _visitor("what his offer is taken with", "to book for him", exported=False),
    },
    "callback": {
        "phone": _visitor("telephone number", "to call him back"),
        "name": _visitor("name", "to call him back"),
    },
    "summons": {
        "address": _visitor(
            "e-mail address, telephone number, or that of a browser's push service", _TURN, "an hour after the ticket"
        ),
        "keys": _visitor("what only his browser reads messages with", _TURN, "the same", exported=False),
    },
    "delivery": {
        "data": _visitor("what a webhook is told: names, forms", "to tell it to who subscribes", _SENT, exported=False),
        "last_error": _visitor("what went wrong", "to find out why", _SENT, exported=False),
    },
    "attempt": {
        "error": _visitor("what went wrong", "to find out why", _SENT, exported=False),
        "excerpt": _visitor(
            "what a webhook answered, perhaps what it was told", "to find out why", _SENT, exported=False
        ),
    },
    "idempotency": {
        "body": _visitor("an answer as it was given", "to repeat it to who asks again", "24 hours", exported=False),
        "headers": _visitor("the same", "the same", "24 hours", exported=False),
    },
    "erasure": {
        "person": _visitor(
            "whom to take out of archives: name by which he is known, sealed",
            "to erase him there too",
            "a minute, until it is done",
            exported=False,
        )
    },
    "journal": {
        "data": _visitor("a supervisor's reason, in his words", "to answer why", "until he is erased", exported=False)
    },
    "agent": {
        "firstname": _staff("first name", "shown to colleagues and visitors"),
        "lastname": _staff("last name", "shown to colleagues and visitors"),
        "email": _staff("e-mail address", _SIGNS_IN),
        "password_hash": _staff("a hash of his password", _SIGNS_IN),
        "schedule": _staff("when he works", "to find free times"),
        "closures": _staff("when he is away", "to find free times"),
        "calendars": _staff("where his own calendar is", "to find free times"),
        "key": _staff("his name in the network file", "to tell agents apart"),
    },
    "feed": {
        "url": _staff("where his own calendar is", "to find free times"),
        "copy": _staff("the last copy of his calendar", "to find free times when it cannot be fetched"),
    },
    "second_factor": {"secret": _staff("the secret of his authenticator app", "to sign in")},
    "session": {
        "reason": _staff("why he is away, in his words", "so that colleagues know", _KEPT),
        "pending_away": _staff("the same", "so that colleagues know", "until he is away"),
    },
    "network_revision": {
        "file": _staff("names and e-mail addresses of agents", "to see and undo what was changed", "500 changes later")
    },
    "notice": {"text": _staff("what a supervisor tells visitors", "shown in the lobby", "400 days")},
    "api_key": {"addresses": _staff("from where a program comes", "to refuse others", "for good, with the key")},
    "account": {
        "email_verified": _staff("the account's own e-mail address", "to send from it", "until another is proven")
    },
}
"""Table → column → what is in it."""

NOT_PERSONAL: Mapping[str, str] = {
    "account": "slug name timezone options option_secrets closures holidays languages room_url source messages"
    " meeting_url sign_in brand translations absences receipt_footer",
    "agent": "role supervises queues",
    "api_key": "kind roles secret_hash label prefix branches replaced_by",
    "application": "key",
    "appointment": "origin state wall_start wall_zone tz_version anchor timezone locale hold_hash code made_by"
    " end_reason",
    "archived_day": "day file",
    "assignment": "queues day",
    "audit": "actor action object data before hash",
    "audit_head": "hash",
    "branch": "key name label address timezone hours closures holidays brand drained_on",
    "call": "number language",
    "callback": "language state",
    "decision": "record",
    "delivery": "event entity state claim traceparent",
    "device": "orders report",
    "failed_login": "scope",
    "feed": "etag modified unrolled error",
    "forecast": "model",
    "form": "key name description fields",
    "hall": "heard",
    "idempotency": "scope key fingerprint",
    "installation": "name value",
    "journal": "entity name",
    "kiosk": "key token queue_ids languages settings",
    "login": "kind token_hash",
    "medium": "shelf name content_type digest content",
    "message": "kind channel locale occasion state claim",
    "network_revision": "by changes",
    "number_counter": "service_day",
    "offer": "state reasons",
    "one_time_code": "purpose code_hash",
    "pairing": "code secret_hash kind",
    "participant": "kind",
    "past_day": "day",
    "past_figures": "day kind figures",
    "poc": "key label kind token",
    "queue": "key name prefix mode call unstaffed credit_seconds branch_ids settings",
    "quote": "made",
    "recovery_code": "code_hash",
    "rehearsal": "kind asked state found reason",
    "reminder": "period",
    "screen": "key token languages settings audio",
    "service": "key title description agent_ids rules",
    "summons": "channel locale",
    "session": "state undo",
    "socket": "bell rang",
    "submission": "kind",
    "ticket": "place number number_series service_day state link source ticket_class language cooldowns parked_by"
    " end_reason outcome",
    "waiting_room": "code url",
    "waitlist_entry": "day timezone locale link state passed_up",
    "webhook": "key url events dialect secret headers state disabled_reason custom secrets previous_secret",
    "worker": "seat",
}
"""Table → the columns of words that hold nothing of a person: names of things, states, hashes, secrets of programs."""
