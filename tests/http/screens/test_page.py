"""The lobby's page."""

import html
import json
import re

from qms.web.pages import again
from tests.http.visits import Branch


async def test_the_page_brings_the_state_and_runs_nothing_of_its_own(branch: Branch, screen):
    ticket = await branch.arrive()

    response = await branch.client.get(screen)
    text = await response.text()

    assert response.status == 200
    assert response.headers["Content-Language"] == "es"
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]
    assert re.findall(r"<script>(.*?)</script>", text, re.DOTALL) == [again.SCRIPT]
    assert not re.search(r"<script(?![^>]*src=|>)|<style|\sstyle=", text)
    (page,) = (json.loads(html.unescape(found)) for found in re.findall(r'data-page="([^"]*)"', text))
    assert page["socket"] == f"{screen}/socket"
    assert page["state"]["waiting"] == [{"number": ticket.number, "queue": "Caja"}]


async def test_its_files_are_there(branch, screen):
    text = await (await branch.client.get(screen)).text()

    for path in re.findall(r'(?:src|href)="(/static/[^"#]+)"', text):
        assert (await branch.client.get(path)).status == 200


async def test_without_a_screen_the_page_says_so(branch):
    response = await branch.client.get("/screens/nobody?lang=es")

    assert response.status == 404
    assert response.content_type == "text/html"
