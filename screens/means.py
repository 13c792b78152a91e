"""What this process has to show and to say things with: a voice, and a folder of pictures and films."""

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path

from aiohttp import web

from qms.services import media
from qms.services.lobby import Means
from qms.services.screen_setup import VERSION_LETTERS
from qms.web.keys import SECRET, SITE, STORE
from screens.snapshot import Clip, Say
from screens.voice import address, espeak
from screens.voice.address import Said
from screens.voice.clips import Clips
from screens.voice.wording import spoken_language

CLIPS: web.AppKey[Clips] = web.AppKey("clips", Clips)
MEANS: web.AppKey[Means] = web.AppKey("means", Means)
MOST_FILES = 200


def means_of(app: web.Application) -> Means:
    """What this application's process has; a synthesiser is looked for now."""

    async def recorded(said: Said) -> dict[str, bytes]:
        return dict(await app[STORE].read(media.clips, account=said.account, language=said.language))

    clips = app[CLIPS] = Clips(espeak.find(), recorded)
    secret, root = app[SECRET], app[SITE].media_folder

    def voices(account: str, recorded: Mapping[str, str]) -> Say:
        def say(tag: str, number: str, where: Sequence[str]) -> Clip | None:
            language = spoken_language(tag)
            if language is None or (clips.program is None and language not in recorded):
                return None
            in_whose = recorded.get(language)
            said = Said(account=account, language=language, number=number, where=tuple(where), recorded=in_whose)
            return Clip(language=language, url=address.address(secret, said))

        return say

    return Means(voices=voices, folder=lambda slug: files(root / slug) if root is not None else ())


def files(folder: Path) -> Sequence[tuple[str, str, str]]:
    """Name, type and version of what a screen can show of a folder, by name."""
    found = []
    for file in sorted(folder.iterdir())[:MOST_FILES] if folder.is_dir() else ():
        content_type = media.content_type_of(file.name)
        if content_type is not None and not file.name.startswith(".") and file.is_file():
            found.append((file.name, content_type, version_of(file)))
    return found


def version_of(file: Path) -> str:
    """What changes with a file's content."""
    about = file.stat()
    return hashlib.sha256(f"{file.name}\0{about.st_mtime_ns}\0{about.st_size}".encode()).hexdigest()[:VERSION_LETTERS]
