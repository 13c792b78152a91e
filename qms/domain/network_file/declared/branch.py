"""A branch as a network file declares it, with its points of contact."""

from dataclasses import dataclass, field

from qms.domain.almanac import Holidays
from qms.domain.brand import NO_BRAND, Brand
from qms.domain.network_file.declared.named import Identified
from qms.domain.weekly import Closure, WeeklyHours


@dataclass(frozen=True, slots=True, kw_only=True)
class PocDecl(Identified):
    """A point of contact of a branch, `booth` or `counter`. `token` None: one is to be made."""

    label: str
    kind: str
    token: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class BranchDecl(Identified):
    """A place. `location` is (latitude, longitude); no `hours`: always open.

    `holidays`: the account's unless told. `brand`: what is another one than the account's.
    """

    name: str
    label: str
    address: str
    location: tuple[float, float]
    timezone: str
    hours: tuple[WeeklyHours, ...] = ()
    closures: tuple[Closure, ...] = ()
    holidays: Holidays | None = None
    pocs: tuple[PocDecl, ...] = ()
    brand: Brand = NO_BRAND
