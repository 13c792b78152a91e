"""What is an account's own: its colours, logo and letters on visitors' pages, and its texts in their language."""

import json
import re
from pathlib import Path

import pytest

import qms.web.pages
from qms.domain.errors import Invalid
from qms.services import brand_files
from qms.store.schema import network as tables
from tests.http.visits import Branch

LOGO = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9" onload="x()"><script>x()</script><path d="M0 0"/></svg>'
)
FONT = next((Path(qms.web.pages.__file__).parent / "static/vendor/fonts").glob("*.woff2")).read_bytes()
BRAND = {"logo": "acme.svg", "accent": "#fff2a8", "font": "acme.woff2"}
WORDS = {"ar": {"Caja": "الصندوق", "Gracias": "شكرا"}, "en": {"Caja": "Cash desk"}}


@pytest.fixture
async def own(branch: Branch) -> Branch:
    """The account has a brand, a branch of it other colours; its queue has other names."""

    def put(tx):
        account = branch.seeded.account
        for name, content in {"acme.svg": LOGO, "acme.woff2": FONT}.items():
            brand_files.put_up(tx, account=account, name=name, content=content)
        tx.execute(tables.account.update().values(brand=BRAND, translations=WORDS, receipt_footer="Gracias"))
        main = tables.branch.c.id == branch.seeded.branches["main"]
        tx.execute(tables.branch.update().where(main).values(brand={"bar": "#7a0019"}))
        tx.network_changed(account)

    await branch.store.write(put)
    return branch


def found(pattern: str, text: str) -> str:
    return re.findall(pattern, text)[0]


async def test_a_page_has_the_colours_letters_and_logo_of_its_branch_for_ever_at_their_addresses(own, kiosk):
    page = await (await own.client.get(kiosk)).text()

    style = await own.client.get(found(r'href="(/own/[^"]*\.css)"', page))
    css = await style.text()
    logo = await own.client.get(found(r'data-own-logo="([^"]*)"', page))
    font = await own.client.get(found(r'src:url\("([^"]*)"', css))

    assert (style.status, style.content_type) == (200, "text/css")
    assert "--accent:#fff2a8;" in css
    assert "--brand:#7a0019;" in css
    assert ':root[data-theme="dark"]' in css
    assert all("immutable" in one.headers["Cache-Control"] for one in (style, logo, font))
    assert (font.content_type, await font.read()) == ("font/woff2", FONT)
    again = await own.client.get(style.url.path, headers={"If-None-Match": style.headers["ETag"]})
    assert again.status == 304


async def test_a_drawing_is_made_safe_and_can_do_nothing_where_it_is_opened_by_itself(own, kiosk):
    page = await (await own.client.get(kiosk)).text()

    logo = await own.client.get(found(r'data-own-logo="([^"]*)"', page))

    assert logo.content_type == "image/svg+xml"
    assert "default-src 'none'" in logo.headers["Content-Security-Policy"]
    assert logo.headers["X-Content-Type-Options"] == "nosniff"
    text = await logo.text()
    assert "<path" in text
    assert "script" not in text
    assert "onload" not in text


async def test_own_texts_are_in_the_readers_language_or_marked_as_another(own):
    ticket = await own.arrive()

    spoken = {tag: await (await own.client.get(f"/t/{ticket.link}?lang={tag}")).text() for tag in ("ar", "es", "de")}

    assert "<bdi>الصندوق</bdi>" in spoken["ar"]
    assert "<bdi>Caja</bdi>" in spoken["es"]
    assert '<bdi lang="es" dir="ltr">Caja</bdi>' in spoken["de"]


async def test_the_receipt_has_the_logo_and_the_readers_words(own):
    ticket = await own.arrive(language="ar")

    receipt = await (await own.client.get(f"/t/{ticket.link}/receipt")).text()

    assert 'class="own-logo" src="/own/acme/' in receipt
    assert '<p class="queue">الصندوق</p>' in receipt
    assert '<p class="footer">شكرا</p>' in receipt


async def test_scripts_get_all_own_texts_at_once(own, kiosk):
    page = await (await own.client.get(kiosk)).text()

    texts = await own.client.get(found(r'data-own-texts="([^"]*)"', page))

    assert json.loads(await texts.text()) == {"written_in": "es", "translations": WORDS}


async def test_without_a_brand_a_page_is_as_we_have_it_and_nothing_else_is_there(branch, kiosk):
    page = await (await branch.client.get(kiosk)).text()

    assert "/own/" not in page
    for path in (
        "/own/acme/0123456789abcdef.css",
        "/own/acme/0123456789abcdef/acme.svg",
        "/own/nobody/0123456789abcdef.json",
    ):
        assert (await branch.client.get(path)).status == 404


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.svg", b"<html/>"),
        ("a.svg", b'<!DOCTYPE svg [<!ENTITY a "b">]><svg xmlns="http://www.w3.org/2000/svg" width="1">&a;</svg>'),
        ("a.png", b"GIF89a"),
        ("a.png", LOGO),
        ("a.woff2", b"wOF2" + bytes(60)),
        ("a.html", b"<html/>"),
        ("a.jpg", b"\xff\xd8\xff" + bytes(brand_files.MOST_LOGO_BYTES)),
    ],
)
def test_what_is_no_logo_and_no_font_is_refused(name, content):
    with pytest.raises(Invalid):
        brand_files.checked(name, content)
