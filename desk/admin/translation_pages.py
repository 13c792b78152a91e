"""An account's own texts in its languages: a table of texts and languages, some at a time, changed like the network."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from aiohttp import web
from babel import Locale, UnknownLocaleError

from desk.admin.answers import said
from desk.admin.changing import Looked, change, looked_at, refusal
from desk.admin.network_pages import CHANGED_MEANWHILE, entered
from desk.admin.words import Words
from desk.administration import shown
from desk.finding import Finding
from qms.domain.errors import Refused
from qms.domain.network_file import NetworkFileErrors
from qms.domain.network_file.writer import TRANSLATIONS, write_network
from qms.domain.network_file.written import Written, spoken, translated, written_texts
from qms.domain.own_texts import direction
from qms.web.access import allows
from qms.web.bodies import read_form
from qms.web.pages import Language, language_of, with_lang

AT_ONCE = 40
"""So many texts are on a page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A text with where it stands, and what it is in each language, by tag."""

    text: str
    places: Sequence[tuple[str, str]]
    cells: Mapping[str, str]

    @property
    def written(self) -> Sequence[str]:
        """All that is written in it: the text, its translations, the keys of the things where it stands."""
        return [self.text, *self.cells.values(), *(key for _, key in self.places)]

    @property
    def missing(self) -> Sequence[str]:
        """The languages in which it is not given."""
        return [tag for tag, cell in self.cells.items() if not cell]


@allows("network.manage", by_itself=True)
async def page(request: web.Request) -> web.Response:
    """All texts, or those that are not in every language (`?missing=1`), that have some words (`?find=`).

    `?page=` counts from 1.
    """
    return _shown(request, await entered(request))


@allows("network.manage")
async def sent(request: web.Request) -> web.Response:
    """Texts were written into some cells."""
    looked, form = await looked_at(request), await read_form(request)
    cells, words = _cells(form), Words(language_of(request))
    document = translated(looked.document, cells)
    try:
        await change(request, looked, write_network(document), version=said(form, "version"), dry_run=False)
    except NetworkFileErrors as errors:
        return _shown(request, looked, cells, [words.complaint(one.complaint) for one in errors.problems], status=422)
    except Refused as refused:
        status, wrong = refusal(refused, words, meanwhile=CHANGED_MEANWHILE)
        return _shown(request, looked, cells, [wrong], status=status)
    raise web.HTTPSeeOther(with_lang(request, str(request.rel_url.update_query(done=1))))


def rows_of(looked: Looked) -> list[Row]:
    """All texts; at the end those that are translated and stand nowhere any more."""
    given = looked.document.get(TRANSLATIONS, {})
    texts = written_texts(looked.document)
    known = {one.text for one in texts}
    gone = dict.fromkeys(text for table in given.values() for text in table if text not in known)
    first, *others = spoken(looked.document) or ["en"]
    tags = [*([first] if first in given else []), *others]
    return [_row(one, tags, given) for one in (*texts, *(Written(text=text, places=()) for text in gone))]


def _row(one: Written, tags: Sequence[str], given: Mapping[str, Mapping[str, str]]) -> Row:
    cells = {tag: given.get(tag, {}).get(one.text, "") for tag in tags}
    return Row(text=one.text, places=one.places, cells=cells)


def _column(tag: str, language: Language, incomplete: Sequence[Row]) -> tuple[str, str, str, int]:
    """A language: its tag, its name, how it runs, and how many texts it lacks."""
    try:
        name = Locale.parse(tag, sep="-").get_display_name(language.locale) or tag
    except (ValueError, UnknownLocaleError):
        name = tag
    return tag, name, direction(tag), sum(tag in row.missing for row in incomplete)


def _cells(form: Mapping[str, Sequence[str]]) -> dict[tuple[str, str], str]:
    """What was written, by language and text: `text.<n>` names the text of the cells `<language>.<n>`."""
    texts = {name.partition(".")[2]: values[0] for name, values in form.items() if name.startswith("text.") and values}
    found = {}
    for name, values in form.items():
        tag, _, n = name.partition(".")
        if tag != "text" and n in texts and values:
            found[tag, texts[n].replace("\r\n", "\n")] = values[0].replace("\r\n", "\n").strip()
    return found


def _shown(
    request: web.Request,
    looked: Looked,
    typed: Mapping[tuple[str, str], str] | None = None,
    wrong: Sequence[str] = (),
    status: int = 200,
) -> web.Response:
    language, rows = language_of(request), rows_of(looked)
    incomplete = [row for row in rows if row.missing and row.places]
    only_missing = "missing" in request.query
    listed = incomplete if only_missing else rows
    finder = Finding(request).among(len(listed))
    found = [row for row in listed if finder.has(*row.written)]
    view: dict[str, Any] = {
        **_part(request, found),
        "finder": finder,
        "found": len(found),
        "tags": [_column(tag, language, incomplete) for tag in (rows[0].cells if rows else ())],
        "typed": {f"{tag}\0{text}": said for (tag, text), said in (typed or {}).items()},
        "kind": Words(language).kind,
        "count": len(rows),
        "incomplete": len(incomplete),
        "first": next(iter(spoken(looked.document)), ""),
        "only_missing": only_missing,
        "version": looked.version,
        "wrong": wrong,
        "done": "done" in request.query,
        "action": str(request.rel_url),
    }
    return shown(request, looked.agent, "desk/admin_translations.html.j2", view, status=status)


def _part(request: web.Request, listed: Sequence[Row]) -> dict[str, Any]:
    """The rows of the page that is asked for, which one that is, and how many there are."""
    pages = max(1, -(-len(listed) // AT_ONCE))
    asked = request.query.get("page", "1")
    at = max(1, min(int(asked) if asked.isdecimal() and len(asked) < 5 else 1, pages))
    return {"rows": listed[(at - 1) * AT_ONCE : at * AT_ONCE], "at": at, "pages": pages}
