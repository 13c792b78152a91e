"""Setting up an installation that has no account yet, by whoever has the password that its first start printed.

As soon as there is an account there is nothing at these addresses.
"""

from collections.abc import Mapping
from typing import Any

from aiohttp import web

from desk.admin import first
from desk.admin.answers import Answers, said
from desk.admin.changing import readied
from desk.admin.network_pages import entered
from desk.admin.words import Words
from desk.administration import shown
from desk.login import TWELVE_HOURS
from qms.domain import zones
from qms.domain.errors import Gone, NotFound, Refused
from qms.domain.network import Kiosk, Screen
from qms.domain.network_file import NetworkFile, NetworkFileErrors
from qms.domain.network_file.writer import write_network
from qms.domain.passwords import SHORTEST
from qms.services import logins, setting_up
from qms.store.tx import Tx
from qms.web import people
from qms.web.access import allows
from qms.web.bodies import read_form
from qms.web.keys import SECRET, SITE, STORE
from qms.web.origin import require_own_origin
from qms.web.pages import N_, SHIPPED, language_of, render, translations, with_lang
from qms.web.passwords import crowd_of

COUNTER = N_("Counter %(number)s")
WRONG = N_("This is not the password that the first start printed.")
SHORT = N_("At least %(number)s characters.")
USUAL = {"timezone": "UTC", "counters": "2"}


@allows("site.see")
async def door(request: web.Request) -> web.Response:
    """From the bare address to the desk; where nothing is set up yet, to where that is done."""
    bare = await request.app[STORE].read(setting_up.is_bare)
    raise web.HTTPSeeOther(with_lang(request, "/setup" if bare else "/desk"))


@allows("site.sign_in")
async def setup(request: web.Request) -> web.Response:
    """What the first start printed is asked for."""
    await _require_bare(request)
    return render(request, "desk/setup_password.html.j2", {"error": ""})


@allows("site.sign_in")
async def sent(request: web.Request) -> web.Response:
    """The password was sent, or all that is to be set up."""
    require_own_origin(request, "act")
    await _require_bare(request)
    answers = await read_form(request)
    if not await _let_in(request, said(answers, "setup_password")):
        error = translations(language_of(request)).gettext(WRONG)
        return render(request, "desk/setup_password.html.j2", {"error": error}, status=403)
    if "account" not in answers:
        return _form(request, {**{name: [text] for name, text in USUAL.items()}, **answers})
    return await _made(request, answers)


@allows("network.manage", by_itself=True)
async def addresses(request: web.Request) -> web.Response:
    """Where the kiosks, the screens and the desk of an account are."""
    looked = await entered(request)
    site = request.app[SITE].public_url

    def ask(tx: Tx) -> dict[str, Any]:
        network = tx.network(looked.agent.account_id)
        names = {one.id: one.label for one in network.branches.values()}

        def listed(things: Mapping[str, Kiosk] | Mapping[str, Screen], face: str) -> list[tuple[str, str, str]]:
            return [
                (names[one.branch_id], str(one.settings.get("name") or one.key), f"{site}/{face}/{one.token}")
                for one in things.values()
            ]

        kiosks, screens = listed(network.kiosks, "kiosk"), listed(network.screens, "screens")
        return {"kiosks": kiosks, "screens": screens, "slug": network.account.slug}

    found = await request.app[STORE].read(ask)
    return shown(request, looked.agent, "desk/admin_addresses.html.j2", {**found, "desk": f"{site}/desk"})


async def _require_bare(request: web.Request) -> None:
    if not await request.app[STORE].read(setting_up.is_bare):
        raise NotFound("page", "setup")


async def _let_in(request: web.Request, password: str) -> bool:
    """Whether the password is right; attempts that fail are counted, as everywhere."""
    store, scope = request.app[STORE], _scope(request)
    await store.read(logins.check, scope=scope)
    if setting_up.is_right(request.app[SECRET], password):
        return True
    await store.write(logins.fail, scope=scope)
    return False


async def _made(request: web.Request, answers: Answers) -> web.Response:
    words = Words(language_of(request))
    wrong = _wrong(answers, words)
    try:
        ready = await readied(write_network(first.network_of(answers, words.say(COUNTER))), {})
    except NetworkFileErrors as errors:
        return _form(request, answers, {**first.problems_of(errors.problems, words.complaint), **wrong}, status=422)
    if wrong:
        return _form(request, answers, wrong, status=422)
    try:
        token = await _set_up(request, *ready)
    except Gone:
        raise NotFound("page", "setup") from None
    except Refused as refused:
        return _form(request, answers, {"account": words.reason(refused)}, status=422)
    response = web.Response(status=303, headers={"Location": with_lang(request, "/admin/addresses")})
    people.remember(request, response, token, int(TWELVE_HOURS.total_seconds()))
    return response


def _wrong(answers: Answers, words: Words) -> dict[str, str]:
    """What the file cannot say of what was typed."""
    wrong = {"password": words.say(SHORT) % {"number": SHORTEST}} if first.short_password(answers) else {}
    odd = {"counters": first.odd_counters(answers), "queues": first.no_queues(answers)}
    return {name: words.complaint(found) for name, found in odd.items() if found} | wrong


async def _set_up(request: web.Request, file: NetworkFile, hashes: Mapping[str, str]) -> str:
    how: dict[str, Any] = {"kind": people.KIND, "scope": _scope(request), "lasts": TWELVE_HOURS}
    token: str = await request.app[STORE].write(setting_up.set_up, file=file, hashes=hashes, **how)
    return token


def _scope(request: web.Request) -> str:
    return crowd_of(request) + ":setup"


def _form(
    request: web.Request, answers: Answers, errors: Mapping[str, str] | None = None, status: int = 200
) -> web.Response:
    chosen = answers.get("languages") or [language_of(request).tag]
    view = {
        "answers": {name: next(iter(values), "") for name, values in answers.items()},
        "errors": errors or {},
        "zones": sorted(zones.names()),
        "languages": [(one.tag, one.name, one.tag in chosen) for one in SHIPPED],
        "shortest": SHORTEST,
    }
    return render(request, "desk/setup.html.j2", view, status=status)
