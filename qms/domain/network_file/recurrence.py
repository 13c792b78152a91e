"""Recurrence rules as a network file may give them: the part of RFC 5545 (RRULE) that closures of days need.

What could be looked for through the centuries and never be found is not taken: a daily rule has no conditions (weekly
and monthly ones have), and a day of a month must be in one of the months.
"""

import re
from collections.abc import Mapping

from qms.domain.complaint import Complaint, Wrong, complaint, guessed
from qms.domain.network_file.checks import described, text

_NUMBERS = r"{0}(?:,{0})*"
_DAY = r"(?:MO|TU|WE|TH|FR|SA|SU)"
_MONTH = r"(?:[1-9]|1[0-2])"
_MONTH_DAY = r"-?(?:[1-9]|[12]\d|3[01])"
_INTERVAL = complaint("%(name)s: expected a whole number from 1 to 999, found %(found)s")
_SHAPES: Mapping[str, tuple[re.Pattern[str], Complaint]] = {
    "FREQ": (
        re.compile("DAILY|WEEKLY|MONTHLY|YEARLY"),
        complaint("%(name)s: expected DAILY, WEEKLY, MONTHLY or YEARLY, found %(found)s"),
    ),
    "INTERVAL": (re.compile(r"[1-9]\d{0,2}"), _INTERVAL),
    "COUNT": (re.compile(r"[1-9]\d{0,2}"), _INTERVAL),
    "UNTIL": (
        re.compile(r"(?:19|20|21)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"),
        complaint("%(name)s: expected a date such as 20301231, found %(found)s"),
    ),
    "BYMONTH": (
        re.compile(_NUMBERS.format(_MONTH)),
        complaint("%(name)s: expected months from 1 to 12, found %(found)s"),
    ),
    "BYMONTHDAY": (
        re.compile(_NUMBERS.format(_MONTH_DAY)),
        complaint("%(name)s: expected days of a month from 1 to 31, or from its end as -1, found %(found)s"),
    ),
    "BYDAY": (
        re.compile(_NUMBERS.format(rf"(?:-?[1-5])?{_DAY}")),
        complaint("%(name)s: expected days such as MO, 1MO (the first) or -1FR, found %(found)s"),
    ),
    "BYSETPOS": (
        re.compile(_NUMBERS.format(r"-?[1-9]")),
        complaint("%(name)s: expected places such as 1, 2 or -1, found %(found)s"),
    ),
    "WKST": (re.compile(_DAY), complaint("%(name)s: expected a day such as MO, found %(found)s")),
}
_CONDITIONS: Mapping[str, frozenset[str]] = {
    "DAILY": frozenset(),
    "WEEKLY": frozenset({"BYDAY", "BYMONTH"}),
    "MONTHLY": frozenset({"BYDAY", "BYMONTH", "BYMONTHDAY", "BYSETPOS"}),
    "YEARLY": frozenset({"BYDAY", "BYMONTH", "BYMONTHDAY", "BYSETPOS"}),
}
_LONGEST = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def rrule(value: object) -> str:
    """A recurrence rule, such as "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=24"; kept in capitals."""
    if not isinstance(value, str):
        raise Wrong(complaint('expected a rule such as "FREQ=YEARLY", found %(found)s', found=described(value)))
    parts: dict[str, str] = {}
    for part in text(300)(value).upper().removeprefix("RRULE:").split(";"):
        name, _, said = part.partition("=")
        if name not in _SHAPES:
            wrong = complaint("%(found)s is not one of %(choices)s", found=described(name), choices=", ".join(_SHAPES))
            raise Wrong(guessed(wrong, name, _SHAPES))
        if name in parts:
            raise Wrong(complaint("%(name)s is given twice", name=name))
        shape, wrong = _SHAPES[name]
        if not shape.fullmatch(said):
            raise Wrong(wrong.about(name=name, found=described(said)))
        parts[name] = said
    _fits(parts)
    return ";".join(f"{name}={said}" for name, said in parts.items())


def _fits(parts: Mapping[str, str]) -> None:
    if "FREQ" not in parts:
        raise Wrong(complaint("expected FREQ=DAILY, WEEKLY, MONTHLY or YEARLY in the rule"))
    often = parts["FREQ"]
    conditions = {name for name in parts if name.startswith("BY")}
    if odd := sorted(conditions - _CONDITIONS[often]):
        raise Wrong(complaint("FREQ=%(often)s does not go with %(odd)s", often=often, odd=", ".join(odd)))
    if often == "WEEKLY" and re.search(r"\d", parts.get("BYDAY", "")):
        raise Wrong(complaint("FREQ=WEEKLY: expected days such as MO, without a number"))
    if "BYSETPOS" in parts and conditions == {"BYSETPOS"}:
        raise Wrong(complaint("BYSETPOS chooses among days: expected BYDAY or BYMONTHDAY too"))
    if "COUNT" in parts and "UNTIL" in parts:
        raise Wrong(complaint("expected either COUNT or UNTIL"))
    months = [int(month) for month in parts.get("BYMONTH", "1").split(",")]
    days = [abs(int(day)) for day in parts.get("BYMONTHDAY", "1").split(",")]
    if min(days) > max(_LONGEST[month - 1] for month in months):
        said = complaint("no month of BYMONTH=%(months)s has the day BYMONTHDAY=%(days)s")
        raise Wrong(said.about(months=parts["BYMONTH"], days=parts["BYMONTHDAY"]))
