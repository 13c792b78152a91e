"""Long lists are searched by the server where no script does it."""

import re

from tests.http.desk.admin.administrator import edited, sendable

QUEUES = "\n".join(
    f"""
[[queue]]
key = "line-{n}"
name = '<b>Café</b> " {n}'
prefix = "{n}L"
branches = ["a"]
mode = "counter"
"""
    for n in range(14)
)


async def grown(admin):
    """An account of many queues."""
    await admin.sign_in("olga")
    before = await (await admin.client.get("/admin/network.toml")).text()
    said = edited(await admin.form("/import"), text=f"{before}\n{QUEUES}")
    _, review = await admin.post("/import", [*said, ("do", "review")])
    assert await admin.apply("/import", sendable(review)) == 303


async def test_entries_that_do_not_match_are_hidden_and_those_shown_are_counted(admin):
    await grown(admin)

    status, page = await admin.get("/network/queue?find=cafe+13&lang=en&done=1")

    assert status == 200
    entries = re.findall(r'<tr data-find="([^"]*)"( hidden="")?>', page)
    assert [text for text, hidden in entries if not hidden] == ["LINE-13 &lt;B&gt;CAFE&lt;/B&gt; &#34; 13 COUNTER"]
    assert f"Shown: 1 of {len(entries)}" in page
    assert 'value="cafe 13"' in page
    assert re.findall(r'<input type="hidden" name="(\w+)"', page) == ["lang"]


async def test_what_is_looked_for_is_no_markup(admin):
    await grown(admin)

    _, page = await admin.get('/network/queue?find="><script>alert(1)</script>')

    assert "<script>alert" not in page
    assert "Shown: 0 of" in page


async def test_a_short_list_has_no_field_and_hides_nothing(admin):
    await admin.sign_in("olga")

    _, page = await admin.get("/network/queue?find=nobody")

    assert 'name="find"' not in page
    assert not re.search(r"<tr[^>]* hidden", page)
    assert 'data-key="q"' in page


async def test_texts_to_translate_are_found_on_whatever_page_they_are(admin):
    await grown(admin)

    _, page = await admin.get("/translations?find=cafe+line-9&page=7")

    assert re.findall(r'name="text\.\d+" value="([^"]*)"', page) == ["&lt;b&gt;Café&lt;/b&gt; &#34; 9"]


async def test_changes_and_keys_are_found_too(admin):
    await admin.sign_in("olga")
    for n in range(13):
        said = edited(await admin.form("/network/queue/q"), name=f"Línea {n}")
        assert await admin.apply("/network/queue/q", said) == 303
        status, _ = await admin.post("/keys", [("do", "program"), ("label", f"Café {n}"), ("scopes", "reports.read")])
        assert status == 200

    for path, total in (("/history?find=changed+queues+5", 14), ("/keys?find=CAFE+7", 13)):
        _, page = await admin.get(path)

        [(shown, number)] = re.findall(r"Shown: (\d+) of (\d+)", page)
        assert (path, int(number)) == (path, total)
        assert 0 < int(shown) < total
        assert len(re.findall(r'data-find="[^"]*" hidden', page)) == total - int(shown)
