"""Every example of the documents, sent as it is written (ids and dates aside) and answered as it is documented."""

from qms.domain.ids import to_uuid
from tests.http.voki.conftest import APPOINTMENTS, JOAO, ROBERTO, SUPPORT

KEYS = [
    "id",
    "title",
    "description",
    "status",
    "scheduled_at",
    "duration_minutes",
    "department_id",
    "department_name",
    "user_id",
    "user_name",
    "customer_id",
    "customer_name",
    "customer_email",
    "customer_phone",
    "notes",
    "inserted_at",
    "updated_at",
]


async def test_an_appointment_is_made_and_shown_as_documented(office):
    status, body = await office.ask("POST", APPOINTMENTS, {"appointment": ROBERTO})
    made = body["data"]

    assert status == 201
    assert list(body) == ["data"]
    assert list(made) == KEYS
    assert made == {
        **ROBERTO,
        "id": made["id"],
        "description": None,
        "status": "scheduled",
        "department_name": "Suporte Técnico",
        "user_id": to_uuid(JOAO),
        "user_name": "João Silva",
        "customer_id": made["customer_id"],
        "notes": None,
        "inserted_at": "2026-03-02T15:00:00Z",
        "updated_at": "2026-03-02T15:00:00Z",
    }
    assert await office.ask("GET", f"{APPOINTMENTS}/{made['id']}") == (200, {"data": made})


async def test_the_list_is_shown_as_documented(office):
    said = {"title": "Consulta de acompanhamento", "description": "Retorno sobre tratamento iniciado em janeiro"}
    made = await office.make(**said, duration_minutes=None, customer_name="Carlos Ferreira")

    status, body = await office.ask("GET", f"{APPOINTMENTS}?date_from=2026-03-18&status=scheduled")

    assert status == 200
    assert body == {
        "data": [{**made, **said, "duration_minutes": 30, "customer_name": "Carlos Ferreira"}],
        "meta": {"current_page": 1, "page_size": 20, "total_pages": 1, "total_count": 1},
    }
    assert list(body["meta"]) == ["current_page", "page_size", "total_pages", "total_count"]


async def test_conflicts_are_asked_for_as_documented(office):
    asked = f"user_id={to_uuid(JOAO)}&scheduled_at=2026-03-25T14:00:00Z&duration_minutes=45"

    free = await office.ask("GET", f"{APPOINTMENTS}/conflicts?{asked}")
    made = await office.make()
    taken = await office.ask("GET", f"{APPOINTMENTS}/conflicts?{asked}")
    own = await office.ask("GET", f"{APPOINTMENTS}/conflicts?{asked}&exclude_id={made['id']}")

    assert free == own == (200, {"data": {"has_conflicts": False, "conflicts": []}})
    assert taken == (200, {"data": {"has_conflicts": True, "conflicts": [made]}})


async def test_an_appointment_is_confirmed_completed_cancelled_and_missed_as_documented(office):
    first, second, third = [await office.make() for _ in range(3)]

    confirmed = await office.go(first, "confirm")
    completed = await office.go(first, "complete")
    cancelled = await office.go(second, "cancel", {"reason": "Le client a demandé un report"})
    missed = await office.go(third, "no-show")

    assert confirmed == (200, {"data": {**first, "status": "confirmed"}})
    assert completed == (200, {"data": {**first, "status": "completed"}})
    assert cancelled == (200, {"data": {**second, "status": "cancelled"}})
    assert missed == (200, {"data": {**third, "status": "no_show"}})
    assert sorted(one["status"] for one in await office.listed()) == ["cancelled", "completed", "no_show"]


async def test_an_appointment_is_changed_with_any_of_the_fields_it_was_made_with(office):
    made = await office.make()

    changed = await office.change(made, title="Autre titre", department_id=to_uuid(SUPPORT))

    assert changed == (200, {"data": {**made, "title": "Autre titre"}})
