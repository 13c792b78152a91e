"""The pages of a brand and of own texts: seen before it is done, refused in place, kept in the history."""

import re

from aiohttp import FormData

from tests.http.desk.admin.administrator import edited, sendable

LOGO = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0"/></svg>'


async def put_up(admin, name, content, path="/brand"):
    form = FormData({"do": "put"})
    form.add_field("file", content, filename=name)
    return await admin.post(path, form)


async def test_a_colour_that_cannot_be_read_is_shown_corrected_before_and_is_kept_as_it_was_wished(admin):
    await admin.sign_in("mara")
    said = [*edited(await admin.form("/brand"), accent="#FFE600"), ("do", "look")]

    status, page = await admin.post("/brand", [(name, value) for name, value in said if name != "file"])

    assert status == 200
    row = re.findall(r'data-use="accent-text-light".*?</tr>', page, re.DOTALL)[0]
    assert "#ffe600" in row
    assert "#776b00" in row
    assert "4.5 : 1" in row
    assert "brand" not in (await admin.export())["account"]

    done, _ = await admin.post("/brand", [(name, value) for name, value in said if name != "do"] + [("do", "apply")])

    assert done == 303
    assert (await admin.export())["account"]["brand"] == {"accent": "#ffe600"}
    assert "accent" in (await admin.get("/history/2"))[1].lower()


async def test_what_is_no_colour_is_said_beside_it_and_nothing_is_changed(admin):
    await admin.sign_in("mara")
    version = dict(await admin.form("/brand"))["version"]

    status, page = await admin.post("/brand", {"version": version, "accent": "red", "do": "apply"})

    assert status == 422
    assert 'value="red"' in page
    assert "such as &#34;#ffb71b&#34;" in page


async def test_a_branch_has_a_brand_of_its_own_and_a_logo_that_was_put_up(admin):
    await admin.sign_in("mara")
    branch = (await admin.export())["branch"][0]["key"]

    assert (await put_up(admin, "acme.svg", LOGO))[0] == 303
    assert (await put_up(admin, "acme.svg", b"<html/>"))[0] == 422
    said = {"version": dict(await admin.form("/brand"))["version"], "logo": "acme.svg", "do": "apply"}
    assert (await admin.post(f"/brand?branch={branch}", said))[0] == 303

    assert (await admin.export())["branch"][0]["brand"] == {"logo": "acme.svg"}
    page = (await admin.get(f"/brand?branch={branch}"))[1]
    logo = await admin.client.get(re.findall(r'class="own-logo" src="([^"]*)"', page)[0])
    assert logo.status == 200
    assert (await admin.post("/brand", {"do": "take:acme.svg"}))[0] == 303
    assert (await admin.client.get(logo.url.path)).status == 404


async def test_own_texts_are_a_table_of_texts_and_languages_and_what_is_missing_can_be_given(admin):
    await admin.sign_in("mara")
    queue = (await admin.export())["queue"][0]["name"]
    _, page = await admin.get("/translations")
    said = sendable(page)
    n = next(name.partition(".")[2] for name, value in said if name.startswith("text.") and value == queue)
    tag = next(name.partition(".")[0] for name, _ in said if name.endswith(f".{n}") and not name.startswith("text."))

    status, _ = await admin.post("/translations", edited(said, **{f"{tag}.{n}": "  Trámites  "}))

    assert status == 303
    assert (await admin.export())["translations"][tag][queue] == "Trámites"
    _, page = await admin.get("/translations")
    assert "Trámites" in page
    assert (await admin.post("/translations", edited(sendable(page), **{f"{tag}.{n}": ""})))[0] == 303
    assert queue not in (await admin.export()).get("translations", {}).get(tag, {})


async def test_a_branch_that_is_not_there_has_no_brand(admin):
    await admin.sign_in("mara")

    assert (await admin.get("/brand?branch=nowhere"))[0] == 404
    assert (await admin.post("/brand?branch=nowhere", {"accent": "#ffffff", "do": "apply"}))[0] == 404


async def test_who_may_not_change_the_network_sees_neither_page(admin):
    await admin.sign_in("anna")

    assert [(await admin.get(path))[0] for path in ("/brand", "/translations")] == [403, 403]
