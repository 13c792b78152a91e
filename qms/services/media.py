"""What an account has put up: pictures and films for its screens, recorded clips for its voices.

A shelf is `media`, or `voice/` and a language. What is there is known by its shelf and name; the same name replaces.
"""

import hashlib
import io
import re
import wave
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from qms.domain.errors import Invalid, NotFound
from qms.store.schema.device import medium
from qms.store.schema.network import account as accounts
from qms.store.schema.network import branch as branches
from qms.store.tx import Tx

MEDIA = "media"
VOICE = "voice/"
MOST = 500
MOST_BYTES = 32 * 1024 * 1024
MOST_CLIP_BYTES = 4 * 1024 * 1024
LONGEST_CLIP_SECONDS = 20
SHOWN: Mapping[str, str] = {
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
    ".webp": "image/webp",
    ".mp4": "video/mp4",
    ".webm": "video/webm",
}
"""Ending → type of what a screen can show."""

_NAME = re.compile(r"[^\x00-\x1f\x7f/\\]{1,200}")
_c = medium.c

_VOICES = """SELECT shelf, MAX(at), COUNT(*) FROM medium
WHERE account_id = :account AND substr(shelf, 1, length(:voice)) = :voice GROUP BY shelf"""
"""Without LIKE: for a pattern that is a parameter SQLite plans it anew every time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Medium:
    """Something that was put up, without its content."""

    shelf: str
    name: str
    content_type: str
    size: int
    digest: str
    at: datetime


def content_type_of(name: str) -> str | None:
    """What a file of that name is, where a screen can show it."""
    return SHOWN.get("." + name.rpartition(".")[2].lower())


def listed(tx: Tx, *, account: str, shelf: str | None = None) -> Sequence[Medium]:
    """What an account has put up, on one shelf or on all, by shelf and name."""
    columns = [_c[name] for name in Medium.__dataclass_fields__]
    found = sa.select(*columns).where(_c.account_id == account).order_by(_c.shelf, _c.name)
    if shelf is not None:
        found = found.where(_c.shelf == shelf)
    return [Medium(**row._mapping) for row in tx.execute(found)]


def put(tx: Tx, *, account: str, shelf: str, name: str, content_type: str, content: bytes) -> Medium:
    """Put something up, in the place of what has its name.

    Raises:
        Invalid: the name, or there is too much already.
    """
    if not _NAME.fullmatch(name) or name.startswith("."):
        raise Invalid("name", "a file's name of at most 200 characters")
    there = tx.execute(sa.select(sa.func.count()).where(_c.account_id == account)).scalar_one()
    if there >= MOST:
        raise Invalid("name", f"one of at most {MOST} files; remove one first")
    _remove(tx, account, shelf, name)
    made = Medium(
        shelf=shelf,
        name=name,
        content_type=content_type,
        size=len(content),
        digest=hashlib.sha256(content).hexdigest(),
        at=tx.now,
    )
    row = {name: getattr(made, name) for name in Medium.__dataclass_fields__}
    tx.execute(medium.insert(), {**row, "account_id": account, "content": content})
    _tell(tx, account)
    return made


def put_clip(tx: Tx, *, account: str, language: str, name: str, content: bytes) -> Medium:
    """Put a recorded clip up, under what it says.

    Raises:
        Invalid: it is no clip, or not of the kind of those that are there: clips are joined to calls.
    """
    kind = kind_of(content)
    for name_there, there in clips(tx, account=account, language=language).items():
        if name_there != name and kind_of(there) != kind:
            raise Invalid("content", f"as many channels and samples a second as the clip {name_there}")
    shelf = VOICE + language
    return put(tx, account=account, shelf=shelf, name=name.casefold(), content_type="audio/wav", content=content)


def kind_of(clip: bytes) -> tuple[int, int]:
    """The channels of a clip, and its samples per second.

    Raises:
        Invalid: it is no WAV file of 16 bits a sample, or too long.
    """
    try:
        with wave.open(io.BytesIO(clip)) as one:
            kind, width, frames = (one.getnchannels(), one.getframerate()), one.getsampwidth(), one.getnframes()
    except (wave.Error, EOFError, ValueError, RuntimeError) as error:
        raise Invalid("content", "a WAV file that is not compressed") from error
    if width != 2 or not 0 < frames <= kind[1] * LONGEST_CLIP_SECONDS:
        raise Invalid("content", f"a WAV file of 16 bits a sample, at most {LONGEST_CLIP_SECONDS} seconds long")
    return kind


def remove(tx: Tx, *, account: str, shelf: str, name: str) -> None:
    """Take something down.

    Raises:
        NotFound: it is not there.
    """
    if not _remove(tx, account, shelf, name):
        raise NotFound("medium", name)
    _tell(tx, account)


def by_address(tx: Tx, *, slug: str, version: str, name: str, shelf: str = MEDIA) -> tuple[str, bytes] | None:
    """The type and the content of what an account has put up on a shelf, if its digest begins so."""
    mine = (_c.account_id == accounts.c.id) & (accounts.c.slug == slug)
    found = sa.select(_c.content_type, _c.content).where(mine, _c.shelf == shelf, _c.name == name)
    row = tx.execute(found.where(_c.digest.startswith(version, autoescape=True))).first()
    return None if row is None else (row.content_type, bytes(row.content))


def clips(tx: Tx, *, account: str, language: str) -> Mapping[str, bytes]:
    """The recorded clips of a language, by what they say."""
    found = sa.select(_c.name, _c.content).where(_c.account_id == account, _c.shelf == VOICE + language)
    return {row.name: bytes(row.content) for row in tx.execute(found)}


def voices(tx: Tx, *, account: str) -> Mapping[str, str]:
    """The languages in which an account has recorded clips, each with what changes whenever they do."""
    rows = tx.raw(_VOICES, {"account": account, "voice": VOICE})
    return {shelf.removeprefix(VOICE): f"{at}-{n}" for shelf, at, n in rows}


def _remove(tx: Tx, account: str, shelf: str, name: str) -> bool:
    this = (_c.account_id == account) & (_c.shelf == shelf) & (_c.name == name)
    return bool(tx.execute(medium.delete().where(this)).rowcount)


def _tell(tx: Tx, account: str) -> None:
    for branch in tx.execute(sa.select(branches.c.id).where(branches.c.account_id == account)).scalars():
        tx.tell(f"branch:{branch}")
