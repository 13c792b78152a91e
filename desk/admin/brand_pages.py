"""How an account, or a branch of it, looks to its visitors: chosen, seen beforehand in both themes, and put up."""

from collections.abc import Mapping, Sequence
from typing import Any

from aiohttp import web

from desk.admin.answers import said
from desk.admin.changing import Looked, change, looked_at, refusal
from desk.admin.editing import thing
from desk.admin.network_pages import CHANGED_MEANWHILE, entered
from desk.admin.words import Words
from desk.administration import shown
from qms.domain.brand import COLOURS, FONT_ENDING, LOGOS, Brand
from qms.domain.complaint import Wrong, complaint
from qms.domain.errors import Invalid, Refused
from qms.domain.network import Network
from qms.domain.network_file import NetworkFileErrors
from qms.domain.network_file.brand import colour
from qms.domain.network_file.writer import Document, write_network
from qms.domain.own import address_of
from qms.domain.palette import THEMES, corrections, palette
from qms.services import brand_files
from qms.services.media import Medium
from qms.web.access import allows
from qms.web.bodies import read_form
from qms.web.keys import STORE
from qms.web.pages import N_, language_of, with_lang

PATH = "/admin/brand"
USES: Mapping[str, str] = {
    "field": N_("behind text"),
    "text": N_("as text"),
    "outline": N_("as an outline"),
    "ground": N_("behind everything"),
}
FACES: Mapping[str, str] = {
    "accessible": N_("Easy to read (ours)"),
    "system": N_("The device's own"),
    "humanist": N_("Humanist"),
    "geometric": N_("Geometric"),
    "serif": N_("With serifs"),
}


@allows("network.manage", by_itself=True)
async def page(request: web.Request) -> web.Response:
    """The brand as it is, of the account or of one branch (`?branch=`)."""
    looked = await entered(request)
    return await _shown(request, looked, _kept(looked.document, request.query.get("branch", "")))


@allows("network.manage")
async def sent(request: web.Request) -> web.Response:
    """A brand was chosen: to see it, or to have it; or a file was put up or is to be taken down."""
    looked, form = await looked_at(request), await read_form(request)
    branch, do = request.query.get("branch", ""), said(form, "do")
    kept = _kept(looked.document, branch)
    try:
        if do == "put":
            await _put_up(request, looked)
        elif do.startswith("take:"):
            name = do.partition(":")[2]
            await request.app[STORE].write(brand_files.take_down, account=looked.agent.account_id, name=name)
        else:
            return await _chosen(request, looked, form, branch)
    except Invalid as wrong:
        return await _shown(
            request, looked, kept, wrong={"file": Words(language_of(request)).reason(wrong)}, status=422
        )
    raise web.HTTPSeeOther(_there(request, branch))


async def _chosen(request: web.Request, looked: Looked, form: Mapping[str, Sequence[str]], branch: str) -> web.Response:
    brand = {name: text for name in (*COLOURS, "logo", "font") if (text := said(form, name).strip())}
    if said(form, "do") != "apply":
        return await _shown(request, looked, brand)
    document, words = _with_brand(looked.document, branch, brand), Words(language_of(request))
    try:
        await change(request, looked, write_network(document), version=said(form, "version"), dry_run=False)
    except NetworkFileErrors as errors:
        wrong = {one.path.rpartition(".")[2]: words.complaint(one.complaint) for one in errors.problems}
        return await _shown(request, looked, brand, wrong=wrong, status=422)
    except Refused as refused:
        status, why = refusal(refused, words, meanwhile=CHANGED_MEANWHILE)
        return await _shown(request, looked, brand, wrong={"": why}, status=status)
    raise web.HTTPSeeOther(_there(request, branch))


async def _put_up(request: web.Request, looked: Looked) -> None:
    upload = (await request.post()).get("file")
    if not isinstance(upload, web.FileField) or not upload.filename:
        raise Invalid("file", complaint("a file"))
    how: dict[str, Any] = {"name": upload.filename, "content": upload.file.read()}
    await request.app[STORE].write(brand_files.put_up, account=looked.agent.account_id, **how)


def _kept(document: Document, branch: str) -> Mapping[str, Any]:
    """What is wished of the account, or of a branch itself.

    Raises:
        NotFound: there is no such branch.
    """
    found: Mapping[str, Any] = (thing(document, "branch", branch) if branch else document["account"]).get("brand", {})
    return found


def _with_brand(document: Document, branch: str, brand: Mapping[str, str]) -> Document:
    if not branch:
        return {**document, "account": _put(document["account"], brand)}
    things = [_put(one, brand) if one["key"] == branch else one for one in document.get("branch", ())]
    return {**document, "branch": things}


def _put(table: Mapping[str, Any], brand: Mapping[str, str]) -> Mapping[str, Any]:
    rest = {name: value for name, value in table.items() if name != "brand"}
    return {**rest, "brand": brand} if brand else rest


def _there(request: web.Request, branch: str) -> str:
    return with_lang(request, f"{PATH}?branch={branch}&done=1" if branch else f"{PATH}?done=1")


async def _shown(
    request: web.Request,
    looked: Looked,
    brand: Mapping[str, str],
    *,
    wrong: Mapping[str, str] | None = None,
    status: int = 200,
) -> web.Response:
    branch, account = request.query.get("branch", ""), looked.agent.account_id
    files = await request.app[STORE].read(brand_files.listed, account=account)
    network: Network = await request.app[STORE].read(lambda tx: tx.network(account))
    sound, faults = _sound(brand, Words(language_of(request)))
    whole = Brand.of(looked.document["account"].get("brand") if branch else None, sound)
    view = {
        **_beforehand(whole, network),
        **_choices(looked.document, network, files),
        "brand": brand,
        "wrong": {**faults, **(wrong or {})},
        "branch": branch,
        "version": looked.version,
        "done": "done" in request.query,
        "here": with_lang(request, f"{PATH}?branch={branch}" if branch else PATH),
    }
    return shown(request, looked.agent, "desk/admin_brand.html.j2", view, status=status)


def _beforehand(brand: Brand, network: Network) -> dict[str, Any]:
    """What pages would look like."""
    return {
        "account_name": network.account.name,
        "corrections": list(corrections(brand)),
        "uses": USES,
        "samples": [{"theme": theme, **palette(brand, theme)} for theme in THEMES],
        "logo": address_of(network, brand.logo),
    }


def _choices(document: Document, network: Network, files: Sequence[Medium]) -> dict[str, Any]:
    """What there is to choose from."""
    names = [one.name for one in files]
    return {
        "branches": [(one["key"], one.get("label", one["key"])) for one in document.get("branch", ())],
        "logos": [(name, "") for name in names if name.lower().endswith(tuple(LOGOS))],
        "faces": [*FACES.items(), *((name, "") for name in names if name.lower().endswith(FONT_ENDING))],
        "files": files,
        "address": {name: address_of(network, name) for name in names},
    }


def _sound(brand: Mapping[str, str], words: Words) -> tuple[dict[str, str], dict[str, str]]:
    """What of a brand is well-formed, and what is wrong with the rest, by name."""
    found, faults = dict(brand), dict[str, str]()
    for name in COLOURS:
        if name in found:
            try:
                found[name] = colour(found[name])
            except Wrong as wrong:
                faults[name] = words.complaint(wrong.complaint)
                del found[name]
    return found, faults
