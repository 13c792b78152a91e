"""What can be chosen, in words: the network file has a word of its own for each."""

from collections.abc import Mapping

from qms.web.pages import N_

_PLACES = {"booth": N_("Video booth"), "counter": N_("Counter")}

CHOICES: Mapping[str, Mapping[str, str]] = {
    "mode": _PLACES,
    "kind": _PLACES,
    "call": {"push": N_("Visitors are offered to agents"), "pull": N_("Agents call the next one")},
    "unstaffed": {
        "accept": N_("Visitors are given a number"),
        "refuse": N_("Visitors are turned away"),
        "callback": N_("Visitors are offered a callback"),
    },
    "fill": {"spread": N_("The agent with the fewest people"), "pack": N_("The agent with the most people")},
    "role": {
        "attendant": N_("attendant"),
        "supervisor": N_("supervisor"),
        "manager": N_("manager"),
        "owner": N_("owner"),
    },
    "theme": {
        "auto": N_("Automatic"),
        "light": N_("Light"),
        "dark": N_("Dark"),
        "contrast": N_("High contrast"),
    },
    "closed": {"dark": N_("Dark"), "black": N_("Black"), "same": N_("As when open")},
    "type": {
        "text": N_("Text"),
        "email": N_("E-mail"),
        "url": N_("Address (URL)"),
        "textarea": N_("Text on several lines"),
        "tel": N_("Telephone number"),
        "date": N_("Date"),
        "number": N_("Number"),
        "checkbox": N_("Yes or no"),
        "select": N_("One of a list"),
        "radio": N_("One of a few buttons"),
        "multiple": N_("Several of a list"),
        "nps": N_("Recommendation, 0 to 10"),
        "csat": N_("Satisfaction, 1 to 5"),
        "ces": N_("Effort, 1 to 7"),
        "rate": N_("Stars, 1 to 5"),
    },
}
"""Field → value → words; what is not here is shown as it is written."""
