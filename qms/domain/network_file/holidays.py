"""Public holidays as a network file asks for them.

`holidays = "CL"`, or `{ country = "CL", subdivision = "RM", language = "es", categories = ["public", "bank"] }`; at a
branch `false` for none. What a branch does not say, the account says.
"""

import re
from collections.abc import Collection

from qms.domain.almanac import Almanac, Holidays
from qms.domain.complaint import Complaint, Wrong, complaint, guessed, meant
from qms.domain.network_file.checks import Check, described, shaped
from qms.domain.network_file.reading import Table

_COUNTRY = shaped(
    re.compile(r"[A-Z]{2}"),
    complaint('expected the two capital letters of a country (ISO 3166-1) such as "CL", found %(found)s'),
)
_CODE = shaped(
    re.compile(r"[A-Za-z0-9][A-Za-z0-9 _-]{0,39}"),
    complaint("expected a code such as RM, as in CL-RM, found %(found)s"),
)
_LANGUAGE = shaped(
    re.compile(r"[a-z]{2,3}([_-][A-Za-z]{2,4})?"),
    complaint('expected a language such as "es" or "pt-BR", found %(found)s'),
)
_CATEGORY = shaped(
    re.compile(r"[a-z_]{1,40}"),
    complaint('expected a kind of holidays such as "public" or "bank", found %(found)s'),
)


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
            said = complaint(
                'expected the letters of a country such as "CL", a table { country = … }, or false, found %(found)s'
            )
            parent.complain(said.about(found=described(other)), "holidays")
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
        subdivision=table.optional(
            "subdivision", _known(_CODE, places, complaint("%(found)s is no subdivision of the country"))
        ),
        language=table.optional("language", _language(languages)),
        categories=table.several(
            "categories", _known(_CATEGORY, kinds, complaint("%(found)s is no kind of days of the country"))
        )
        or ("public",),
    )
    table.done()
    return found if country else None


def _country(almanac: Almanac | None) -> Check[str]:
    called = None if almanac is None else almanac.countries()

    def check(value: object) -> str:
        if called is None or (isinstance(value, str) and value in called.values()):
            return _COUNTRY(value)
        said = complaint(
            "%(found)s is no country whose holidays are known; "
            'expected the two capital letters of a country (ISO 3166-1) such as "CL"',
            found=described(value),
        )
        raise Wrong(meant(said, value, called) or said)

    return check


def _known(shape: Check[str], known: Collection[str] | None, wrong: Complaint) -> Check[str]:
    """A code that the almanac has for the country; what is `wrong` with others has a place for what was `found`."""

    def check(value: object) -> str:
        found = shape(value)
        if known is not None and found not in known:
            said = wrong.about(found=described(value))
            raise Wrong(guessed(said, found, known, _with_known(said, known)))
        return found

    return check


def _with_known(said: Complaint, known: Collection[str]) -> Complaint:
    if not known:
        return complaint("%(complaint)s; it has none", complaint=said)
    return complaint("%(complaint)s; known are %(known)s", complaint=said, known=", ".join(sorted(known)[:40]))


def _language(known: Collection[str] | None) -> Check[str]:
    """A language as we spell it, kept as the almanac does: `pt-BR` is its `pt_BR`, and `en` its `en_US`."""

    def check(value: object) -> str:
        found = _LANGUAGE(value).replace("-", "_")
        if known is None or found in known:
            return found
        kin = [one for one in sorted(known) if one.partition("_")[0] == found]
        if not kin:
            said = complaint("%(found)s is no language of the country's holidays; known are %(known)s")
            raise Wrong(said.about(found=described(value), known=", ".join(known)))
        return kin[0]

    return check
