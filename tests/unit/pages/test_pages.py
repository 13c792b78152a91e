"""Pages as a browser gets them: escaped, in a language, with the headers that keep strangers out."""

import gzip
import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from qms.web.keys import SITE, Site
from qms.web.pages import SHIPPED, again, render, render_refusal, setup_pages
from qms.web.pages.assets import ASSETS, compressed

ROOT = Path(__file__).resolve().parents[3]
POLICY = (
    f"default-src 'none'; script-src 'self' {again.SOURCE}; style-src 'self'; connect-src 'self'; "
    "img-src 'self' data:; font-src 'self'; media-src 'self'; manifest-src 'self'; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)


async def refusal(request: web.Request) -> web.Response:
    return render_refusal(request, 404, request.query.get("text", ""), default_language=request.query.get("device"))


async def live_page(request: web.Request) -> web.Response:
    return render(request, "live.html.j2")


async def data(request: web.Request) -> web.Response:
    return web.json_response({})


async def unknown(request: web.Request) -> web.Response:
    raise web.HTTPNotFound(text="<p>", content_type="text/html")


@pytest.fixture
async def browser() -> AsyncIterator[TestClient]:
    app = web.Application()
    setup_pages(app, "screens", "kiosk", "desk", sandbox="2026-03-01T00:00:00Z*60")
    app.router.add_get("/refusal", refusal)
    app.router.add_get("/live", live_page)
    app.router.add_get("/data", data)
    app.router.add_get("/unknown", unknown)
    async with TestClient(TestServer(app)) as client:
        yield client


@pytest.mark.parametrize("path", ["/refusal", "/live", "/unknown"])
async def test_every_page_has_the_strict_policy(browser, path):
    page = await browser.get(path)

    assert page.headers["Content-Security-Policy"] == POLICY
    assert page.headers["X-Content-Type-Options"] == "nosniff"
    assert page.headers["Referrer-Policy"] == "same-origin"
    assert page.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert page.headers["Cache-Control"] == "no-store"


async def test_an_answer_that_is_no_page_needs_no_policy(browser):
    answer = await browser.get("/data")

    assert "Content-Security-Policy" not in answer.headers
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    ("address", "said"), [("https://queues.example", "max-age=31536000"), ("http://queues.example", None)]
)
async def test_a_safe_installation_is_asked_no_other_way(address, said):
    app = web.Application()
    app[SITE] = Site(public_url=address, version="test")
    setup_pages(app, "screens")
    app.router.add_get("/data", data)

    async with TestClient(TestServer(app)) as client:
        answers = [await client.get("/data"), await client.get("/nothing")]

    assert [answer.headers.get("Strict-Transport-Security") for answer in answers] == [said, said]


async def test_a_page_is_in_its_language_and_direction(browser):
    page = await browser.get("/refusal?lang=ar")
    text = await page.text()

    assert '<html lang="ar" dir="rtl">' in text
    assert page.headers["Content-Language"] == "ar"
    assert "لا يوجد شيء في هذا العنوان" in text


async def test_a_devices_language_is_its_pages(browser):
    text = await (await browser.get("/refusal?device=es", headers={"Accept-Language": "ar"})).text()

    assert '<html lang="es" dir="ltr">' in text
    assert "No hay nada en esta dirección" in text


async def test_a_page_links_to_itself_in_every_language(browser):
    text = await (await browser.get("/live?lang=es&theme=dark")).text()
    links = re.findall(r'<a href="([^"]*)" lang="([^"]*)"[^>]*?( aria-current="true")?>([^<]*)</a>', text)

    assert [(tag, name) for _, tag, _, name in links] == [(language.tag, language.name) for language in SHIPPED]
    assert links[2][0] == "/live?lang=pt-BR&amp;theme=dark"
    assert [tag for _, tag, current, _ in links if current] == ["es"]


async def test_a_sandbox_shows_english_made_strange_to_whoever_asks(browser):
    page = await browser.get("/live?lang=en-XA")
    text = await page.text()

    assert page.headers["Content-Language"] == "en-XA"
    assert '<html lang="en-XA" dir="ltr">' in text
    assert "[Šķîîp ţôô ţĥéé çôôñţééñţ]" in text
    assert 'hreflang="en-XA"' not in text


async def test_nobody_else_meets_it():
    app = web.Application()
    setup_pages(app)
    app.router.add_get("/live", live_page)

    async with TestClient(TestServer(app)) as client:
        page = await client.get("/live?lang=en-XA")

    assert page.headers["Content-Language"] == "en"


async def test_a_theme_may_be_asked_for_and_no_other_word(browser):
    assert 'data-theme="contrast"' in await (await browser.get("/live?theme=contrast")).text()
    assert "data-theme" not in await (await browser.get('/live?theme="><script>')).text()


async def test_a_hostile_text_is_a_text(browser):
    text = await (await browser.get("/refusal", params={"text": "</p><script>alert(1)</script>{{ 7*7 }}"})).text()

    assert "&lt;script&gt;alert(1)&lt;/script&gt;{{ 7*7 }}" in text
    assert "<script" not in text


async def test_a_sandbox_says_so_on_every_page(browser):
    text = await (await browser.get("/live")).text()

    assert "the clock is set to <bdi>2026-03-01T00:00:00Z*60</bdi>" in text


