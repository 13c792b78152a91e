"""Templates into answers: one Jinja environment per language, and what every template finds in it.

Ours are named as they are (`base.html.j2`), a face's by its package (`screens/lobby.html.j2` is the file
`screens/templates/lobby.html.j2`). What is printed is escaped; a name that a view does not have is an error.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from aiohttp import web
from jinja2 import ChoiceLoader, Environment, PackageLoader, PrefixLoader, StrictUndefined

from qms.domain.marks import N_
from qms.domain.own import Own
from qms.web.pages import again, formats
from qms.web.pages.assets import Assets
from qms.web.pages.catalogues import translations, whose_words, words_folder
from qms.web.pages.languages import SHIPPED, Language, asked, language_of
from qms.web.pages.own import words_of

WRONG = N_("Something went wrong")
HEADINGS = {
    401: N_("Please sign in"),
    403: N_("This page is not for you"),
    404: N_("There is nothing at this address"),
    410: N_("This page is no longer here"),
    429: N_("Too many attempts"),
    503: N_("We cannot answer right now"),
}
"""What a refusal is called, by HTTP status."""

THEMES = ("light", "dark", "contrast")

ENVIRONMENTS: web.AppKey[Callable[[Language], Environment]] = web.AppKey("environments")


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageLink:
    """A way to the same page in another language."""

    tag: str
    name: str
    direction: str
    href: str
    current: bool


def environments(packages: Iterable[str], assets: Assets, sandbox: str | None) -> Callable[[Language], Environment]:
    """Language → its environment, made when a page is first shown in it."""
    faces = {package: PackageLoader(package) for package in packages if has_templates(package)}
    loader = ChoiceLoader([PackageLoader("qms.web.pages"), PrefixLoader(faces)])
    return cache(lambda language: environment(language, loader, assets, sandbox))


def has_templates(package: str) -> bool:
    """Say whether a package brings templates."""
    try:
        PackageLoader(package)
    except ValueError:
        return False
    return True


def environment(language: Language, loader: ChoiceLoader, assets: Assets, sandbox: str | None) -> Environment:
    """Make the environment of one language."""
    made = Environment(
        loader=loader,
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        extensions=["jinja2.ext.i18n"],
    )
    made.policies["ext.i18n.trimmed"] = True
    texts = translations(language)
    made.install_gettext_callables(texts.gettext, texts.ngettext, newstyle=True, pgettext=texts.pgettext)  # type: ignore[attr-defined]
    in_words = formats.filters(language)
    made.filters.update(in_words)
    made.globals.update(
        in_words, again=again.SCRIPT, language=language, static=assets.url, version=assets.version, sandbox=sandbox
    )
    return made


def render(
    request: web.Request,
    template: str,
    view: Mapping[str, Any] | Any = None,
    *,
    default_language: str | None = None,
    status: int = 200,
    own: Own | None = None,
) -> web.Response:
    """Answer with a page; `own` is what the account, or the branch, that it belongs to has of its own.

    A view is a mapping or a dataclass, whose fields are the names that the template knows. `default_language` is what
    the device, the ticket or the account prefers; the address (`?lang=`) goes before it, the browser after it.
    """
    language = language_of(request, default_language)
    page = request.config_dict[ENVIRONMENTS](language).get_template(template)
    words = words_folder(whose_words(template))
    text = page.render(about(request, language, own) | {"words_folder": words} | fields(view))
    response = web.Response(text=text, content_type="text/html", status=status)
    response.headers["Content-Language"] = language.tag
    return response


def render_refusal(
    request: web.Request, status: int, explanation: str = "", *, default_language: str | None = None
) -> web.Response:
    """Answer a person whose page cannot be shown; `explanation` is a sentence in their language already."""
    texts = translations(language_of(request, default_language))
    view = {"heading": texts.gettext(HEADINGS.get(status, WRONG)), "explanation": explanation}
    return render(request, "refusal.html.j2", view, default_language=default_language, status=status)


def fields(view: Mapping[str, Any] | Any) -> dict[str, Any]:
    """Return a view's names and values; a dataclass's own values are left as they are."""
    if view is None:
        return {}
    if dataclasses.is_dataclass(view):
        return {field.name: getattr(view, field.name) for field in dataclasses.fields(view)}
    return dict(view)


def about(request: web.Request, language: Language, own: Own | None) -> dict[str, Any]:
    """Return what every template may ask about the request it answers."""
    theme = request.query.get("theme")
    return {
        "request": request,
        "theme": theme if theme in THEMES else None,
        "own": words_of(own, language),
        "language_links": language_links(request, language),
        "with_lang": lambda path: with_lang(request, path),
    }


def language_links(request: web.Request, current: Language) -> list[LanguageLink]:
    """Return this page's address in every language we ship; the rest of the query stays."""
    return [
        LanguageLink(
            tag=language.tag,
            name=language.name,
            direction=language.direction,
            href=str(request.rel_url.update_query(lang=language.tag)),
            current=language == current,
        )
        for language in SHIPPED
    ]


def with_lang(request: web.Request, path: str) -> str:
    """Return a path of our own that keeps the language the visitor chose in the address, if they chose one."""
    chosen = asked(request)
    if chosen is None:
        return path
    address, mark, fragment = path.partition("#")
    return f"{address}{'&' if '?' in address else '?'}lang={chosen.tag}{mark}{fragment}"
