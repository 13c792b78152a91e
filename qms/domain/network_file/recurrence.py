"""Recurrence rules as a network file may give them: the part of RFC 5545 (RRULE) that closures of days need.

What could be looked for through the centuries and never be found is not taken: a daily rule has no conditions (weekly
and monthly ones have), and a day of a month must be in one of the months.
"""

import re
from collections.abc import Mapping

from qms.domain.network_file.checks import Wrong, described, text
from qms.domain.network_file.problems import hint

_NUMBERS = r"{0}(?:,{0})*"
_DAY = r"(?:MO|TU|WE|TH|FR|SA|SU)"
_MONTH = r"(?:[1-9]|1[0-2])"
_MONTH_DAY = r"-?(?:[1-9]|[12]\d|3[01])"
_SHAPES: Mapping[str, tuple[re.Pattern[str], str]] = {
    "FREQ": (re.compile("DAILY|WEEKLY|MONTHLY|YEARLY"), "DAILY, WEEKLY, MONTHLY or YEARLY"),
    "INTERVAL": (re.compile(r"[1-9]\d{0,2}"), "a whole number from 1 to 999"),
    "COUNT": (re.compile(r"[1-9]\d{0,2}"), "a whole number from 1 to 999"),
    "UNTIL": (re.compile(r"(?:19|20|21)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"), "a date such as 20301231"),
    "BYMONTH": (re.compile(_NUMBERS.format(_MONTH)), "months from 1 to 12"),
    "BYMONTHDAY": (re.compile(_NUMBERS.format(_MONTH_DAY)), "days of a month from 1 to 31, or from its end as -1"),
    "BYDAY": (re.compile(_NUMBERS.format(rf"(?:-?[1-5])?{_DAY}")), "days such as MO, 1MO (the first) or -1FR"),
    "BYSETPOS": (re.compile(_NUMBERS.format(r"-?[1-9]")), "places such as 1, 2 or -1"),
    "WKST": (re.compile(_DAY), "a day such as MO"),
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
        raise Wrong(f'expected a rule such as "FREQ=YEARLY", found {described(value)}')
    parts: dict[str, str] = {}
    for part in text(300)(value).upper().removeprefix("RRULE:").split(";"):
        name, _, said = part.partition("=")
        if name not in _SHAPES:
            raise Wrong(f"{described(name)} is not one of {', '.join(_SHAPES)}{hint(name, _SHAPES)}")
        if name in parts:
            raise Wrong(f"{name} is given twice")
        shape, expected = _SHAPES[name]
        if not shape.fullmatch(said):
            raise Wrong(f"{name}: expected {expected}, found {described(said)}")
        parts[name] = said
    _fits(parts)
    return ";".join(f"{name}={said}" for name, said in parts.items())


def _fits(parts: Mapping[str, str]) -> None:
    if "FREQ" not in parts:
        raise Wrong("expected FREQ=DAILY, WEEKLY, MONTHLY or YEARLY in the rule")
    often = parts["FREQ"]
    conditions = {name for name in parts if name.startswith("BY")}
    if odd := sorted(conditions - _CONDITIONS[often]):
        raise Wrong(f"FREQ={often} does not go with {', '.join(odd)}")
    if often == "WEEKLY" and re.search(r"\d", parts.get("BYDAY", "")):
        raise Wrong("FREQ=WEEKLY: expected days such as MO, without a number")
    if "BYSETPOS" in parts and conditions == {"BYSETPOS"}:
        raise Wrong("BYSETPOS chooses among days: expected BYDAY or BYMONTHDAY too")
    if "COUNT" in parts and "UNTIL" in parts:
        raise Wrong("expected either COUNT or UNTIL")
    months = [int(month) for month in parts.get("BYMONTH", "1").split(",")]
    days = [abs(int(day)) for day in parts.get("BYMONTHDAY", "1").split(",")]
    if min(days) > max(_LONGEST[month - 1] for month in months):
        raise Wrong(f"no month of BYMONTH={parts['BYMONTH']} has the day BYMONTHDAY={parts['BYMONTHDAY']}")
