"""An administrator at the pages under `/admin`: forms as a browser sends them."""

import re
import tomllib
from html import unescape

PASSWORD = "a-good-password"


class Admin:
    """Somebody at the administrator's pages."""

    def __init__(self, client):
        self.client = client

    async def sign_in(self, key):
        """Sign in as the agent of this key."""
        body = {"account": "every", "email": f"{key}@every.example", "password": PASSWORD}
        answer = await self.client.post("/desk/api/session", json=body)
        assert answer.status == 201, await answer.text()
        return self

    async def get(self, path):
        """Status and text of a page under `/admin`."""
        answer = await self.client.get(f"/admin{path}", allow_redirects=False)
        return answer.status, await answer.text()

    async def form(self, path):
        """What a browser would send from the form, untouched."""
        status, page = await self.get(path)
        assert status == 200
        return sendable(page)

    async def post(self, path, said):
        """Send a form: status and text of the answer."""
        answer = await self.client.post(f"/admin{path}", data=said, allow_redirects=False)
        return answer.status, await answer.text()

    async def apply(self, path, said):
        """Send a form to be carried out: the status."""
        status, _ = await self.post(path, [*said, ("do", "apply")])
        return status

    async def export(self):
        """The network as it is, read."""
        answer = await self.client.get("/admin/network.toml")
        return tomllib.loads(await answer.text())


def sendable(page):
    """The controls of a page with their values, as a browser sends them."""
    said = []
    page = page[page.index("<form") :]
    for tag in re.finditer(r"<(input|textarea|select)\b([^>]*)>(?:\n?(.*?)</\1>)?", page, re.DOTALL):
        kind, attributes, inside = tag.groups()
        name = re.search(r'name="([^"]*)"', attributes)
        value = re.search(r'value="([^"]*)"', attributes)
        unticked = 'type="checkbox"' in attributes and " checked" not in attributes
        if name is None or unticked or 'type="file"' in attributes:
            continue
        if kind == "select":
            value = re.search(r'<option value="([^"]*)" selected', inside or "")
        said.append((name[1], unescape((inside or "") if kind == "textarea" else value[1] if value else "")))
    return said


def edited(said, **changes):
    """A form's controls, some of them changed; what it has not is added."""
    return [(name, changes.pop(name, value)) for name, value in said] + list(changes.items())
