"""The operations on appointments and who takes part in them, as they are described to programs."""

from collections.abc import Sequence

from qms.web.openapi.operation import Operation, Parameter, Reply
from qms_gateway.dialects.auvious import asked, wire
from qms_gateway.dialects.auvious.api_operation import CODE, DONE, NOTHING, STATE, operation, query
from qms_gateway.dialects.auvious.face import APPOINTMENTS

APPOINTMENT = Reply(meaning="The appointment as it is now.", shape=wire.Appointment)
APPLICATION = query("applicationId", "The application.", required=True, minLength=1)
START = query("start", "An instant, RFC 3339.", required=True, format="date-time")
LONGEST = "an ISO 8601 duration such as PT10H, of at most 3660 days."
ONE = f"{APPOINTMENTS}/{{id}}"


LIST = operation(
    "findAll",
    "get",
    f"{APPOINTMENTS}/",
    "The appointments that one sees, a page at a time",
    Reply(meaning="A page; one beyond the last is empty.", shape=wire.Page),
    {404: "No such application."},
    parameters=(
        query("organizerId", "Ids of organizers, separated by commas; for supervisors only."),
        query("duration", "Durations, separated by commas."),
        query("range", "A start and an end, separated by a comma: both ends of an appointment lie between."),
        query("applicationId", "One application's appointments only."),
        Parameter(
            name="pageSize",
            where="query",
            meaning="25 unless said.",
            schema={"type": "integer", "minimum": 1, "maximum": 100},
        ),
        Parameter(
            name="pageNumber",
            where="query",
            meaning="From 1.",
            schema={"type": "integer", "minimum": 1, "maximum": 10**9},
        ),
        query("sortField", "start unless said.", enum=["start", "end", "duration", "id"]),
        query("sortOrder", "asc unless said.", enum=["asc", "desc"]),
    ),
)
OPERATIONS: tuple[Operation, ...] = (
    LIST,
    operation(
        "create",
        "post",
        f"{APPOINTMENTS}/",
        "Make an appointment, as staff or as a program (A-21)",
        APPOINTMENT,
        {404: "No such application or agent."},
        body=asked.StaffSchedule,
    ),
    operation(
        "createForOneself",
        "post",
        f"{APPOINTMENTS}/basic",
        "Make an appointment of one's own, with a code that proves who one is (A-7)",
        APPOINTMENT,
        body=asked.Schedule,
        schemes=(CODE.name,),
    ),
    operation(
        "update",
        "put",
        f"{APPOINTMENTS}/",
        "Replace title, notes, metadata and interaction (A-16)",
        APPOINTMENT,
        NOTHING,
        body=asked.Update,
    ),
    operation("delete", "delete", ONE, "Cancel an appointment (A-6)", DONE, NOTHING, STATE, status=204),
    operation("find", "get", ONE, "One appointment", APPOINTMENT, NOTHING),
    operation("end", "put", f"{ONE}/end", "The conversation is over (A-17)", APPOINTMENT, NOTHING, STATE),
    operation(
        "removeParticipant",
        "delete",
        f"{ONE}/participants/{{pid}}",
        "Somebody does not take part any more (A-14)",
        APPOINTMENT,
        NOTHING,
        STATE,
    ),
    operation(
        "participant",
        "get",
        f"{ONE}/participants/{{pid}}",
        "Who somebody is; a customer only for a while after the end (A-15)",
        Reply(meaning="Who it is.", shape=wire.ParticipantDetails),
        NOTHING,
    ),
    operation(
        "activate",
        "post",
        f"{APPOINTMENTS}/activate/{{id}}",
        "Open the way into an appointment; asked again, the same (A-9)",
        Reply(meaning="The way in.", shape=wire.Activation),
        NOTHING,
    ),
    operation(
        "count",
        "get",
        f"{APPOINTMENTS}/count",
        "How many appointments start at each time (A-11)",
        Reply(meaning="The times at which there are any, in order.", shape=Sequence[wire.Count]),
        parameters=(APPLICATION, START, query("timeFrame", f"How far on: {LONGEST}", required=True)),
        schemes=(),
    ),
    operation(
        "eligible",
        "get",
        f"{APPOINTMENTS}/eligible/",
        "Appointments that can be activated (A-10)",
        Reply(meaning="Those, by start.", shape=Sequence[wire.Eligible]),
        parameters=(query("timeFrame", f"How long before the start: {LONGEST} Nothing unless said."),),
    ),
    operation(
        "overlapCount",
        "get",
        f"{APPOINTMENTS}/overlap/count",
        "How many appointments lie over a time (A-11)",
        Reply(meaning="So many.", shape=wire.Overlap),
        parameters=(APPLICATION, START, query("duration", f"How long: {LONGEST}", required=True)),
        schemes=(),
    ),
    operation(
        "addAgent",
        "post",
        f"{APPOINTMENTS}/participants/agents/",
        "An agent takes part; 409 if he does",
        APPOINTMENT,
        {404: "No such appointment or agent."},
        body=asked.AgentOf,
    ),
    operation(
        "addCustomer",
        "post",
        f"{APPOINTMENTS}/participants/customers/",
        "A customer takes part",
        APPOINTMENT,
        NOTHING,
        body=asked.CustomerOf,
    ),
    operation(
        "reassign",
        "put",
        f"{APPOINTMENTS}/reassign/",
        "Another agent in the place of whose it was (A-12)",
        APPOINTMENT,
        {404: "No such appointment or agent."},
        body=asked.AgentOf,
    ),
    operation(
        "reschedule",
        "put",
        f"{APPOINTMENTS}/reschedule/",
        "To another time (A-13)",
        APPOINTMENT,
        NOTHING,
        body=asked.Reschedule,
    ),
)
