"""Access: who may do what, declared once.

A permission is something that can be done through a route, a socket or a command. Every one of those names exactly one
permission; `GRANTS` says which way of proving who one is gives which permissions. Nothing else decides who may come in.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from qms.domain.errors import Forbidden
from qms.domain.network import ROLES, Agent, Branch, Network

Reach = Literal["site", "own", "branch", "account"]
"""Of what a permission is: of what is anybody's, of one's own things, of branches, of the whole account."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Permission:
    """Something that one may be allowed to do; `scope`: a program's key can be issued for it."""

    name: str
    meaning: str
    reach: Reach
    scope: bool = False


def _all(reach: Reach, scope: bool = False, /, **meanings: str) -> list[Permission]:
    names = {name.replace("__", "."): meaning for name, meaning in meanings.items()}
    return [Permission(name=name, meaning=meaning, reach=reach, scope=scope) for name, meaning in names.items()]


PERMISSIONS: Mapping[str, Permission] = {
    one.name: one
    for one in (
        *_all(
            "site",
            site__see="what is anybody's: static files, health, the description of the interfaces, the way in",
            site__sign_in="come in with a password, a client's secret or a code",
            site__book="look for a time and book it, where an account lets visitors",
            site__calendar="fetch an appointment for one's own calendar by its id (A-18)",
            compute="run a command that touches no installation",
            operate="run a command on the installation itself",
        ),
        *_all(
            "own",
            ticket__own="watch one's own ticket, leave, come later",
            appointment__own="one's own appointment on the booking page: see it, and what its link is good for",
            appointment__see="see one's own appointment",
            appointment__change="move or cancel one's own appointment",
            waitlist__own="one's own place in the waiting list of a service",
            room__enter="enter the waiting room of one's own appointment",
            logins__own="see and end one's own logins, and keep one's own second factor",
            desk__work="serve people at one's own desk, and watch it",
        ),
        *_all(
            "branch",
            kiosk__use="give out numbers and take check-ins at the door",
            screen__show="show the calls of the lobby",
            poc__show="show who is called to one point of contact",
            desk__receive="look at tickets and the day's appointments, take walk-ins, check people in",
        ),
        *_all(
            "branch",
            True,
            board__watch="watch the day of a branch: queues, people, tickets",
            board__steer="move people and tickets of a branch, sign agents out",
            reports__read="read and export reports",
        ),
        *_all(
            "account",
            messages__manage="read what people are told by message, and send it again",
            logins__manage="see and end everybody's logins",
            access__manage="issue and take back keys",
            people__manage="hand out or erase what is kept of a person",
            network__manage="change what the network file says",
            audit__read="read the audit log",
            videsk__branches="Videsk: list branches",
            videsk__queues="Videsk: list queues",
            videsk__enqueue="Videsk: post tickets",
            videsk__segments="Videsk: list segments",
            videsk__forms="Videsk: forms and submissions",
            videsk__surveys="Videsk: surveys and answers",
            videsk__calendar="Videsk: services, hours, bookings",
            videsk__exports="Videsk: exports",
            videsk__rooms="Videsk: rooms",
            auvious__see="Auvious: read one appointment",
            auvious__manage="Auvious: list, make, move and delete appointments",
            auvious__end="Auvious: end an appointment",
            auvious__activate="Auvious: open the way into an appointment",
            auvious__participant="Auvious: read who takes part",
            auvious__participants="Auvious: change who takes part",
            auvious__mail="Auvious: prove the account's e-mail address",
            voki__use="Voki: appointments, customers, departments",
        ),
    )
}
"""Everything that can be done, by name."""

_AGENT = frozenset({"logins.own", "desk.work", "desk.receive", "voki.use"})
_SUPERVISOR = _AGENT | {"board.watch", "board.steer", "reports.read", "messages.manage"}
_MANAGER = _SUPERVISOR | {"network.manage"}
_BROWSER_KEY = frozenset({"videsk.segments", "videsk.forms", "videsk.surveys", "videsk.calendar"})
_APPOINTMENTS = frozenset({"auvious.see", "auvious.manage"})

