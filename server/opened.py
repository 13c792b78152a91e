"""Opening an installation: its database at the present schema, its clock, its store."""

from dataclasses import dataclass

from qms.domain.errors import Unavailable
from qms.store.engines import connect
from qms.store.revision import suits
from qms.store.store import EventNames, Store
from server.clock import SystemClock
from server.failing import outages_told
from server.settings import Settings
from server.timekeeping import clock_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """An installation that is ready to be worked with."""

    settings: Settings
    clock: SystemClock
    store: Store


def open_installation(settings: Settings, *, event_names: EventNames | None = None, tool: bool = False) -> Opened:
    """Bring the database to the present schema, set the clock, and open the store.

    A `tool` goes by the clock that is set, unless it is told another one; whatever serves sets it.

    Raises:
        Unavailable: there is no such database, it does not answer, or it is newer than this program.
    """
    with outages_told():
        clock = _prepare(settings, tool=tool)
        store = Store(settings.database_url, clock, event_names=event_names)
    return Opened(settings=settings, clock=clock, store=store)


def _prepare(settings: Settings, *, tool: bool) -> SystemClock:
    engine = connect(settings.database_url, pool_size=1)
    try:
        with engine.connect() as connection, connection.begin():
            suitable = suits(connection)
        if not suitable:
            from qms.store.migrate import NewerDatabase, migrate  # loads slowly, and is seldom needed

            try:
                migrate(engine)
            except NewerDatabase as newer:
                raise Unavailable(str(newer)) from newer
        return clock_of(settings.sandbox, engine, tool=tool)
    finally:
        engine.dispose()
