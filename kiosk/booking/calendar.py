"""A month on a wall calendar and the starts of a day, as the page shows them."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo

from babel import dates

from kiosk.booking.asked import written
from kiosk.booking.zones import offset
from qms.domain.zones import wall_time, zone
from qms.services.booking.offers import Offers
from qms.web.pages import N_, Language, translations
from qms.web.pages.formats import filters

WEEK = 7
LONGEST_DAY = 4
"""Longer names of days than so many letters do not fit side by side on a telephone."""

PARTS = ((N_("Morning"), range(0, 12)), (N_("Afternoon"), range(12, 18)), (N_("Evening"), range(18, 24)))
"""The parts of a day, by the hours that the wall clock shows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """A date on the calendar; without an address nothing can be booked on it."""

    date: date
    label: str
    href: str | None
    current: bool
    today: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """A start that can be chosen: `value` is the instant, `text` what the wall clock shows."""

    value: str
    text: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """A month in weeks; days of other months are None. `weekdays`: short and whole names, in the week's order."""

    title: str
    weekdays: Sequence[tuple[str, str]]
    weeks: Sequence[Sequence[Day | None]]
    before: str | None
    after: str | None


def month_of(
    language: Language, offers: Offers, *, to_day: Callable[[date], str], to_month: Callable[[date], str]
) -> Month:
    """The month of what is offered, with the addresses of its free days and of the months beside it."""
    first, free, write = offers.month, frozenset(offers.days), filters(language)["date"]
    after = (first + timedelta(days=31)).replace(day=1)
    before = min((first - timedelta(days=1)).replace(day=1), offers.last.replace(day=1))
    today = wall_time(offers.now, zone(offers.zone)).date()
    lead = (first.weekday() - language.locale.first_week_day) % WEEK
    cells: list[Day | None] = [None] * lead
    for number in range((after - first).days):
        day = first + timedelta(days=number)
        href = to_day(day) if day in free else None
        label = write(day)
        cells.append(Day(date=day, label=label, href=href, current=day == offers.day, today=day == today))
    cells += [None] * (-len(cells) % WEEK)
    return Month(
        title=dates.format_skeleton("yMMMM", first, locale=language.locale),
        weekdays=_weekdays(language),
        weeks=[cells[at : at + WEEK] for at in range(0, len(cells), WEEK)],
        before=to_month(before) if before >= offers.first.replace(day=1) else None,
        after=to_month(after) if after <= offers.last.replace(day=1) else None,
    )


def parts_of(
    language: Language, starts: Sequence[datetime], where: str, to_start: Callable[[datetime], str]
) -> list[tuple[str, list[Slot]]]:
    """The starts of a day by its parts; parts without any are left out."""
    texts, slots = translations(language), slots_of(language, starts, where, to_start)
    hours = [wall_time(start, zone(where)).hour for start in starts]
    parts = [
        (texts.gettext(name), [slot for slot, hour in zip(slots, hours, strict=True) if hour in within])
        for name, within in PARTS
    ]
    return [(name, some) for name, some in parts if some]


def slots_of(
    language: Language,
    starts: Iterable[datetime],
    where: str,
    to_start: Callable[[datetime], str],
    *,
    days: bool = False,
) -> list[Slot]:
    """Starts as they can be chosen; with their `days`, or with the offset where the clock shows one time twice."""
    found, there = list(starts), zone(where)
    shown = [_text(language, start, there, days) for start in found]
    twice = Counter(shown)
    return [
        Slot(
            value=written(start),
            text=f"{text} ({offset(where, start)})" if twice[text] > 1 else text,
            href=to_start(start),
        )
        for start, text in zip(found, shown, strict=True)
    ]


def _text(language: Language, start: datetime, there: tzinfo, days: bool) -> str:
    time = str(filters(language)["time"](start, there))
    if not days:
        return time
    day = dates.format_skeleton("MMMEd", start.astimezone(there), locale=language.locale)
    return f"{day}, {time}"


def _weekdays(language: Language) -> list[tuple[str, str]]:
    first = language.locale.first_week_day
    order = [(first + number) % WEEK for number in range(WEEK)]
    short = dates.get_day_names("abbreviated", "stand-alone", language.locale)
    if max(len(str(short[number])) for number in order) > LONGEST_DAY:
        short = dates.get_day_names("narrow", "stand-alone", language.locale)
    whole = dates.get_day_names("wide", "stand-alone", language.locale)
    return [(str(short[number]), str(whole[number])) for number in order]
