"""What administrators do for a person, and the audit log, as they are described to programs."""

from typing import Any

from desk import privacy
from desk.operations import SIGNED_IN, command
from qms.web.openapi.operation import Operation, Parameter, Reply, Schema
from qms.web.openapi.problem import BODY, refusals

SEQ: Schema = {"type": "integer", "minimum": 0, "maximum": 10**15 - 1}

PRIVACY = (
    Operation(
        id="exportPerson",
        method="post",
        path="/desk/api/account/people/export",
        summary="All that is kept of a person; for administrators",
        body=privacy.WhoBody,
        replies={200: Reply(meaning="His rows, by table.", shape=dict[str, Any]), **refusals(*BODY, 401, 403, 404)},
        schemes=SIGNED_IN,
    ),
    command(
        "erasePerson",
        "account/people/erase",
        "Take a person out of everything, once his visits and appointments are over; for administrators",
        body=privacy.WhoBody,
        replies={200: Reply(meaning="What he was taken out of.", shape=privacy.Erased)},
    ),
    Operation(
        id="audit",
        method="get",
        path="/desk/api/account/audit",
        summary="What was done in the account, the newest first; for administrators",
        parameters=(
            Parameter(name="action", where="query", meaning="Only what begins so.", schema={"type": "string"}),
            Parameter(name="before", where="query", meaning="Only before this seq.", schema=SEQ),
        ),
        replies={200: Reply(meaning="The log.", shape=privacy.AuditLog), **refusals(401, 403, 422)},
        schemes=SIGNED_IN,
    ),
)
