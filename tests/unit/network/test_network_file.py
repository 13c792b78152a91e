"""What a network file says, once it is read."""

from datetime import date, datetime

import pytest

from qms.domain.ids import derived_id
from qms.domain.network_file import (
    ApplicationDecl,
    BranchDecl,
    FieldDecl,
    FieldOption,
    NetworkFile,
    NetworkFileErrors,
    PocDecl,
    ScreenLooks,
    read_network,
)
from qms.domain.period import Period
from qms.domain.span import Span
from qms.services.applying.rows import screen_looks
from tests.unit.network.samples import ACME, FILENAME, LEAST, line_of


@pytest.fixture(scope="module")
def acme() -> NetworkFile:
    return read_network(ACME, FILENAME)


def test_whole_organisation_is_read_without_a_warning(acme):
    assert acme.filename == FILENAME
    assert [len(part) for part in (acme.branches, acme.queues, acme.agents, acme.services)] == [2, 2, 2, 2]
    assert [len(part) for part in (acme.forms, acme.webhooks, acme.screens, acme.kiosks)] == [3, 2, 2, 2]
    assert acme.warnings == ()


def test_least_file_is_an_account_with_an_application_of_its_own():
    network = read_network(LEAST, FILENAME)

    account = network.account
    assert (account.slug, account.name, account.timezone, account.languages) == ("acme", "acme", "UTC", ("en",))
    assert account.id == derived_id("acme", "account", "acme")
    assert account.options["status_policy"] == "documented"
    assert [application.key for application in account.applications] == ["default"]
    assert len(account.applications[0].id) == len("652a1ae8-4888-80e1-8688-84e49b000000")


def test_account_says_its_options_and_follows_the_catalogue_elsewhere(acme):
    options = acme.account.options

    assert options.given == {"status_policy": "documented", "require_available": True, "avg_window_hours": 12}
    assert options.flag("require_available")
    assert options.number("avg_window_hours") == 12
    assert options.text("honeypot") == "public"


def test_application_id_is_any_text(acme):
    expected = ApplicationDecl(key="app", id="bf8215e5-a39e-490a-a0e2-07df6a3d8c1f", queue="tramites")

    assert acme.account.applications == (expected,)


def test_branch_has_its_place_and_points_of_contact(acme):
    branch = acme.branches[0]

    assert (branch.key, branch.id, branch.name) == ("main-1345", "652720d479497a1b62df288b", "branch-main-1345")
    assert (branch.label, branch.address) == ("Virtual Main branch", "1345 Main Street, CA")
    assert branch.location == (7.0, 9.0)
    assert [(poc.key, poc.label, poc.kind, poc.token) for poc in branch.pocs] == [
        ("1", "Box 1", "booth", None),
        ("c2", "Counter 2", "counter", None),
    ]
    assert branch.pocs[0].id == derived_id("acme", "poc", "main-1345/1")


def test_branch_that_says_little_takes_the_rest_from_its_key_and_account():
    text = LEAST + 'timezone = "Europe/Berlin"\n[[branch]]\nkey = "north"\npocs = [{ key = "1" }]\n'

    branch = read_network(text, FILENAME).branches[0]

    poc = PocDecl(key="1", id=derived_id("acme", "poc", "north/1"), label="1", kind="booth")
    assert branch == BranchDecl(
        key="north",
        id=derived_id("acme", "branch", "north"),
        name="north",
        label="north",
        address="",
        location=(0.0, 0.0),
        timezone="Europe/Berlin",
        hours=(),
        closures=(),
        pocs=(poc,),
    )


def test_hours_name_days_as_ranges_and_lists(acme):
    main, night = (branch.hours[0] for branch in acme.branches)

    assert main.week == (*[(Span(540, 1080),)] * 5, (Span(540, 780),), ())
    assert night.week == (*[()] * 4, (Span(1320, 1560),), (Span(1320, 1560),), ())
    assert main.timezone == night.timezone == "America/Santiago"


def test_closures_are_whole_days_or_wall_times(acme):
    day, afternoon = acme.branches[0].closures
    holidays = acme.account.closures[0]

    assert (day.start, day.end) == (datetime.fromisoformat("2026-12-25"), datetime.fromisoformat("2026-12-26"))
    assert day.reason == "Christmas"
    assert afternoon.start == datetime.fromisoformat("2026-12-24T13:00")
    assert afternoon.end == datetime.fromisoformat("2026-12-24T20:00")
    assert holidays.start == datetime.fromisoformat("2026-09-18")
    assert holidays.end == datetime.fromisoformat("2026-09-20")


def test_queue_has_its_rules(acme):
    queue = acme.queues[0]

    assert (queue.name, queue.prefix, queue.branches, queue.mode) == ("Trámites ABC", "T", ("main-1345",), "booth")
    assert (queue.ring_seconds, queue.wrap_up_seconds, queue.decline_cooldown_seconds) == (20, 10, 30)
    assert (queue.unstaffed, queue.target_minutes, queue.max_wait_minutes) == ("accept", 10, 45)
    assert (queue.form, queue.contact_form, queue.survey) == ("intake", "contact", "after")
    assert (queue.credit_seconds, queue.weight) == ({"vip": 90}, 60)