GRANTS: Mapping[str, frozenset[str]] = {
    "anybody": frozenset({"site.see", "site.sign_in", "site.book", "site.calendar"}),
    "attendant": _AGENT,
    "supervisor": _SUPERVISOR,
    "manager": _MANAGER,
    "owner": _MANAGER | {"logins.manage", "access.manage", "people.manage", "audit.read"},
    "kiosk": frozenset({"kiosk.use"}),
    "screen": frozenset({"screen.show"}),
    "poc": frozenset({"poc.show"}),
    "ticket link": frozenset({"ticket.own"}),
    "appointment's access token": frozenset({"appointment.own", "appointment.see"}),
    "appointment's action token": frozenset({"appointment.own", "appointment.change"}),
    "waiting list link": frozenset({"waitlist.own"}),
    "waiting room code": frozenset({"room.enter"}),
    "public": _BROWSER_KEY,
    "backend": _BROWSER_KEY | {"videsk.branches", "videsk.queues", "videsk.enqueue"},
    "api-token": frozenset({"videsk.exports", "videsk.rooms"}),
    "ROLE_AGENT": _APPOINTMENTS | {"auvious.end", "auvious.participant", "auvious.participants"},
    "ROLE_SUPERVISOR": _APPOINTMENTS | {"auvious.participant", "auvious.participants"},
    "ROLE_CLIENT_SERVICE": _APPOINTMENTS | {"auvious.activate"},
    "ROLE_CUSTOMER": frozenset({"auvious.see", "auvious.participant"}),
    "ROLE_ADMIN": frozenset({"auvious.mail"}),
    "operator": frozenset({"compute", "operate"}),
}
"""Who → what he may. Everybody may besides what anybody may; a program's key of ours may what its scopes say.

The four roles of people come from the network file, and so do the branches of a supervisor.
"""

SCOPES = tuple(one.name for one in PERMISSIONS.values() if one.scope)
"""What a program's key of ours can be issued for."""

STAFF = frozenset().union(*(GRANTS[role] for role in ROLES)) - {"voki.use"}
"""What only somebody may who has signed in at the desk (or a program, where it is a scope)."""

TOPICS: Mapping[str, frozenset[str]] = {
    "agent": frozenset({"desk.work", "board.watch"}),
    "appointment": frozenset({"room.enter", "appointment.see"}),
    "branch": frozenset({"screen.show", "poc.show", "ticket.own", "room.enter", "board.watch"}),
    "domain": frozenset({"desk.work", "ticket.own", "board.watch"}),
    "network": frozenset(),
    "outbox": frozenset(),
    "ticket": frozenset({"ticket.own"}),
    "waitlist": frozenset({"waitlist.own"}),
}
"""Kind of topic on the bus → the permissions whose sockets may follow it; where there is none, only our own parts."""


def grants(who: str, permission: str) -> bool:
    """Whether this way of proving who one is gives a permission."""
    return permission in GRANTS["anybody"] or permission in GRANTS.get(who, ())


def may(agent: Agent, permission: str, branch: str | None = None) -> bool:
    """Whether somebody who has signed in may do this, at the branch with this id.

    Whoever supervises only some branches may nothing that is of the whole account beyond what an attendant may, and
    nothing of a supervisor's at other branches. Without a branch: whether he may do it anywhere.
    """
    if not grants(agent.role, permission):
        return False
    if not limited(agent) or grants("attendant", permission):
        return True
    reach = PERMISSIONS[permission].reach
    return reach != "account" and (reach != "branch" or branch is None or branch in agent.supervises)


def limited(agent: Agent) -> bool:
    """Whether somebody supervises only some branches."""
    return agent.role == "supervisor" and bool(agent.supervises)


def branches(network: Network, agent: Agent, permission: str) -> Sequence[Branch]:
    """The branches where somebody may do this, in the order of the network file."""
    return [one for one in network.branches.values() if may(agent, permission, one.id)]


def require(agent: Agent, permission: str, branch: str | None = None) -> None:
    """Let nobody pass who may not do this, there.

    Raises:
        Forbidden: he may not.
    """
    if not may(agent, permission, branch):
        raise Forbidden(PERMISSIONS[permission].meaning)
