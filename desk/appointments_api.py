"""The desk's operations on appointments, as they are described to programs."""

from desk import bodies
from desk.appointments import DATE, AppointmentShape, DayShape
from desk.operations import TICKET, command, reading
from qms.web.openapi.operation import Parameter, Reply

APPOINTMENT = {200: Reply(meaning="The appointment as it has become.", shape=AppointmentShape)}
DAY = (
    Parameter(
        name="date",
        where="query",
        meaning="A local date of the branches; today's where it is missing.",
        schema={"type": "string", "format": "date", "pattern": DATE},
    ),
    Parameter(name="branch", where="query", meaning="One branch only, by id or key."),
)

APPOINTMENTS = (
    reading(
        "appointments",
        "appointments",
        "The appointments of a day that concern the agent",
        DayShape,
        404,
        422,
        asked=DAY,
    ),
    command(
        "checkInByCode",
        "check-in",
        "Somebody has come, and says or shows a code",
        410,
        body=bodies.CheckIn,
        replies=TICKET,
    ),
    command(
        "checkIn",
        "appointments/{appointment}/check-in",
        "Somebody has come to an appointment",
        410,
        body=bodies.Arrival,
        optional=True,
        replies=TICKET,
    ),
    command(
        "appointmentNoShow",
        "appointments/{appointment}/no-show",
        "Nobody has come to an appointment",
        410,
        replies=APPOINTMENT,
    ),
    command(
        "cancelAppointment",
        "appointments/{appointment}/cancel",
        "An appointment will not take place; whoever waits for it is withdrawn",
        410,
        body=bodies.Cancellation,
        optional=True,
        replies=APPOINTMENT,
    ),
)
