"""Reports as they are described to programs."""

from desk.operations import ID, SIGNED_IN
from desk.reports.files import CSV, XLSX
from desk.reports.orders import Order
from desk.reports.rehearsals import RehearsalShape
from desk.reports.wire import ReportShape
from desk.reports.words import TITLES
from qms.web.openapi.operation import HTML, LANGUAGE, Operation, Parameter, Reply
from qms.web.openapi.problem import BODY, refusals

_DAY = {"type": "string", "format": "date"}
CHOSEN = (
    Parameter(name="from", where="query", meaning="The first day; else six days before the last.", schema=_DAY),
    Parameter(name="to", where="query", meaning="The last day; else today.", schema=_DAY),
    Parameter(name="branch", where="query", meaning="Only this branch, by key."),
    Parameter(name="queue", where="query", meaning="Only this queue, by key."),
)
TABLE = Parameter(
    name="table", where="path", meaning="Which table.", schema={"type": "string", "enum": list(TITLES)}, required=True
)
REHEARSAL = Parameter(name="rehearsal", where="path", meaning="The rehearsal's id.", schema=ID, required=True)
KIND = Parameter(
    name="kind",
    where="path",
    meaning="What it is.",
    schema={"type": "string", "enum": ["simulation", "staffing"]},
    required=True,
)
PAGE = {
    200: Reply(meaning="The page.", content_type=HTML),
    303: Reply(meaning="Nobody is signed in: to the desk."),
    **refusals(403, 404),
}

PARAMETERS = (TABLE, REHEARSAL, KIND)
"""What stands in paths."""


def _pages(kind: str) -> tuple[Operation, Operation]:
    return (
        Operation(
            id=f"{kind}Page",
            method="get",
            path=f"/reports/{kind}",
            summary=f"The page to ask for a {kind}",
            parameters=(CHOSEN[2], LANGUAGE),
            replies=PAGE,
            schemes=SIGNED_IN,
        ),
        Operation(
            id=f"{kind}Form",
            method="post",
            path=f"/reports/{kind}",
            summary=f"Ask for a {kind} from its page",
            parameters=(LANGUAGE,),
            replies={
                303: Reply(meaning="To where the result will be."),
                422: Reply(meaning="The page, with what is wrong.", content_type=HTML),
                **refusals(401, 403),
            },
            schemes=SIGNED_IN,
        ),
    )


OPERATIONS = (
    Operation(
        id="report",
        method="get",
        path="/desk/api/reports",
        summary="What happened on some days: waits, service, service levels, agents, hours",
        parameters=CHOSEN,
        replies={200: Reply(meaning="The figures.", shape=ReportShape), **refusals(401, 403, 404, 422)},
        schemes=SIGNED_IN,
    ),
    Operation(
        id="reportWorkbook",
        method="get",
        path="/desk/api/reports.xlsx",
        summary="The same as a workbook, in the language of whoever asks",
        parameters=(*CHOSEN, LANGUAGE),
        replies={200: Reply(meaning="The workbook.", content_type=XLSX), **refusals(401, 403, 404, 422)},
        schemes=SIGNED_IN,
    ),
    Operation(
        id="reportTable",
        method="get",
        path="/desk/api/reports/{table}.csv",
        summary="One table of it as CSV",
        parameters=CHOSEN,
        replies={200: Reply(meaning="The table.", content_type=CSV), **refusals(401, 403, 404, 422)},
        schemes=SIGNED_IN,
    ),
    Operation(
        id="rehearse",
        method="post",
        path="/desk/api/rehearsals",
        summary="Simulate a day with something different, or work out the staffing of a week",
        body=Order,
        replies={
            202: Reply(meaning="It begins.", shape=RehearsalShape, headers={"Location": "Where it can be followed."}),
            **refusals(*BODY, 401, 403, 404),
        },
        schemes=SIGNED_IN,
    ),
    Operation(
        id="rehearsal",
        method="get",
        path="/desk/api/rehearsals/{rehearsal}",
        summary="How far a simulation or a staffing is, or what it has found",
        replies={200: Reply(meaning="As it is.", shape=RehearsalShape), **refusals(401, 403, 404)},
        schemes=SIGNED_IN,
    ),
    *(operation for kind in ("simulation", "staffing") for operation in _pages(kind)),
    Operation(
        id="rehearsalPage",
        method="get",
        path="/reports/{kind}/{rehearsal}",
        summary="The page of a simulation or a staffing",
        parameters=(LANGUAGE,),
        replies=PAGE,
        schemes=SIGNED_IN,
    ),
    Operation(
        id="reportPage",
        method="get",
        path="/reports",
        summary="The page of reports",
        parameters=(*CHOSEN, LANGUAGE),
        replies={**PAGE, **refusals(422)},
        schemes=SIGNED_IN,
    ),
)
