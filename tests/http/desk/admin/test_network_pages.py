"""The network in pages: everything editable, shown before it is done, kept in a history, refused where it must be."""

import re
from html import unescape

import pytest

from qms.domain.network_file.writer import KINDS, SINGLE, write_network
from tests.hostile import MARKUP, TEMPLATES
from tests.http.desk.admin.administrator import edited, sendable


async def test_every_thing_has_a_form_that_untouched_changes_nothing(admin):
    await admin.sign_in("olga")
    before = await admin.export()

    paths = [f"/network/{kind}" for kind in SINGLE]
    paths += [f"/network/{kind}/{one['key']}" for kind in KINDS for one in before.get(kind, ())]
    for path in paths:
        status, page = await admin.post(path, [*await admin.form(path), ("do", "review")])

        assert (path, status, re.findall("data-change.*?</li>", page, re.DOTALL)) == (path, 200, [])
    assert await admin.export() == before


async def test_a_change_is_shown_made_kept_and_brought_back(admin):
    await admin.sign_in("olga")
    said = edited(await admin.form("/network/queue/r"), name="Cash & more", target_minutes="7")

    status, review = await admin.post("/network/queue/r", [*said, ("do", "review")])
    assert (status, "10.0" in review, '"Cash & more"' in unescape(review)) == (200, True, True)
    assert (await admin.export())["queue"][1]["name"] == "r"

    assert await admin.apply("/network/queue/r", said) == 303
    changed = await admin.export()
    assert [changed["queue"][1][name] for name in ("name", "target_minutes")] == ["Cash & more", 7.0]
    _, history = await admin.get("/history")
    assert "Changed: Queues <code><bdi>r</bdi></code> (Name, Target for the wait (minutes))" in history
    assert "Olga" in history
    _, german = await admin.get("/history?lang=de")
    assert "Geändert: Warteschlangen <code><bdi>r</bdi></code> (Name, Ziel für die Wartezeit" in german

    back = sendable((await admin.get("/history/1"))[1])
    _, review = await admin.post("/import", [*back, ("do", "review")])
    assert await admin.apply("/import", sendable(review)) == 303
    assert (await admin.export())["queue"][1]["name"] == "r"


async def test_what_is_wrong_is_said_at_its_field_and_nothing_is_done(admin):
    await admin.sign_in("olga")
    before = await admin.export()
    said = edited(
        await admin.form("/network/branch/a"),
        timezone="America/Santiagoo",
        **{"pocs.0.kind": "boot", "hours.mon": "9-18"},
    )

    status, page = await admin.post("/network/branch/a", [*said, ("do", "apply")])

    assert status == 422
    assert 'did you mean "America/Santiago"' in unescape(page[page.index('id="error-timezone"') :])[:600]
    for name in ("pocs.0.kind", "hours.mon"):
        assert f'id="error-{name}' in page
    assert await admin.export() == before

    _, spanish = await admin.post("/network/branch/a?lang=es", [*said, ("do", "apply")])

    assert '(¿quiso decir "America/Santiago"?)' in unescape(spanish)
    assert "did you mean" not in spanish


async def test_of_two_who_change_at_once_the_second_is_told_and_keeps_what_he_wrote(admin):
    await admin.sign_in("olga")
    one, other = await admin.form("/network/queue/q"), await admin.form("/network/queue/r")
    await admin.post("/network/queue/q", [*edited(one, name="First"), ("do", "apply")])

    status, page = await admin.post("/network/queue/r", [*edited(other, name="Second"), ("do", "apply")])

    assert status == 409
    assert "Somebody else has changed the network meanwhile" in page
    again = sendable(page)
    assert ("name", "Second") in again
    assert await admin.apply("/network/queue/r", again) == 303
    assert [one["name"] for one in (await admin.export())["queue"]] == ["First", "Second"]


async def test_things_are_added_and_taken_out_with_their_names_elsewhere(admin):
    await admin.sign_in("olga")
    new = edited(await admin.form("/new/queue"), key="third", name="Third", mode="counter", branches="a")
    assert await admin.apply("/new/queue", new) == 303

    said = await admin.form("/network/branch/b")
    status, review = await admin.post("/network/branch/b", [*said, ("do", "remove")])
    assert (status, "Taken out" in review) == (200, True)
    assert (await admin.post("/network/branch/b", [*said, ("do", "remove-apply")]))[0] == 303

    document = await admin.export()
    assert [one["key"] for one in document["branch"]] == ["a", "c"]
    assert [one["key"] for one in document["queue"]] == ["q", "r", "third"]
    assert "supervises" not in document["agent"][1]


