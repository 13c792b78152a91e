"""Who is at the doors: somebody of every kind, with the token that he proves it with, and what he may do."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from qms.domain import access
from qms.domain.network import Agent, Network
from qms.services import client_tokens, clients, fleet, keys, logins, program_keys, user_tokens
from qms.store.schema.access import api_key
from qms.store.store import Store
from qms.store.tx import Tx

STAFF = ("desk.", "logins.", "board.", "reports.", "messages.", "network.", "access.", "people.", "audit.")
NOBODY = "x" * 22
"""A token that opens nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """Somebody at the door: `may` what, with which token. `elsewhere`: of another account or branch."""

    name: str
    may: frozenset[str]
    token: str = ""
    tenant: str = "alpha"
    elsewhere: bool = False

    @property
    def of_another_account(self) -> bool:
        """Whether what he asks for is not his account's."""
        return self.elsewhere and "another account" in self.name

    @property
    def headers(self) -> dict[str, str]:
        """What he sends along."""
        return {"Authorization": f"Bearer {self.token}", "X-Tenant": self.tenant} if self.token else {}


def granted(who: str, *prefixes: str) -> frozenset[str]:
    """What this way of proving who one is gives, at doors of this kind."""
    return frozenset(name for name in access.GRANTS[who] if name.startswith(prefixes))


def _end(tx: Tx, *, key: str) -> None:
    """A key's time is over: nobody issues one of which it is."""
    tx.execute(api_key.update().where(api_key.c.id == key).values(expires_at=tx.now))


def people(store: Store, alpha: Network, bravo: Network, secret: bytes) -> list[Caller]:
    """Whoever signs in: at the desk, or as a user of Voki's."""

    def desk(name: str, agent: Agent, **more: Any) -> Caller:
        lasts = more.pop("lasts", timedelta(hours=1))
        token, begun = store.write(logins.start, kind="desk", agent=agent, scope=name, lasts=lasts)
        if more.pop("ended", False):
            store.write(logins.end, id=begun.id)
        allowed = frozenset(p for p in granted(agent.role, *STAFF) if access.may(agent, p))
        return Caller(**{"name": name, "token": token, "may": allowed, **more})

    def voki(name: str, agent: Agent, **more: Any) -> Caller:
        pair = store.write(user_tokens.begin, agent=agent, scope=name, secret=secret)
        return Caller(**{"name": name, "token": pair.access, "may": granted(agent.role, "voki."), **more})

    find, none = alpha.agents.find, frozenset[str]()
    others = bravo.agents.find("owner")
    ended = voki("Voki, ended", find("owner"), may=none)
    claims = user_tokens.read(ended.token, "access", secret=secret, now=datetime.now(UTC))
    store.write(logins.end, id=claims.login)
    return [
        desk("attendant", find("attendant-main")),
        desk("attendant of another branch", find("attendant-north"), elsewhere=True),
        desk("supervisor", find("supervisor")),
        desk("supervisor of another branch", find("supervisor-north"), elsewhere=True),
        desk("manager", find("manager")),
        desk("administrator", find("owner")),
        desk("administrator of another account", others, elsewhere=True),
        desk("expired login", find("owner"), lasts=-timedelta(hours=1), may=none),
        desk("ended login", find("owner"), ended=True, may=none),
        voki("Voki, attendant", find("attendant-main")),
        voki("Voki, another account", others, may=none),
        ended,
    ]


def programs(store: Store, alpha: Network, bravo: Network, secret: bytes) -> list[Caller]:
    """Whatever comes with a key or as a client: of our own interface, of Videsk's and of Auvious's."""

    def key(name: str, kind: str, network: Network = alpha, **more: Any) -> Caller:
        ends = datetime.now(UTC) + timedelta(days=1)
        issued = store.write(keys.issue_key, account=network.account.id, kind=kind, expires_at=ends, secret=secret)
        if more.pop("over", False):
            store.write(_end, key=issued.id)
        if more.pop("revoked", False):
            store.write(keys.revoke_key, account=network.account.id, id=issued.id)
        return Caller(**{"name": name, "token": issued.token, "may": granted(kind, "videsk."), **more})

    def client(name: str, *roles: str, network: Network = alpha, **more: Any) -> Caller:
        made_client = store.write(clients.issue_client, account=network.account.id, roles=roles)
        found = store.read(keys.find_key, id=made_client.id)
        assert found is not None
        at = datetime.now(UTC) - more.pop("ago", timedelta())
        token = client_tokens.issue(found, user=None, secret=secret, now=at)
        if more.pop("revoked", False):
            store.write(keys.revoke_key, account=network.account.id, id=made_client.id)
        allowed = frozenset[str]().union(*(granted(role, "auvious.") for role in roles))
        return Caller(**{"name": name, "token": token, "may": allowed, **more})

    def program(name: str, network: Network = alpha, **more: Any) -> Caller:
        branches, addresses = more.pop("branches", ()), more.pop("addresses", ())
        ends = datetime.now(UTC) + timedelta(days=1)
        wish = program_keys.Wish(scopes=access.SCOPES, branches=branches, addresses=addresses, expires_at=ends)
        issued = store.write(program_keys.issue, account=network.account.id, wish=wish)
        if more.pop("over", False):
            store.write(_end, key=issued.id)
        if more.pop("revoked", False):
            store.write(keys.revoke_key, account=network.account.id, id=issued.id)
        return Caller(**{"name": name, "token": issued.token, "may": frozenset(access.SCOPES), **more})

    none = frozenset[str]()
    return [
        program("program"),
        program("program of another branch", branches=["north"], elsewhere=True),
        program("program of another account", bravo, elsewhere=True),
        program("program from elsewhere", addresses=["192.0.2.0/24"], may=none),
        program("program, expired", over=True, may=none),
        program("program, revoked", revoked=True, may=none),
        *(key(f"Videsk, {kind}", kind) for kind in keys.KINDS),
        key("Videsk, another account", "backend", bravo, elsewhere=True),
        key("Videsk, expired", "backend", over=True, may=none),
        key("Videsk, revoked", "backend", revoked=True, may=none),
        *(client(f"Auvious, {role}", role) for role in clients.ROLES if role != "ROLE_CUSTOMER"),
        client("Auvious, another account", *clients.ROLES, network=bravo, elsewhere=True),
        client("Auvious, expired", *clients.ROLES, ago=timedelta(days=1), may=none),
        client("Auvious, revoked", *clients.ROLES, revoked=True, may=none),
    ]


def devices(store: Store, alpha: Network) -> list[Caller]:
    """What stands in a branch, and whoever has an address that was renewed."""
    renewed, none = alpha.kiosks.find("kiosk-north"), frozenset[str]()
    store.write(fleet.renew_token, account=alpha.account.id, id=renewed.id, actor="owner")
    screen, kiosk, poc = alpha.screens.find("screen-main"), alpha.kiosks.find("kiosk-main"), alpha.pocs.find("main1")
    tokens = {"kiosk": kiosk.token, "screen": screen.token, "poc": poc.token}
    return [
        *(Caller(name=name, may=access.GRANTS[name], token=token) for name, token in tokens.items()),
        Caller(name="kiosk, address renewed", may=none, token=renewed.token),
    ]
