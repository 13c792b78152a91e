"""The languages that the pages speak, and which of them somebody gets.

A language is asked for in this order: `?lang=` in the address, then the page's own default (what the device, the
ticket or the account says), then the browser's Accept-Language, then English. What is asked for may be more or less
exact than what we ship: `es-CL` is served Spanish, `pt` and `pt-PT` Brazilian Portuguese.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from aiohttp import web
from babel import Locale


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """A language that we ship, named as the web names it (`pt-BR`)."""

    tag: str
    name: str
    """What its own speakers call it."""
    direction: str = "ltr"

    @property
    def locale(self) -> Locale:
        """Return what Babel knows about it; what is English but for its texts is English to Babel."""
        return Locale.parse(self.tag.removesuffix("-XA"), sep="-")

    @property
    def folder(self) -> str:
        """Return how gettext names it (`pt_BR`)."""
        return self.tag.replace("-", "_")


ENGLISH = Language(tag="en", name="English")
"""The language the messages are written in."""

SHIPPED = (
    ENGLISH,
    Language(tag="es", name="Español"),
    Language(tag="pt-BR", name="Português (Brasil)"),
    Language(tag="fr", name="Français"),
    Language(tag="de", name="Deutsch"),
    Language(tag="it", name="Italiano"),
    Language(tag="ar", name="العربية", direction="rtl"),
)

PSEUDO = Language(tag="en-XA", name="[Éñĝļîšĥ]")
"""English made strange, to find what translations would break (`pseudo.py`); only where it is spoken, at `?lang=`."""

PSEUDO_SPOKEN: web.AppKey[bool] = web.AppKey("pseudo_spoken", bool)


def match(tag: str) -> Language | None:
    """Find the language we ship that serves a tag: the same, else one of the same primary language."""
    wanted = tag.strip().replace("_", "-").lower()
    same = [language for language in SHIPPED if language.tag.lower() == wanted]
    primary = wanted.partition("-")[0]
    kin = [language for language in SHIPPED if language.tag.lower().partition("-")[0] == primary]
    return next(iter(same + kin), None)


def accepted(header: str) -> list[str]:
    """Read an Accept-Language header into tags, the most wanted first; what is malformed or refused is left out.

    Source: RFC 9110, 12.5.4.
    """
    weighed: list[tuple[float, str]] = []
    for part in header.split(","):
        tag, _, parameter = part.strip().partition(";")
        try:
            weight = float(parameter.strip().removeprefix("q=") or 1)
        except ValueError:
            continue
        if tag and weight > 0:
            weighed.append((weight, tag.strip()))
    return [tag for _, tag in sorted(weighed, key=lambda item: -item[0])]


def first_shipped(tags: Iterable[str | None]) -> Language:
    """Return the first of the wanted languages that we ship, English where there is none."""
    return next((found for tag in tags if tag and (found := match(tag))), ENGLISH)


def asked(request: web.Request) -> Language | None:
    """Return the language that the address asks for with `?lang=`, if it names one we ship."""
    tag = request.query.get("lang", "")
    if tag == PSEUDO.tag and request.config_dict.get(PSEUDO_SPOKEN):
        return PSEUDO
    return match(tag)


def language_of(request: web.Request, default: str | None = None) -> Language:
    """Return the language to answer a request in; `default` is the page's own (device, ticket, account)."""
    return asked(request) or first_shipped([default, *accepted(request.headers.get("Accept-Language", ""))])
