"""Our own words for messages about appointments, by kind and reader: subject and first sentence."""

from collections.abc import Mapping

from qms.web.pages import N_

Said = tuple[str, str]
"""The subject, and the sentence that the message begins with."""

TO_CUSTOMERS: Mapping[str, Said] = {
    "CREATE": (
        N_("Your appointment on %(day)s, %(time)s"),
        N_("Your appointment is booked."),
    ),
    "RESCHEDULE": (
        N_("Your appointment was moved to %(day)s, %(time)s"),
        N_("Your appointment was moved. This is its new time:"),
    ),
    "CANCELLED": (
        N_("Your appointment on %(day)s, %(time)s was cancelled"),
        N_("This appointment was cancelled. Nobody expects you."),
    ),
    "REMINDER": (
        N_("Reminder: your appointment on %(day)s, %(time)s"),
        N_("We look forward to seeing you."),
    ),
    "ROOM": (
        N_("You can join your meeting now"),
        N_("Your meeting is open. Please join it with the link below."),
    ),
}

TO_AGENTS: Mapping[str, Said] = {
    "CREATE": (
        N_("New appointment on %(day)s, %(time)s"),
        N_("An appointment with you was booked."),
    ),
    "RESCHEDULE": (
        N_("Appointment moved to %(day)s, %(time)s"),
        N_("An appointment with you was moved. This is its new time:"),
    ),
    "CANCELLED": (
        N_("Appointment on %(day)s, %(time)s cancelled"),
        N_("This appointment with you was cancelled."),
    ),
    "REMINDER": (
        N_("Reminder: appointment on %(day)s, %(time)s"),
        N_("You have an appointment soon."),
    ),
    "ROOM": (
        N_("The meeting is open"),
        N_("A meeting with you is open."),
    ),
}
