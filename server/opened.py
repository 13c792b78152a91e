"""Opening an installation: its database at the present schema, its clock, its store."""

from dataclasses import dataclass

import sqlalchemy as sa

from qms.domain.errors import Unavailable
from qms.services import seals
from qms.store.engines import connect
from qms.store.migrate import NewerDatabase, migrate
from qms.store.revision import revision_of, suits
from qms.store.schema.access import installation
from qms.store.store import EventNames, Store
from qms.store.vault import NotOpened
from server.clock import SystemClock
from server.disk import file_of, missing_file
from server.failing import outages_told
from server.secret import vault_of, would_be_made
from server.settings import Settings
from server.timekeeping import clock_of

NOT_THE_ONE = (
    "TURNERO_SECRET_KEY, or the secret kept beside the database, is not the one with which its secrets were sealed: "
    "put that one back, or give up what it sealed with turnero secrets forget"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """An installation that is ready to be worked with."""

    settings: Settings
    clock: SystemClock
    store: Store


def open_installation(
    settings: Settings,
    *,
    event_names: EventNames | None = None,
    tool: bool = False,
    begins: bool = True,
    proven: bool = True,
) -> Opened:
    """Bring the database to the present schema, set the clock, open the store, and have it `proven` that secrets open.

    A `tool` goes by the clock that is set, unless it is told another one; whatever serves sets it. Its transactions
    may stand still for a while: on a busy machine a command of an operator is slow, not gone. What only works with an
    installation does not `begin` one: started in the wrong folder it leaves nothing there.

    Raises:
        Unavailable: there is no such database, it does not answer, it is newer than this program, or its secrets do not
            open (NotOpened).
    """
    with outages_told(settings):
        clock = _prepare(settings, tool=tool, begins=begins, proven=proven)
        store = Store(settings.database_url, clock, vault_of(settings), event_names=event_names, thinking=tool)
        if proven:
            _prove(store)
    return Opened(settings=settings, clock=clock, store=store)


def _prove(store: Store) -> None:
    try:
        if not store.read(seals.proven):
            store.write(seals.begin)
    except BaseException as error:
        store.close()
        if isinstance(error, NotOpened):
            raise NotOpened(NOT_THE_ONE) from error
        raise


def is_begun(settings: Settings) -> bool:
    """Whether the database has a schema; looking makes no file.

    Raises:
        Unavailable: it does not answer.
    """
    if missing_file(settings) is not None:
        return False
    engine = connect(settings.database_url, pool_size=1)
    try:
        with outages_told(settings), engine.connect() as connection, connection.begin():
            return revision_of(connection) is not None
    finally:
        engine.dispose()


def _prepare(settings: Settings, *, tool: bool, begins: bool, proven: bool) -> SystemClock:
    if not begins and missing_file(settings) is not None:
        raise _no_installation(settings)
    engine = connect(settings.database_url, pool_size=1)
    try:
        with engine.connect() as connection, connection.begin():
            if not begins and revision_of(connection) is None:
                raise _no_installation(settings)
            suitable = suits(connection)
            if suitable and proven and _is_sealed(connection) and would_be_made(settings):
                raise NotOpened(NOT_THE_ONE)
        if not suitable:
            try:
                migrate(engine)
            except NewerDatabase as newer:
                raise Unavailable(str(newer)) from newer
        return clock_of(settings.sandbox, engine, tool=tool)
    finally:
        engine.dispose()


def _no_installation(settings: Settings) -> Unavailable:
    where = file_of(settings) or "the database"
    return Unavailable(f"{where}: no installation yet; turnero serve, or apply, makes one")


def _is_sealed(connection: sa.Connection) -> bool:
    """Whether there is something that a new secret could not open."""
    found = sa.select(installation.c.name).where(installation.c.name == seals.PROOF)
    return connection.execute(found).first() is not None
