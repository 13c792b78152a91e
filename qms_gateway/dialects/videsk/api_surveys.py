"""The surveys of this dialect as they are described to programs."""

from qms.web.openapi.operation import IDEMPOTENCY_KEY, Operation, Parameter
from qms_gateway.dialects.videsk import wire
from qms_gateway.dialects.videsk.api_parts import BODY, KEY, ok, refusals
from qms_gateway.dialects.videsk.face import PREFIX, ROOT

MISSING = "None, for accounts with status_policy body-code."

ASKER = Parameter(name="asker", where="path", meaning="The id or key of the queue or the service, as `type` says.")

OPERATIONS = (
    Operation(
        id="survey",
        method="get",
        path=f"{PREFIX}{ROOT}/surveys/{{asker}}",
        summary="The survey that a queue or a service asks afterwards",
        parameters=(
            Parameter(
                name="type",
                where="query",
                meaning="Whose survey.",
                schema={"enum": ["segments", "services"]},
                required=True,
            ),
        ),
        replies={
            **ok(wire.Survey, "The survey."),
            **refusals({400: "No type; or no such survey (`code` 404, D-1).", 404: MISSING}),
        },
        schemes=(KEY.name,),
    ),
    Operation(
        id="answer_survey",
        method="post",
        path=f"{PREFIX}{ROOT}/surveys",
        summary="Keep somebody's answers about a call or an appointment, once",
        body=wire.SurveyAnswers,
        parameters=(IDEMPOTENCY_KEY,),
        replies={
            **ok(wire.Saved, "Kept.", 201),
            **refusals(
                BODY,
                {
                    400: "Neither call nor appointment, none of that id, answered before, no survey, or wrong answers.",
                    404: MISSING,
                    422: "A bot, for such accounts; or the idempotency key came with another request before.",
                },
            ),
        },
        schemes=(KEY.name,),
    ),
)
