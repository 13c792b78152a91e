"""The kiosk at a clinic's door, and whoever checks in there."""

from qms.services import check_in
from qms.services.booking.finding import domains_of_appointment

SECRET = b"a secret of at least thirty-two bytes"
KIOSK = """
[[kiosk]]
key = "door"
branch = "main"
token = "kiosk-secret"
queues = ["visits"]
"""


def arrive(clinic, booked, code=None):
    domains = clinic.store.read(domains_of_appointment, account=clinic.account, id=booked.id)
    wanted = {"token": "kiosk-secret", "code": code or booked.code, "secret": SECRET}
    return clinic.store.write(check_in.check_in, domain=domains, **wanted).ticket
