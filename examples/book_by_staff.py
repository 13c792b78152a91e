"""Makes an appointment as staff does: `book_by_staff.py URL TENANT EMAIL PASSWORD DEPARTMENT START CUSTOMER`."""

import asyncio
import json
import sys
from typing import Any

import aiohttp


async def book(url: str, tenant: str, email: str, password: str, department: str, start: str, customer: str) -> Any:
    """Log in, see that one has nothing else then, make the appointment and log out; what was made."""
    async with aiohttp.ClientSession(url) as http:
        login = {"email": email, "password": password, "tenant": tenant}
        session = (await ask(http, "POST", "/api/auth/login", json=login))["data"]
        http.headers.update({"Authorization": f"Bearer {session['access_token']}", "X-Tenant": tenant})
        try:
            return await make(http, session["user"]["id"], department, start, customer)
        finally:
            await ask(http, "POST", "/api/auth/logout")


async def make(http: aiohttp.ClientSession, user: str, department: str, start: str, customer: str) -> Any:
    """Make the appointment in the department with this name, unless the user has something else then."""
    departments = (await ask(http, "GET", "/api/v1/departments?page_size=100"))["data"]
    found = next(one["id"] for one in departments if one["name"] == department)
    when = {"user_id": user, "scheduled_at": start}
    if (await ask(http, "GET", "/api/v1/appointments/conflicts", params=when))["data"]["has_conflicts"]:
        raise SystemExit("there is something else at that time")
    wanted = {"title": f"With {customer}", "scheduled_at": start, "department_id": found, "customer_name": customer}
    return (await ask(http, "POST", "/api/v1/appointments", json={"appointment": wanted}))["data"]


async def ask(http: aiohttp.ClientSession, method: str, path: str, **more: Any) -> Any:
    """What is answered; a refusal ends the program."""
    async with http.request(method, path, **more) as answer:
        if answer.status >= 400:
            raise SystemExit(f"{answer.status}: {(await answer.json())['errors']}")
        return await answer.json() if answer.status != 204 else None


if __name__ == "__main__":
    print(json.dumps(asyncio.run(book(*sys.argv[1:])), ensure_ascii=False))
