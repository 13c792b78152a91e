"""Public holidays and closures that come round, as a network file asks for them."""

import pytest

from qms.domain.almanac import Holidays
from qms.domain.network_file import NetworkFile, NetworkFileErrors, Problem, read_network
from qms.services.almanac import WORLD
from tests.unit.network.samples import LEAST

BRANCH = '[[branch]]\nkey = "main"\n'


def read(text: str) -> NetworkFile:
    return read_network(text, "network.toml", WORLD)


def problem(text: str) -> Problem:
    with pytest.raises(NetworkFileErrors) as errors:
        read(text)
    (one,) = errors.value.problems
    return one


@pytest.mark.parametrize(
    ("said", "rule"),
    [
        ('"CL"', Holidays(country="CL")),
        ('{ country = "CL", subdivision = "AP" }', Holidays(country="CL", subdivision="AP")),
        ('{ country = "BR", language = "pt-BR" }', Holidays(country="BR", language="pt_BR")),
        ('{ country = "CL", language = "en" }', Holidays(country="CL", language="en_US")),
        ('{ country = "CL", categories = ["public", "bank"] }', Holidays(country="CL", categories=("public", "bank"))),
        ("false", None),
    ],
)
def test_holidays_are_a_countrys_or_more_exactly_somebodys(said, rule):
    network = read(LEAST + f"holidays = {said}\n")

    assert network.account.holidays == rule


def test_a_branch_has_the_accounts_holidays_unless_it_says_otherwise():
    text = LEAST + 'holidays = "CL"\n' + BRANCH + BRANCH.replace("main", "north") + 'holidays = "PE"\n'

    network = read(text + BRANCH.replace("main", "mall") + "holidays = false\n")

    countries = [branch.holidays and branch.holidays.country for branch in network.branches]
    assert countries == ["CL", "PE", None]


@pytest.mark.parametrize(
    ("said", "path", "words"),
    [
        ('"QQ"', "account.holidays", '"QQ" is no country whose holidays are known; expected the two capital letters'),
        ('"cl"', "account.holidays", '(did you mean "CL"?)'),
        ('"Chille"', "account.holidays", '(did you mean "CL"?)'),
        ('"UK"', "account.holidays", '(did you mean "GB"?)'),
        ("7", "account.holidays", 'expected the letters of a country such as "CL", a table { country = … }, or false'),
        ('{ subdivision = "AP" }', "account.holidays", "country is missing"),
        ('{ country = "CL", subdivision = "RMM" }', "account.holidays.subdivision", '(did you mean "RM"?)'),
        ('{ country = "CL", language = "de" }', "account.holidays.language", "known are"),
        ('{ country = "CL", categories = ["banks"] }', "account.holidays.categories[0]", '(did you mean "bank"?)'),
        ('{ country = "CL", region = "RM" }', "account.holidays.region", "unknown key"),
    ],
)
def test_what_no_almanac_knows_is_refused_with_its_line(said, path, words):
    found = problem(LEAST + f"\nholidays = {said}\n")

    assert (found.line, found.path) == (4, path)
    assert words in found.message


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=YEARLY",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29",
        "FREQ=MONTHLY;BYDAY=1MO",
        "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=SA,SU;UNTIL=20301231",
        "FREQ=DAILY;COUNT=10",
    ],
)
def test_a_closure_may_come_round(rule):
    network = read(LEAST + f'closures = [{{ date = "2026-12-24", rrule = "{rule}", reason = "x" }}]\n')

    assert network.account.closures[0].rrule == rule


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("YEARLY", '"YEARLY" is not one of FREQ'),
        ("FREQ=HOURLY", "FREQ: expected DAILY, WEEKLY, MONTHLY or YEARLY"),
        ("FREQ=SECONDLY;COUNT=3", "FREQ: expected"),
        ("INTERVAL=2", "expected FREQ="),
        ("FREQ=YEARLY;FREQ=DAILY", "FREQ is given twice"),
        ("FREQ=YEARLY;BYMONTHS=3", '(did you mean "BYMONTH"?)'),
        ("FREQ=YEARLY;BYMONTH=13", "BYMONTH: expected months from 1 to 12"),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "no month of BYMONTH=2 has the day BYMONTHDAY=30"),
        ("FREQ=DAILY;BYDAY=MO", "FREQ=DAILY does not go with BYDAY"),
        ("FREQ=WEEKLY;BYDAY=1MO", "without a number"),
        ("FREQ=MONTHLY;BYSETPOS=1", "BYSETPOS chooses among days"),
        ("FREQ=DAILY;COUNT=1;UNTIL=20300101", "either COUNT or UNTIL"),
        ("FREQ=DAILY;INTERVAL=0", "INTERVAL: expected a whole number from 1 to 999"),
    ],
)
def test_a_rule_that_nothing_comes_of_is_refused(rule, words):
    found = problem(LEAST + f'closures = [{{ date = "2026-12-24", rrule = "{rule}" }}]\n')

    assert found.path == "account.closures[0].rrule"
    assert words in found.message


def test_a_stretch_that_comes_round_is_a_year_long_at_most():
    found = problem(LEAST + 'closures = [{ from = "2026-01-01", to = "2027-02-01", rrule = "FREQ=YEARLY" }]\n')

    assert "at most 366 days" in found.message


def test_calendars_are_one_address_or_several():
    text = LEAST + '[[agent]]\nkey = "{}"\ncalendars = {}\n'
    one = text.format("a", '"webcal://calendar.example/a.ics"')

    network = read(one + text.removeprefix(LEAST).format("b", '["https://b.example/1", "https://b.example/2"]'))

    assert network.agents[0].calendars == ("https://calendar.example/a.ics",)
    assert network.agents[1].calendars == ("https://b.example/1", "https://b.example/2")
    assert "calendar.example" not in repr(network.agents[0])


@pytest.mark.parametrize("said", ['"file:///etc/passwd"', '["https://a.example", "nowhere"]', "5"])
def test_a_calendar_is_a_web_address(said):
    found = problem(LEAST + f'[[agent]]\nkey = "a"\ncalendars = {said}\n')

    assert found.path.startswith("agent[0].calendars")
