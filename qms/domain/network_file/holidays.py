"""Public holidays as a network file asks for them.

`holidays = "CL"`, or `{ country = "CL", subdivision = "RM", language = "es", categories = ["public", "bank"] }`; at a
branch `false` for none. What a branch does not say, the account says.
"""

import re
from collections.abc import Collection
from difflib import get_close_matches

from qms.domain.almanac import Almanac, Holidays
from qms.domain.network_file.checks import Check, Wrong, described, shaped
from qms.domain.network_file.problems import hint
from qms.domain.network_file.reading import Table

_COUNTRY = shaped(re.compile(r"[A-Z]{2}"), 'the two capital letters of a country (ISO 3166-1) such as "CL"')
_CODE = shaped(re.compile(r"[A-Za-z0-9][A-Za-z0-9 _-]{0,39}"), "a code such as RM, as in CL-RM")
_LANGUAGE = shaped(re.compile(r"[a-z]{2,3}([_-][A-Za-z]{2,4})?"), 'a language such as "es" or "pt-BR"')
_CATEGORY = shaped(re.compile(r"[a-z_]{1,40}"), 'a kind of holidays such as "public" or "bank"')


def read_holidays(parent: Table, usual: Holidays | None = None) -> Holidays | None:
    """Whose holidays close an account or a branch; the usual ones where it does not say."""
    almanac = parent.reading.almanac
    if not parent.has("holidays"):
        return usual
    match parent.values["holidays"]:
        case False:
            return None
        case dict():
            table = parent.table("holidays")
            return _holidays(table, almanac) if table is not None else None
        case str() as country:
            found = parent.checked(_country(almanac), country, "", "holidays")
            return Holidays(country=found) if found else None
        case other:
            expected = 'expected the letters of a country such as "CL", a table { country = … }, or false'
            parent.complain(f"{expected}, found {described(other)}", "holidays")
            return None


def _holidays(table: Table, almanac: Almanac | None) -> Holidays | None:
    country = table.required("country", _country(almanac))
    places: Collection[str] | None = None
    languages: Collection[str] | None = None
    kinds: Collection[str] | None = None
    if almanac is not None and country:  # of a country that there is not, enough has been said
        places, languages = almanac.subdivisions(country), almanac.languages(country)
        kinds = almanac.categories(country)
    found = Holidays(
        country=country,
        subdivision=table.optional("subdivision", _known(_CODE, places, "subdivision")),
        language=table.optional("language", _language(languages)),
        categories=table.several("categories", _known(_CATEGORY, kinds, "kind of days")) or ("public",),
    )
    table.done()
    return found if country else None


def _country(almanac: Almanac | None) -> Check[str]:
    called = None if almanac is None else almanac.countries()

    def check(value: object) -> str:
        if called is None or (isinstance(value, str) and value in called.values()):
            return _COUNTRY(value)
        near = get_close_matches(value.casefold(), called, n=1) if isinstance(value, str) else ()
        meant = f' (did you mean "{called[near[0]]}"?)' if near else ""
        expected = 'expected the two capital letters of a country (ISO 3166-1) such as "CL"'
        raise Wrong(f"{described(value)} is no country whose holidays are known; {expected}{meant}")

    return check


def _known(shape: Check[str], known: Collection[str] | None, what: str) -> Check[str]:
    """A code that the almanac has for the country."""

    def check(value: object) -> str:
        found = shape(value)
        if known is not None and found not in known:
            near = hint(found, known) or (f"; known are {', '.join(sorted(known)[:40])}" if known else "; it has none")
            raise Wrong(f"{described(value)} is no {what} of the country{near}")
        return found

    return check


def _language(known: Collection[str] | None) -> Check[str]:
    """A language as we spell it, kept as the almanac does: `pt-BR` is its `pt_BR`, and `en` its `en_US`."""

    def check(value: object) -> str:
        found = _LANGUAGE(value).replace("-", "_")
        if known is None or found in known:
            return found
        kin = [one for one in sorted(known) if one.partition("_")[0] == found]
        if not kin:
            raise Wrong(f"{described(value)} is no language of the country's holidays; known are {', '.join(known)}")
        return kin[0]

    return check
