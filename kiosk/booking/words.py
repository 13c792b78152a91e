"""What is said about an appointment that cannot be changed or joined any more."""

from collections.abc import Mapping

from qms.web.pages import N_

OVER: Mapping[str, tuple[str, str]] = {
    "moved": (
        N_("The appointment was moved"),
        N_("This link was for its earlier time. Please use the link that came with the new time."),
    ),
    "cancelled": (N_("The appointment was cancelled"), N_("Nobody expects you. You can book another time.")),
    "started": (
        N_("The appointment cannot be changed here any more"),
        N_("It is under way, or its time has begun. If you cannot come, please let us know in person."),
    ),
    "completed": (N_("The appointment is over"), N_("Thank you for your visit. You can book another time.")),
    "no_show": (
        N_("The appointment is over"),
        N_("You were not there at its time. You may still come in and take a number, or book another time."),
    ),
}
"""Why a link is dead → heading and explanation."""

GONE = (N_("This link is not valid any more"), N_("You can look for a time and book anew."))
"""What is said of any other."""

REFUSED: Mapping[str, str] = {
    "early": N_("It is too early to check in."),
    "late": N_("It is too late to check in."),
    "closed": N_("We are closed at the moment. Please check in during opening hours."),
    "unstaffed": N_("Nobody can serve you at the moment. Please try again in a few minutes."),
    "taken": N_("This time has just been taken. Please choose another one."),
    "unchangeable": N_("The appointment cannot be changed any more."),
    "long": N_("The reason is too long: at most 1,000 characters."),
}
"""Why what somebody did by a link was refused."""
