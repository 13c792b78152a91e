"""`[[screen]]` and `[[kiosk]]`: what stands in the lobby."""

from collections.abc import Mapping, Sequence

from qms.domain.network_file import notations
from qms.domain.network_file.checks import flag, number, one_of, text, whole
from qms.domain.network_file.declared.account import AccountDecl
from qms.domain.network_file.declared.device import KioskDecl, ScreenDecl, ScreenLooks
from qms.domain.network_file.reading import Table

THEMES = ("auto", "light", "dark", "contrast")
CLOSED = ("dark", "black", "same")
"""What a screen becomes outside opening hours."""

QueuesOf = Mapping[str, Sequence[str]]
"""Branch → its queues, by key."""

LanguagesOf = Mapping[str, Sequence[str]]
"""Branch → the languages of what is announced there."""


def read_screen(table: Table, account: AccountDecl, queues: QueuesOf) -> ScreenDecl:
    """Read one lobby screen."""
    key = table.key_of("screen")
    branch = _branch(table)
    others = tuple(other for other in table.references("branches", "branch") if other != branch)
    screen = ScreenDecl(
        line=table.line,
        key=key,
        id=table.id_of("screen", key),
        name=table.read("name", text(), key),
        branch=branch,
        branches=others,
        queues=_queues(table, (branch, *others), queues),
        languages=table.several("languages", notations.language) or account.languages,
        show_waiting=table.read("show_waiting", flag, True),
        show_waits=table.read("show_waits", flag, True),
        audio=table.read("audio", flag, True),
        looks=_looks(table),
        token=table.token(),
    )
    table.done()
    return screen


def _looks(table: Table) -> ScreenLooks:
    usual = ScreenLooks()
    return ScreenLooks(
        voice=table.read("voice", flag, usual.voice),
        volume=table.read("volume", whole(0, 100), usual.volume),
        theme=table.read("theme", one_of(*THEMES), usual.theme),
        motion=table.read("motion", flag, usual.motion),
        closed=table.read("closed", one_of(*CLOSED), usual.closed),
        closed_text=table.read("closed_text", text(200, empty=True), usual.closed_text),
        show_counts=table.read("show_counts", flag, usual.show_counts),
        diagonal_inches=table.optional("diagonal_inches", number(5, 300)),
        farthest_metres=table.optional("farthest_metres", number(0.5, 100)),
        ticker=table.several("ticker", text(200)),
        media=table.read("media", flag, usual.media),
        media_seconds=table.read("media_seconds", whole(3, 3600), usual.media_seconds),
        pronounce=table.pairs("pronounce", text(), text()),
    )


def read_kiosk(table: Table, account: AccountDecl, queues: QueuesOf, announced: LanguagesOf) -> KioskDecl:
    """Read one kiosk. Unless told it speaks the account's languages, and those `announced` on the branch's screens."""
    key = table.key_of("kiosk")
    branch = _branch(table)
    spoken = tuple(dict.fromkeys((*account.languages, *announced.get(branch, ()))))
    kiosk = KioskDecl(
        line=table.line,
        key=key,
        id=table.id_of("kiosk", key),
        name=table.read("name", text(), key),
        branch=branch,
        queues=_queues(table, (branch,), queues),
        languages=table.several("languages", notations.language) or spoken,
        classes=table.several("classes", notations.key),
        phone=table.read("phone", flag, False),
        token=table.token(),
    )
    table.done()
    return kiosk


def _branch(table: Table) -> str:
    branch = table.required("branch", notations.key)
    if branch:
        table.refer("branch", branch, "branch")
    return branch


def _queues(table: Table, branches: Sequence[str], queues: QueuesOf) -> tuple[str, ...]:
    """The queues named, or all of the branches."""
    named = table.references("queues", "queue")
    if table.has("queues"):
        return named
    return tuple(dict.fromkeys(queue for branch in branches for queue in queues.get(branch, ())))