@pytest.mark.parametrize(("mode", "call"), [("booth", "push"), ("counter", "pull")])
def test_booth_queue_pushes_and_counter_queue_pulls_unless_told(mode, call):
    queue = f'[[queue]]\nkey = "a"\nmode = "{mode}"\n'
    other = "pull" if call == "push" else "push"

    assert read_network(LEAST + queue, FILENAME).queues[0].call == call
    assert read_network(f'{LEAST}{queue}call = "{other}"\n', FILENAME).queues[0].call == other


def test_queues_without_a_prefix_get_different_letters_of_their_keys():
    keys = ("tickets", "tramites", "tt", "1", "2", "info")
    text = LEAST + "".join(f'[[queue]]\nkey = "{key}"\n' for key in keys) + '[[queue]]\nkey = "z"\nprefix = "T"\n'

    prefixes = [queue.prefix for queue in read_network(text, FILENAME).queues]

    assert prefixes == ["C", "R", "A", "B", "D", "N", "T"]


def test_more_queues_than_letters_get_two_letters():
    text = LEAST + "".join(f'[[queue]]\nkey = "q{n}"\n' for n in range(40))

    prefixes = [queue.prefix for queue in read_network(text, FILENAME).queues]

    assert len(set(prefixes)) == 40
    assert {len(prefix) for prefix in prefixes} == {1, 2}


def test_agent_serves_queues_by_a_list_or_with_levels(acme):
    john, maria = acme.agents

    assert john.queues == {"tramites": 5}
    assert maria.queues == {"tramites": 8, "tickets": 10}
    assert (john.role, maria.role) == ("attendant", "supervisor")
    assert (maria.firstname, maria.lastname) == ("maria", "")


def test_agent_may_have_several_schedules_each_in_its_zone(acme):
    summer, winter = acme.agents[1].schedule

    assert (summer.timezone, summer.valid_to) == ("America/Santiago", date.fromisoformat("2026-06-30"))
    assert (winter.timezone, winter.valid_from) == ("Europe/Berlin", date.fromisoformat("2026-07-01"))
    assert winter.posted(date.fromisoformat("2026-07-13")) == (Span(540, 840),)
    assert winter.pauses(date.fromisoformat("2026-07-06")) == (Span(600, 615), Span(660, 690))


def test_schedule_has_breaks_and_dates_of_its_own(acme):
    schedule = acme.agents[0].schedule[0]

    assert schedule.posted(date.fromisoformat("2026-12-23")) == (Span(480, 600), Span(780, 1080))
    assert schedule.posted(date.fromisoformat("2026-12-24")) == (Span(540, 720),)
    assert schedule.posted(date.fromisoformat("2026-12-25")) == ()
    assert schedule.pauses(date.fromisoformat("2026-12-18")) == (Span(960, 975),)
    assert schedule.pauses(date.fromisoformat("2026-12-25")) == ()


def test_secrets_do_not_show_when_a_declaration_is_printed(acme):
    printed = repr(acme)

    for secret in ("argon2", "whsec_", "lobby-screen-secret", "kiosk-secret", "night-counter-page", "dXNlcjpwYXNz"):
        assert secret not in printed


def test_service_has_its_rules(acme):
    service = acme.services[0]

    assert service.description == "Service description,\non two lines"
    assert (service.duration_minutes, service.step_minutes, service.lead) == (30, 15, Period())
    assert service.reminders == (Period(days=1), Period(seconds=3600))
    assert (service.early_minutes, service.grace_minutes, service.credit_minutes) == (15, 10, 15)


def test_service_is_given_by_everybody_in_its_queue_unless_told(acme):
    papers = acme.services[1]

    assert papers.agents == ("maria",)
    assert (papers.step_minutes, papers.horizon_days, papers.branch) == (papers.duration_minutes, 90, None)


def test_fields_of_a_form(acme):
    intake, contact, after = acme.forms

    assert intake.fields[0] == FieldDecl(
        id=derived_id("acme", "field", "intake/firstname"),
        name="firstname",
        type="text",
        label="Nombre",
        hint="",
        placeholder="",
        required=True,
        readonly=False,
        maxlength=50,
    )
    assert (intake.fields[1].min, intake.fields[1].max) == (18, 99)
    assert intake.fields[2].options == (FieldOption(value="x", label="X"),)
    assert contact.fields[0].id == "652720d479497a1b62df288c"
    assert contact.fields[1].options == (
        FieldOption(value="morning", label="morning"),
        FieldOption(value="evening", label="evening"),
    )
    assert [(field.min, field.max) for field in after.fields] == [(0, 10), (1, 7)]