async def test_things_are_listed_by_what_people_call_them_and_by_what_tells_them_apart(admin):
    await admin.sign_in("olga")
    named = edited(await admin.form("/network/branch/a"), name="branch-a", label="Old <Town>")
    assert await admin.apply("/network/branch/a", named) == 303

    _, branches = await admin.get("/network/branch")
    _, queues = await admin.get("/network/queue?lang=de")
    _, queue = await admin.get("/network/queue/q")

    assert "<bdi>Old &lt;Town&gt;</bdi>" in branches
    assert '<bdi class="soft">Schalter</bdi>' in queues
    assert "Old &lt;Town&gt;" in queue


async def test_a_new_webhook_tells_its_secret_once_and_a_row_more_can_be_asked_for(admin):
    await admin.sign_in("olga")
    new = edited(await admin.form("/new/webhook"), key="extra", url="https://hook.example/x", events="*")
    status, page = await admin.post("/new/webhook", [*new, ("do", "apply")])
    assert (status, "whsec_" in page) == (200, True)

    _, page = await admin.post("/network/branch/c", [*await admin.form("/network/branch/c"), ("do", "more:pocs")])
    assert 'name="pocs.0.key"' in page


async def test_a_password_is_taken_and_never_shown(admin):
    await admin.sign_in("olga")
    said = edited(await admin.form("/network/agent/anna"), password="another-good-password")

    _, review = await admin.post("/network/agent/anna", [*said, ("do", "review")])
    assert "it is not shown" in review
    assert await admin.apply("/network/agent/anna", said) == 303

    body = {"account": "every", "email": "anna@every.example", "password": "another-good-password"}
    assert (await admin.client.post("/desk/api/session", json=body)).status == 201
    assert "another-good" not in (await admin.get("/history/2"))[1]


async def test_nobody_changes_somebody_of_a_higher_role_and_an_owner_stays(admin):
    await admin.sign_in("mara")
    said = await admin.form("/network/agent/owner")
    own = edited(await admin.form("/network/agent/mara"), role="owner")
    annas = edited(await admin.form("/network/agent/anna"), lastname="B")
    assert await admin.apply("/network/agent/owner", edited(said, password="mine-from-now-on")) == 403
    assert await admin.apply("/network/agent/mara", own) == 403
    assert await admin.apply("/network/agent/anna", annas) == 303

    await admin.sign_in("olga")
    said = await admin.form("/network/agent/owner")
    status, page = await admin.post("/network/agent/owner", [*said, ("do", "remove")])
    assert (status, "nobody would be left" in page) == (409, True)


async def test_others_are_kept_out_and_strangers_led_to_the_desk(admin):
    answer = await admin.client.get("/admin", allow_redirects=False)
    assert (answer.status, answer.headers["Location"]) == (303, "/desk")

    await admin.sign_in("anna")
    for path in ("", "/network/queue", "/new/queue", "/import", "/history", "/network.toml"):
        assert (await admin.get(path))[0] == 403
    answer = await admin.client.post("/admin/import", data={"text": ""}, headers={"Origin": "https://evil.example"})
    assert answer.status == 403


async def test_a_file_that_is_brought_in_is_shown_first_and_refused_with_its_lines(admin):
    await admin.sign_in("olga")
    document = await admin.export()
    text = write_network({**document, "queue": [{**one, "weight": 5} for one in document["queue"]]})

    status, page = await admin.post("/import", {"text": text + "\n[[queue]]\nkey = 1\n", "do": "review"})
    assert (status, "queue[2].key" in page) == (422, True)
    others = text.replace('slug = "every"', 'slug = "other"')
    status, page = await admin.post("/import", {"text": others, "do": "review"})
    assert status == 409

    status, review = await admin.post("/import", {"text": text, "do": "review"})
    assert (status, review.count("data-change=")) == (200, 2)
    assert await admin.apply("/import", sendable(review)) == 303
    assert (await admin.export())["queue"][0]["weight"] == 5


@pytest.mark.campaign
async def test_hostile_names_are_shown_as_text_wherever_a_network_is_shown(admin):
    await admin.sign_in("olga")
    document = await admin.export()
    texts = [text for text in (*MARKUP, *TEMPLATES) if text.strip() and text.isprintable() and len(text) <= 200]
    queues = [{"key": f"h{n}", "name": text, "branches": ["a"]} for n, text in enumerate(texts)]
    file = write_network({**document, "queue": [*document["queue"], *queues]})

    pages = [(await admin.post("/import", {"text": file, "do": "review"}))[1]]
    assert await admin.apply("/import", sendable(pages[0])) == 303
    pages += [(await admin.get(path))[1] for path in ("/network/queue", "/history", "/history/2", "/new/agent")]

    assert len(texts) > 60
    for page in pages:
        plain = page.replace("<script", "", page.count('<script type="module" src="/static/'))
        assert [text for text in texts if "<" in text and text in plain] == []
    assert all(text in unescape(pages[1]) for text in texts)
    assert dict(await admin.form("/network/queue/h0"))["name"] == texts[0]
