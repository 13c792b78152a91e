"""`[[branch]]`: a place, its opening hours and its points of contact."""

from qms.domain.complaint import complaint
from qms.domain.network_file import notations
from qms.domain.network_file.brand import read_brand
from qms.domain.network_file.checks import described, number, one_of, text
from qms.domain.network_file.declared.account import AccountDecl
from qms.domain.network_file.declared.branch import BranchDecl, PocDecl
from qms.domain.network_file.holidays import read_holidays
from qms.domain.network_file.hours import read_closures, read_hours
from qms.domain.network_file.reading import Table

_DEGREES = ((complaint("latitude"), 90), (complaint("longitude"), 180))


def read_branch(table: Table, account: AccountDecl) -> BranchDecl:
    """Read one branch; it is in the account's time zone unless it says otherwise."""
    key = table.key_of("branch")
    name = table.read("name", text(), key)
    timezone = table.read("timezone", notations.timezone, account.timezone)
    branch = BranchDecl(
        line=table.line,
        key=key,
        id=table.id_of("branch", key),
        name=name,
        label=table.read("label", text(), name),
        address=table.read("address", text(500, empty=True), ""),
        location=_location(table),
        timezone=timezone,
        hours=read_hours(table, "hours", timezone),
        closures=read_closures(table),
        holidays=read_holidays(table, account.holidays),
        pocs=tuple(_poc(poc, key) for poc in table.tables("pocs")),
        brand=read_brand(table),
    )
    table.done()
    return branch


def _location(table: Table) -> tuple[float, float]:
    """Latitude and longitude; (0, 0) where the file does not say."""
    if not table.has("location"):
        return (0.0, 0.0)
    values = table.values["location"]
    if not isinstance(values, list) or len(values) != 2:
        of = complaint("a list of %(length)s", length=len(values)) if isinstance(values, list) else None
        said = complaint("expected [latitude, longitude], found %(found)s", found=of or described(values))
        table.complain(said, "location")
        return (0.0, 0.0)
    latitude, longitude = (
        table.checked(number(-most, most), value, 0.0, "location", index, called=what)
        for index, (value, (what, most)) in enumerate(zip(values, _DEGREES, strict=True))
    )
    return (float(latitude), float(longitude))


def _poc(table: Table, branch: str) -> PocDecl:
    key = table.key_of("poc", within=branch)
    poc = PocDecl(
        line=table.line,
        key=key,
        id=table.id_of("poc", f"{branch}/{key}"),
        label=table.read("label", text(), key),
        kind=table.read("kind", one_of("booth", "counter"), "booth"),
        token=table.token(),
    )
    table.done()
    return poc