def test_contact_form_is_the_usual_one_where_none_is_declared():
    network = read_network(LEAST + '[[queue]]\nkey = "a"\ncontact_form = "contact"\n', FILENAME)

    form = network.forms[0]
    assert form.id == derived_id("acme", "form", "contact")
    assert [(field.name, field.required) for field in form.fields] == [
        ("firstname", True),
        ("lastname", False),
        ("email", True),
        ("phone", False),
    ]
    assert any('no form has the key "contact"' in warning.message for warning in network.warnings)


def test_webhook_has_its_target_and_its_words(acme):
    qms, everything = acme.webhooks

    assert (qms.dialect, qms.events, qms.active, qms.max_concurrency) == ("videsk", ("qms.assigned",), True, 4)
    assert qms.headers == {"Authorization": "Basic dXNlcjpwYXNz"}
    assert (everything.dialect, everything.events, everything.active) == ("native", ("*",), False)
    assert (everything.secret, everything.max_concurrency) == (None, 2)


def test_a_kiosk_also_speaks_what_the_screens_beside_it_announce_in():
    text = """[account]
slug = "acme"
[[branch]]
key = "main"
[[screen]]
key = "lobby"
branch = "main"
languages = ["es", "en"]
[[kiosk]]
key = "door"
branch = "main"
"""

    (door,) = read_network(text, FILENAME).kiosks

    assert door.languages == ("en", "es")


def test_screens_and_kiosks_speak_the_accounts_languages_unless_told(acme):
    lobby, hall = acme.screens
    door, side = acme.kiosks

    assert (lobby.token, lobby.queues, lobby.show_waiting, lobby.audio) == (
        "lobby-screen-secret",
        ("tramites", "tickets"),
        True,
        True,
    )
    assert (hall.languages, hall.show_waits, hall.audio, hall.token) == (("es", "en"), False, False, None)
    assert (door.languages, door.queues, door.classes) == (("pt-BR",), ("tramites",), ("vip",))
    assert (side.languages, side.queues) == (("es", "en"), ("tramites", "tickets"))


LOOKS = """
[[screen]]
key = "wall"
branch = "main-1345"
volume = 30
theme = "contrast"
closed = "black"
motion = false
diagonal_inches = 43
farthest_metres = 6.5
ticker = ["Hello"]
media = true
pronounce = { "Box 1" = "caja uno" }
"""


def test_a_screen_says_how_it_looks_and_sounds(acme):
    *_, wall = read_network(ACME + LOOKS, FILENAME).screens

    assert acme.screens[0].looks == ScreenLooks()
    assert (wall.looks.volume, wall.looks.theme, wall.looks.closed) == (30, "contrast", "black")
    assert (wall.looks.motion, wall.looks.diagonal_inches, wall.looks.farthest_metres) == (False, 43, 6.5)
    assert (wall.looks.ticker, wall.looks.pronounce) == (("Hello",), {"Box 1": "caja uno"})
    assert screen_looks(ScreenLooks()) == {}
    assert screen_looks(wall.looks)["ticker"] == ["Hello"]


@pytest.mark.parametrize(
    ("said", "instead", "message"),
    [
        ("volume = 30", "volume = 130", "expected a whole number from 0 to 100"),
        ('"contrast"', '"pink"', "not one of auto, light, dark, contrast"),
        ("diagonal_inches = 43", "diagonal_inches = 1", "expected a number from 5 to 300"),
        ("media = true", "medium = true", 'did you mean "media"'),
    ],
)
def test_how_a_screen_cannot_look_is_said(said, instead, message):
    with pytest.raises(NetworkFileErrors) as wrong:
        read_network(ACME + LOOKS.replace(said, instead), FILENAME)

    assert message in str(wrong.value)


def test_everything_knows_its_line(acme):
    assert acme.account.line == 1
    assert acme.queues[1].line == line_of(ACME, 'key = "tickets"') - 1
    assert acme.branches[1].pocs[0].line == line_of(ACME, "[[branch.pocs]]")
    assert acme.forms[0].fields[1].line == line_of(ACME, 'name = "age"')


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_file_may_come_from_any_editor(newline):
    text = "\ufeff" + ACME.replace("\n", newline)

    assert read_network(text, FILENAME).queues[1].line == line_of(ACME, 'key = "tickets"') - 1


def test_a_screen_of_several_branches_shows_the_queues_of_all_of_them():
    queues = "".join(f'[[queue]]\nkey = "{key}"\nbranches = [{at}]\n' for key, at in (("q", '"b"'), ("r", '"a", "b"')))
    branches = "".join(f'[[branch]]\nkey = "{key}"\n' for key in "abc")
    screen = '[[screen]]\nkey = "hall"\nbranch = "a"\nbranches = ["b", "a"]\n'

    hall, chosen = (
        read_network(LEAST + branches + queues + screen + more, FILENAME).screens[0] for more in ("", 'queues = ["q"]')
    )

    assert (hall.branches, hall.queues) == (("b",), ("r", "q"))
    assert chosen.queues == ("q",)
