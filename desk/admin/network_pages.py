"""The network in pages: what there is, each thing in a form, what a change would do, and the change."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from aiohttp import web

from desk.admin import answers, editing
from desk.admin.answers import Answers
from desk.admin.changing import Looked, change, looked_at, refusal
from desk.admin.comparing import told
from desk.admin.editing import Remark
from desk.admin.inputs import Drawing, Input, title
from desk.admin.labels import KINDS as KIND_WORDS
from desk.admin.labels import USUAL
from desk.admin.words import Words
from desk.administration import shown
from qms.domain.errors import NotFound, Refused
from qms.domain.network_file import NetworkFileErrors
from qms.domain.network_file.fields import SECRETS, fields_of
from qms.domain.network_file.writer import KINDS, SINGLE, TRANSLATIONS, Document, write_network
from qms.web import people
from qms.web.access import allows
from qms.web.bodies import read_form
from qms.web.pages import N_, language_of, led_to_sign_in, with_lang

OVERVIEW, ROOT = "/admin", "/admin/network"
CHANGED_MEANWHILE = N_(
    "Somebody else has changed the network meanwhile. What you wrote is still here; look at what it would change now."
)
CONTROLS = frozenset({"do", "version", "lang"})


class Form:
    """A thing of the network in a form, as it was sent or as it is."""

    def __init__(self, request: web.Request, looked: Looked) -> None:
        self.request, self.looked = request, looked
        self.kind = request.match_info["kind"]
        self.key = request.match_info.get("key", "")
        self.words = Words(language_of(request))
        if self.kind not in (*KINDS, *SINGLE):
            raise NotFound("kind", self.kind)
        new = self.kind in KINDS and not self.key
        self.before: Mapping[str, Any] = {} if new else editing.thing(looked.document, self.kind, self.key)
        self.table = self.before
        self.sent: Answers = {}

    def read(self, sent: Answers) -> None:
        """Take what was sent."""
        self.sent = sent
        self.table = answers.table_of(fields_of(self.kind), sent, before=self.before)

    def edited(self) -> tuple[Document, editing.Place]:
        """The network with the thing as it was sent."""
        if self._is_removal:
            return editing.removed(self.looked.document, self.kind, self.key), (self.kind, -1)
        return editing.placed(self.looked.document, self.kind, self.key, self.table)

    def page(
        self,
        *,
        status: int = 200,
        errors: Mapping[str, str] | None = None,
        wrong: Sequence[Remark] = (),
        more: str = "",
    ) -> web.Response:
        """The form, with what is wrong."""
        fields, usual = fields_of(self.kind), USUAL[self.kind]
        plain = Drawing(words=self.words, kind=self.kind, document=self.looked.document, more=more)
        names = [name for one in plain.inputs(fields, self.table) for name in _names(one)]
        found, rest = editing.fitting(errors or {}, names)
        inputs = replace(plain, errors=found).inputs(fields, self.table)
        inputs.sort(key=lambda one: one.field.name in SECRETS)
        view = {
            **self._about(),
            "usual": sorted((one for one in inputs if one.field.name in usual), key=lambda one: not one.field.required),
            "rest": [one for one in inputs if one.field.name not in usual],
            "wrong": [*wrong, *rest],
            "is_open": any(one.wrong or one.name == more for one in inputs if one.field.name not in usual),
        }
        return shown(self.request, self.looked.agent, "desk/admin_form.html.j2", view, status=status)

    def review(self, view: Mapping[str, Any]) -> web.Response:
        """What the change would do, to be confirmed."""
        hidden = [(name, value) for name, values in self.sent.items() if name not in CONTROLS for value in values]
        said = {**self._about(), **view, "hidden": hidden, "removal": self._is_removal}
        return shown(self.request, self.looked.agent, "desk/admin_review.html.j2", said)

    @property
    def _is_removal(self) -> bool:
        return answers.said(self.sent, "do").startswith("remove")

    def _about(self) -> dict[str, Any]:
        return {
            "kind": self.kind,
            "kind_words": self.words.kind(self.kind),
            "key": self.key,
            "single": self.kind in SINGLE,
            "version": self.looked.version,
        }


@allows("network.manage", by_itself=True)
async def overview(request: web.Request) -> web.Response:
    """Everything there is, by kind."""
    looked = await entered(request)
    words = Words(language_of(request))
    kinds = [
        {"kind": kind, "name": words.kind(kind), "about": words.about(kind), "count": _count(looked.document, kind)}
        for kind in KIND_WORDS
        if kind != TRANSLATIONS
    ]
    view = {"kinds": kinds, "account": looked.document["account"]}
    return shown(request, looked.agent, "desk/admin_overview.html.j2", view)


@allows("network.manage", by_itself=True)
async def things(request: web.Request) -> web.Response:
    """The things of one kind; of what there is only one, its form."""
    looked = await entered(request)
    kind, words = request.match_info["kind"], Words(language_of(request))
    if kind in SINGLE:
        return Form(request, looked).page()
    if kind not in KINDS:
        raise NotFound("kind", kind)
    view = {
        "kind": kind,
        "kind_words": words.kind(kind),
        "about": words.about(kind),
        "things": _told_apart(looked.document, kind, words),
        "done": request.query.get("done", ""),
    }
    return shown(request, looked.agent, "desk/admin_things.html.j2", view)


@allows("network.manage", by_itself=True)
async def form(request: web.Request) -> web.Response:
    """The form of one thing, or of a new one."""
    return Form(request, await entered(request)).page()


@allows("network.manage")
async def sent(request: web.Request) -> web.Response:
    """The form was sent: with one row more, to see what it would do, to do it, or to go on writing."""
    sent = await read_form(request)
    one = Form(request, await looked_at(request))
    one.read(sent)
    step, _, at = answers.said(sent, "do").partition(":")
    if step in ("more", "back"):
        return one.page(more=at)
    return await _changed(one, dry_run=step in ("review", "remove"))


async def entered(request: web.Request) -> Looked:
    """The network, for somebody who may change it; whoever is not signed in is led to where that is done."""
    with led_to_sign_in(request):
        await people.admit(request, "network.manage")
    return await looked_at(request)


async def _changed(one: Form, *, dry_run: bool) -> web.Response:
    document, place = one.edited()
    version = one.looked.version if dry_run else answers.said(one.sent, "version")
    try:
        applied = await change(one.request, one.looked, write_network(document), version=version, dry_run=dry_run)
    except NetworkFileErrors as errors:
        inputs, elsewhere = editing.located(errors.problems, place, document, one.words.complaint)
        return one.page(status=422, errors=inputs, wrong=elsewhere)
    except Refused as refused:
        status, wrong = refusal(refused, one.words, meanwhile=CHANGED_MEANWHILE)
        return one.page(status=status, wrong=[Remark(text=wrong)])
    if dry_run:
        warnings = [editing.remark(warning, document, one.words.complaint) for warning in applied.warnings]
        return one.review({"told": told(one.looked.document, applied, one.words), "warnings": warnings})
    if applied.secrets["webhook"]:
        view = {"secrets": applied.secrets["webhook"]}
        return shown(one.request, one.looked.agent, "desk/admin_secret.html.j2", view)
    raise web.HTTPSeeOther(with_lang(one.request, OVERVIEW if one.kind in SINGLE else f"{ROOT}/{one.kind}?done=1"))


def _names(one: Input) -> list[str]:
    below = [*one.inside, *(other for row in one.rows for other in row)]
    return [one.name, *(name for other in below for name in _names(other))]


def _count(document: Document, kind: str) -> int | None:
    return None if kind in SINGLE else len(document.get(kind, ()))


def _told_apart(document: Document, kind: str, words: Words) -> list[tuple[str, str, str]]:
    """The things of a kind: key, name, and what tells them apart besides."""
    name = {"agent": "role", "queue": "mode", "webhook": "url", "screen": "branch", "kiosk": "branch"}.get(kind, "")
    branches = {one["key"]: title(one) for one in document.get("branch", ())}

    def beside(value: str) -> str:
        return branches.get(value, value) if name == "branch" else words.choice(name, value)

    return [(one["key"], title(one), beside(str(one.get(name, "")))) for one in document.get(kind, ())]
