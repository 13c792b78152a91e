"""The administrator's pages as they are described to programs."""

from collections.abc import Mapping

from desk.operations import SIGNED_IN
from qms.domain.network_file.writer import KINDS, SINGLE
from qms.web.openapi.operation import HTML, LANGUAGE, Operation, Parameter, Reply
from qms.web.openapi.problem import refusals

TOML = "application/toml"
PARAMETERS = (
    Parameter(
        name="kind",
        where="path",
        meaning="Of which kind.",
        schema={"type": "string", "enum": [*SINGLE, *KINDS]},
        required=True,
    ),
    Parameter(name="key", where="path", meaning="The thing's key.", required=True),
    Parameter(
        name="number",
        where="path",
        meaning="Which change.",
        schema={"type": "integer", "minimum": 0, "maximum": 999_999_999},
        required=True,
    ),
)
"""What stands in paths."""

_SHOWN: Mapping[int, Reply] = {
    200: Reply(meaning="The page.", content_type=HTML),
    303: Reply(meaning="Nobody is signed in: to the desk."),
    **refusals(403, 404),
}
_SENT: Mapping[int, Reply] = {
    200: Reply(meaning="What it would change, or the form with a row more.", content_type=HTML),
    303: Reply(meaning="It is done."),
    409: Reply(meaning="The form: somebody has changed the network meanwhile.", content_type=HTML),
    422: Reply(meaning="The form, with what is wrong.", content_type=HTML),
    **refusals(401, 403, 404),
}
_FILE = {200: Reply(meaning="The network file, without secrets.", content_type=TOML), **refusals(401, 403, 404)}


def _page(id: str, path: str, summary: str) -> Operation:
    return Operation(
        id=id,
        method="get",
        path=f"/admin{path}",
        summary=summary,
        parameters=(LANGUAGE,),
        replies=_SHOWN,
        schemes=SIGNED_IN,
    )


def _form(id: str, path: str, summary: str) -> Operation:
    return Operation(
        id=id,
        method="post",
        path=f"/admin{path}",
        summary=summary,
        parameters=(LANGUAGE,),
        replies=_SENT,
        schemes=SIGNED_IN,
    )


def _file(id: str, path: str, summary: str) -> Operation:
    return Operation(id=id, method="get", path=f"/admin{path}", summary=summary, replies=_FILE, schemes=SIGNED_IN)


OPERATIONS = (
    _page("networkPage", "", "The page with everything that a network has"),
    _page("networkKindPage", "/network/{kind}", "The page with the things of one kind, or its form"),
    _form("networkKindForm", "/network/{kind}", "Change what there is one of from its page"),
    _page("networkNewPage", "/new/{kind}", "The page to add something"),
    _form("networkNewForm", "/new/{kind}", "Add something from its page"),
    _page("networkThingPage", "/network/{kind}/{key}", "The page of one thing"),
    _form("networkThingForm", "/network/{kind}/{key}", "Change one thing, or take it out, from its page"),
    _page("brandPage", "/brand", "The page of how an account, or a branch, looks to its visitors"),
    _form("brandForm", "/brand", "Choose how it looks, or put up what it is made of, from its page"),
    _page("translationsPage", "/translations", "The page with an account's own texts in its languages"),
    _form("translationsForm", "/translations", "Translate own texts from their page"),
    _file("networkFile", "/network.toml", "The network file"),
    _page("networkImportPage", "/import", "The page to bring a network file in"),
    _form("networkImportForm", "/import", "See what a network file would change, or apply it"),
    _page("networkHistoryPage", "/history", "The page with what was changed"),
    _page("networkRevisionPage", "/history/{number}", "The page of one change"),
    _file("networkRevisionFile", "/history/{number}.toml", "The network file as it was after a change"),
    _page("networkAddressesPage", "/addresses", "The page with the addresses of kiosks, screens and the desk"),
    Operation(
        id="door",
        method="get",
        path="/",
        summary="The way from the bare address to the desk, or to setting up what is not set up yet",
        parameters=(LANGUAGE,),
        replies={303: Reply(meaning="Where to go.")},
    ),
    Operation(
        id="setupPage",
        method="get",
        path="/setup",
        summary="The page to set up an installation that has no account yet",
        parameters=(LANGUAGE,),
        replies={200: Reply(meaning="The page.", content_type=HTML), **refusals(404)},
    ),
    Operation(
        id="setupForm",
        method="post",
        path="/setup",
        summary="Make the first account from the page",
        parameters=(LANGUAGE,),
        replies={
            200: Reply(meaning="The page, once the one-time password is right.", content_type=HTML),
            303: Reply(meaning="It is made, and whoever made it is signed in."),
            422: Reply(meaning="The page, with what is wrong.", content_type=HTML),
            **refusals(403, 404, 429),
        },
    ),
)