async def test_a_live_page_has_one_place_for_its_connection(browser):
    text = await (await browser.get("/live")).text()

    assert text.count("data-connection=") == 1


async def test_everything_a_page_asks_for_is_there_and_ours(browser):
    text = await (await browser.get("/live")).text()
    addresses = re.findall(r'<(?:link|img|script|use)[^>]*? (?:href|src)="([^"]+)"', text)

    assert len(addresses) >= 5
    for address in addresses:
        assert address.startswith("/static/")
        assert (await browser.get(address)).status == 200


async def test_a_file_under_its_version_is_kept_for_good(browser):
    answer = await browser.get(browser.app[ASSETS].url("live.js"))

    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.content_type == "text/javascript"


@pytest.mark.parametrize("path", ["/static/live.js", "/static/0123456789abcdef/live.js"])
async def test_a_file_without_its_version_is_asked_for_again(browser, path):
    first = await browser.get(path)
    again = await browser.get(path, headers={"If-None-Match": first.headers["ETag"]})

    assert first.headers["Cache-Control"] == "no-cache"
    assert again.status == 304


async def test_a_file_is_compressed_for_those_who_take_it(browser):
    plain = await browser.get("/static/vendor/ui.js", headers={"Accept-Encoding": "identity"})
    async with browser.get("/static/vendor/ui.js", headers={"Accept-Encoding": "gzip"}) as packed:
        assert packed.headers["Content-Encoding"] == "gzip"
        assert await packed.read() == await plain.read()

    assert "Content-Encoding" not in plain.headers


async def test_a_scripts_catalogue_is_a_file_like_others_and_its_page_says_where(browser):
    page = await (await browser.get("/live")).text()
    shared = await browser.get(browser.app[ASSETS].url("locale/pt-BR.json"))
    kiosk = await browser.get(browser.app[ASSETS].url("locale/kiosk/pt-BR.json"))

    assert '<meta name="words" content="locale">' in page
    assert (await shared.json())["No connection. Trying to reconnect…"] == "Sem conexão. Tentando reconectar…"
    assert (await shared.json()).keys() < (await kiosk.json()).keys()


@pytest.mark.parametrize("path", ["/static/../assets.py", "/static/%2e%2e/assets.py", "/static/vendor", "/static/x.js"])
async def test_nothing_else_is_served(browser, path):
    assert (await browser.get(path)).status == 404


def test_a_page_can_be_loaded_over_a_slow_line(browser):
    first_load = ["tokens.css", "base.css", "components.css", "live.js", "clock.js", "command.js", "connection.js",
                  "i18n.js", "icons.js", "page.js", "sound.js", "vendor/ui.js", "vendor/icons.svg"]  # fmt: skip
    assets = browser.app[ASSETS].by_path

    texts = sum(len(compressed(assets[path].body)) for path in first_load)
    font = len(assets["vendor/fonts/atkinson-hyperlegible-next-latin-wght-normal.woff2"].body)

    assert texts + font < 80_000
    assert all(gzip.decompress(compressed(assets[path].body)) == assets[path].body for path in first_load)


@pytest.mark.parametrize(
    "template",
    sorted(ROOT.glob("*/templates/**/*.j2")) + sorted(ROOT.glob("qms/web/**/*.j2")),
    ids=lambda path: path.name,
)
def test_no_template_holds_a_script_a_style_or_a_handler(template):
    text = re.sub(r"\{#.*?#\}", "", template.read_text(), flags=re.DOTALL)
    text = text.replace("<script>{{ again }}</script>", "")  # which the policy knows by its hash

    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:|https?://(?!www\.w3\.org)", text)
    assert all("src=" in tag for tag in re.findall(r"<script[^>]*>", text))


PAGES_WITH_FORMS = [
    path
    for path in sorted(ROOT.glob("*/templates/**/*.j2"))
    if "<form" in path.read_text() and "{% extends" in path.read_text()
]


def whole(template: Path) -> str:
    """A page's template, with those that it extends behind it."""
    text = template.read_text()
    above = re.search(r'{% extends "(?:(\w+)/)?([^"]+)" %}', text)
    if above is None:
        return text
    face, name = above.groups()
    return text + whole((ROOT / face if face else ROOT / "qms/web/pages") / "templates" / name)


@pytest.mark.parametrize("template", PAGES_WITH_FORMS, ids=lambda path: path.name)
def test_a_page_with_a_plain_form_knows_what_to_say_when_the_server_is_away(template):
    said = re.search(r"{% block sending %}(.*?){% endblock %}", whole(template), re.DOTALL)

    assert said is not None
    assert '{% include "sending.html.j2" %}' in said[1]


async def test_the_script_that_keeps_pages_is_this_release_s_and_asked_for_anew(browser):
    response = await browser.get("/worker.js")
    text = await response.text()

    assert text.startswith(f'globalThis.VERSION = "{browser.app[ASSETS].version}";')
    assert (response.headers["Cache-Control"], response.headers["Service-Worker-Allowed"]) == ("no-cache", "/")
    assert response.headers["Content-Security-Policy"] == "default-src 'none'; connect-src 'self'"
