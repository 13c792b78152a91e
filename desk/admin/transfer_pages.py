"""The network as a file: taken away, brought back, and brought back to how it was."""

from collections.abc import Mapping, Sequence
from typing import Any

from aiohttp import web

from desk.admin.changing import FILENAME, Looked, change, looked_at, refusal
from desk.admin.comparing import between, told
from desk.admin.editing import Remark
from desk.admin.network_pages import entered
from desk.admin.summaries import summary
from desk.admin.words import Words
from desk.administration import shown
from qms.domain.errors import Refused
from qms.domain.network_file import NetworkFileErrors, Problem
from qms.domain.network_file.writer import write_network
from qms.services.applying import revisions
from qms.services.applying.apply import BY_COMMAND
from qms.services.applying.revisions import Revision
from qms.store.tx import Tx
from qms.web.access import allows
from qms.web.keys import STORE
from qms.web.pages import N_, language_of, translations, with_lang

TOML = "application/toml"
CHANGED_MEANWHILE = N_("Somebody else has changed the network meanwhile. Look at what the file would change now.")
COMMAND = N_("Command line")
LISTED = 4
"""So many things of a change are named in the history; its page has all."""


@allows("network.manage")
async def export(request: web.Request) -> web.Response:
    """The network file."""
    looked = await looked_at(request)
    return _file(write_network(looked.document), f"{looked.document['account']['slug']}.toml")


@allows("network.manage", by_itself=True)
async def import_page(request: web.Request) -> web.Response:
    """Where a file is brought in."""
    return _import(request, await entered(request), {"text": "", "prune": False}, [])


@allows("network.manage")
async def imported(request: web.Request) -> web.Response:
    """A file was sent: to see what it would do, or to do it."""
    looked, posted = await looked_at(request), await request.post()
    text, prune, dry_run = _text_of(posted), "prune" in posted, posted.get("do") != "apply"
    asked, words = {"text": text, "prune": prune}, Words(language_of(request))
    version = looked.version if dry_run else str(posted.get("version", ""))
    try:
        applied = await change(request, looked, text, version=version, prune=prune, dry_run=dry_run)
    except NetworkFileErrors as errors:
        return _import(request, looked, asked, [_remark(one, words) for one in errors.problems], status=422)
    except Refused as refused:
        status, wrong = refusal(refused, words, meanwhile=CHANGED_MEANWHILE)
        return _import(request, looked, asked, [Remark(text=wrong)], status=status)
    if not dry_run:
        raise web.HTTPSeeOther(with_lang(request, "/admin/history"))
    view = {
        **asked,
        "told": told(looked.document, applied, words),
        "warnings": [_remark(one, words) for one in applied.warnings],
        "version": looked.version,
        "left": applied.unmentioned,
    }
    return shown(request, looked.agent, "desk/admin_import_review.html.j2", view)


@allows("network.manage", by_itself=True)
async def history(request: web.Request) -> web.Response:
    """What was changed, the newest first."""
    looked = await entered(request)
    found = await request.app[STORE].read(revisions.latest, account=looked.agent.account_id)
    words = Words(language_of(request))
    view = {
        "revisions": [(one, [summary(kept, words) for kept in one.changes[:LISTED]]) for one in found],
        "names": await _names(request, looked),
        "zone": looked.document["account"]["timezone"],
    }
    return shown(request, looked.agent, "desk/admin_history.html.j2", view)


@allows("network.manage", by_itself=True)
async def revision(request: web.Request) -> web.Response:
    """What one change did, and the way back to it."""
    looked = await entered(request)
    one, before = await request.app[STORE].read(_with_before, looked=looked, number=int(request.match_info["number"]))
    words = Words(language_of(request))
    view = {
        "revision": one,
        "told": between(before, one.file, words),
        "names": await _names(request, looked),
        "zone": looked.document["account"]["timezone"],
    }
    return shown(request, looked.agent, "desk/admin_revision.html.j2", view)


@allows("network.manage")
async def revision_file(request: web.Request) -> web.Response:
    """The network file as it was after a change."""
    looked = await looked_at(request)
    number = int(request.match_info["number"])
    one = await request.app[STORE].read(revisions.get, account=looked.agent.account_id, number=number)
    return _file(one.file, f"{looked.document['account']['slug']}-{number}.toml")


async def _names(request: web.Request, looked: Looked) -> Mapping[str, str]:
    """Agents' names by id, and what stands for the command line; who has gone has none any more."""
    command = translations(language_of(request)).gettext(COMMAND)

    def ask(tx: Tx) -> dict[str, str]:
        agents = tx.network(looked.agent.account_id).agents.values()
        return {**{one.id: one.name for one in agents}, BY_COMMAND: command}

    return await request.app[STORE].read(ask)


def _with_before(tx: Tx, *, looked: Looked, number: int) -> tuple[Revision, str]:
    one = revisions.get(tx, account=looked.agent.account_id, number=number)
    earlier = revisions.before(tx, account=looked.agent.account_id, number=number)
    return one, earlier.file if earlier is not None else ""


def _remark(problem: Problem, words: Words) -> Remark:
    """A problem with its line, which is to be found in the file."""
    return Remark(place=problem.place(FILENAME), text=words.complaint(problem.complaint))


def _text_of(posted: Mapping[str, Any]) -> str:
    """The file that was sent, or else the text."""
    upload = posted.get("file")
    data = upload.file.read() if isinstance(upload, web.FileField) else b""
    return data.decode("utf-8", "replace") or str(posted.get("text", ""))


def _import(
    request: web.Request, looked: Looked, asked: Mapping[str, Any], wrong: Sequence[Remark], status: int = 200
) -> web.Response:
    return shown(request, looked.agent, "desk/admin_import.html.j2", {**asked, "wrong": wrong}, status=status)


def _file(text: str, name: str) -> web.Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return web.Response(text=text, content_type=TOML, charset="utf-8", headers=headers)
