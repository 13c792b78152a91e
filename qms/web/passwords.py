"""Proving who one is with a password, for every face that lets people in with one.

A check takes argon2 some 50 ms of a thread and 64 MiB, so few run at a time. Whoever is unknown is checked against a
hash that nothing fits, so that neither the answer nor its time tells who is known.
"""

import asyncio
import weakref

import argon2
from aiohttp import web

from qms.domain.errors import NotAuthenticated
from qms.domain.network import Agent
from qms.domain.passwords import too_easy
from qms.services import logins, one_time_passwords, second_factor
from qms.services.one_time_passwords import NewPasswordWanted
from qms.services.second_factor import CodeWanted
from qms.store.aio import AsyncStore
from qms.web.keys import SITE, STORE
from qms.web.rate_limit import client_address

AT_A_TIME = 2

NOBODY = (
    "$argon2id$v=19$m=65536,t=3,p=4$s6FwFq+ZUkepUear/GM3GA$"  # the hash of random bytes that nobody kept
    "gZ154zmq5KnRvyOl+3pdoQXT4BO3sz+1QFDLuU9t70Q"
)


class Passwords:
    """Checks passwords; attempts of one scope come one after the other, so that no burst escapes the count."""

    def __init__(self, store: AsyncStore) -> None:
        self._store = store
        self._hasher = argon2.PasswordHasher()
        self._room = asyncio.Semaphore(AT_A_TIME)
        self._turns: weakref.WeakValueDictionary[str, asyncio.Lock] = weakref.WeakValueDictionary()

    async def prove(
        self,
        *,
        scope: str,
        crowd: str,
        account: str,
        email: str,
        password: str,
        code: str = "",
        new_password: str = "",
    ) -> Agent:
        """Who has this e-mail address and password in the account with this slug, and the code where he has set one up.

        Failures are counted for `scope`, and for `crowd`.

        Raises:
            CodeWanted, NewPasswordWanted: the password is right, and this is wanted besides.
            NotAuthenticated: nobody. TooManyAttempts: too many have failed just now.
        """
        turn = self._turns.setdefault(scope, asyncio.Lock())
        async with turn:
            agent = await self._store.read(logins.candidate, account=account, email=email, scope=scope)
            kept = agent.password_hash if agent is not None else None
            right = await self._matches(kept or NOBODY, password, crowd)
            if agent is None or kept is None or not right:
                await self._store.write(logins.fail, scope=scope, crowd=crowd, account=account)
                raise NotAuthenticated("password")
            if await self._store.read(second_factor.wanted, agent=agent):
                await self._prove_code(scope, agent, code)
            if agent.password_once:
                await self._choose(agent, password, new_password)
        return agent

    async def change(self, *, scope: str, crowd: str, agent: Agent, password: str, new_password: str) -> None:
        """Give somebody who has signed in, and says his password once more, another one.

        Raises:
            NotAuthenticated: that is not his password. NewPasswordWanted: the new one is too short, or not new.
            TooManyAttempts: too many have failed just now.
        """
        turn = self._turns.setdefault(scope, asyncio.Lock())
        async with turn:
            await self._store.read(logins.check, scope=scope)
            if not await self._matches(agent.password_hash or NOBODY, password, crowd):
                await self._store.write(logins.fail, scope=scope, crowd=crowd, account=agent.account_id)
                raise NotAuthenticated("password")
            await self._choose(agent, password, new_password)

    async def prove_code(self, *, scope: str, agent: Agent, code: str) -> None:
        """Take the code of somebody whose password was right before.

        Raises:
            NotAuthenticated: it is wrong. TooManyAttempts: too many have failed just now.
        """
        turn = self._turns.setdefault(scope, asyncio.Lock())
        async with turn:
            await self._store.read(logins.check, scope=scope)
            await self._prove_code(scope, agent, code)

    async def _prove_code(self, scope: str, agent: Agent, code: str) -> None:
        if not code:
            raise CodeWanted(agent)
        try:
            await self._store.write(second_factor.prove, agent=agent, code=code)
        except NotAuthenticated:
            await self._store.write(logins.fail, scope=scope, account=agent.account_id)
            raise

    async def _choose(self, agent: Agent, password: str, new: str) -> None:
        if too_easy(new) or new == password:
            raise NewPasswordWanted("new password")
        await self._store.write(one_time_passwords.choose, agent=agent, password_hash=await self.hashed(new))

    async def hashed(self, password: str) -> str:
        """What is kept of a password."""
        async with self._room:
            return await asyncio.to_thread(self._hasher.hash, password)

    async def _matches(self, kept: str, password: str, crowd: str) -> bool:
        async with self._room:  # where a burst has come in order
            await self._store.read(logins.check, scope=crowd, most=logins.FAILURES_IN_ALL)
            return await asyncio.to_thread(self._verify, kept, password)

    def _verify(self, kept: str, password: str) -> bool:
        try:
            return self._hasher.verify(kept, password)
        except (argon2.exceptions.VerificationError, argon2.exceptions.InvalidHashError):
            return False


PASSWORDS: web.AppKey[Passwords] = web.AppKey("passwords", Passwords)


def scope_of(request: web.Request, kind: str, account: str, email: str) -> str:
    """For whom failed attempts are counted: an e-mail address of an account, from one network address."""
    address = client_address(request, request.app[SITE].trusted_proxies)
    return logins.scope_of(kind, account, email, address)


def crowd_of(request: web.Request) -> str:
    """For whom failed attempts on all e-mail addresses are counted: the network address."""
    return logins.crowd_of(client_address(request, request.app[SITE].trusted_proxies))


async def check_passwords(app: web.Application) -> None:
    """Make `app[PASSWORDS]`; for an application's start."""
    if PASSWORDS not in app:
        app[PASSWORDS] = Passwords(app[STORE])
