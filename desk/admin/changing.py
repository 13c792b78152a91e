"""The network as somebody looks at it, and what he does to it: tried first, then done."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass

from aiohttp import web

from desk.admin.words import Words
from qms.domain.errors import Conflict, Refused
from qms.domain.network import Agent
from qms.domain.network_file import NetworkFile, read_network
from qms.domain.network_file.writer import Document
from qms.services.almanac import WORLD
from qms.services.applying import Applied, DryRun, known_hashes, password_hashes
from qms.services.applying.apply import domains_of
from qms.services.applying.revise import revise, version_of
from qms.services.applying.stored import network_document
from qms.web import people
from qms.web.hashing import Argon2
from qms.web.keys import STORE
from qms.web.pages import N_

FILENAME = "network.toml"
CANNOT = N_("This cannot be done: %(reason)s")


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """The network as it was when somebody looked at it; `version` tells it from every other."""

    agent: Agent
    document: Document
    version: str


async def looked_at(request: web.Request) -> Looked:
    """The network of whoever asks."""
    login = await people.who(request)
    document = await request.app[STORE].read(network_document, account=login.agent.account_id)
    return Looked(agent=login.agent, document=document, version=version_of(document))


async def change(
    request: web.Request, looked: Looked, text: str, *, version: str, prune: bool = True, dry_run: bool = True
) -> Applied:
    """Apply a file to the network of that version, or only see what it would do.

    Raises:
        NetworkFileErrors: it is no network file. Refused: it cannot be applied, or not by him, or not any more.
    """
    store = request.app[STORE]
    slug = looked.document["account"]["slug"]
    file, hashes = await readied(text, await store.read(known_hashes, slug=slug))
    how = {"file": file, "hashes": hashes, "version": version, "prune": prune, "dry_run": dry_run}
    try:
        applied: Applied = await store.write(
            revise, domain=await store.read(domains_of, slug=slug), agent=looked.agent, **how
        )
    except DryRun as dry:
        return dry.applied
    return applied


async def readied(text: str, known: Mapping[str, str]) -> tuple[NetworkFile, Mapping[str, str]]:
    """A network file as it is read, and its passwords as they are kept; those of before where they are the same.

    Raises:
        NetworkFileErrors: it is none.
    """
    file = await asyncio.to_thread(read_network, text, FILENAME, WORLD)
    return file, await asyncio.to_thread(password_hashes, file, known, Argon2())


def refusal(refused: Refused, words: Words, *, meanwhile: str) -> tuple[int, str]:
    """With which status somebody is told why it cannot be done; `meanwhile`, where somebody else was faster."""
    if isinstance(refused, Conflict) and refused.kind == "network":
        return 409, words.say(meanwhile)
    return (409 if isinstance(refused, Conflict) else 403), words.say(CANNOT) % {"reason": words.reason(refused)}
