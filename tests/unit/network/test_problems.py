"""What is wrong with a network file is said with its line, its path, and what would be right."""

import pytest

from qms.domain.network_file import NetworkFileErrors, read_network
from tests.unit.network.samples import ACME, FILENAME, LEAST, changed, line_of, only_problem, problems
from tests.unit.network.wrong import WRONG


@pytest.mark.parametrize(("old", "new", "path", "words"), WRONG)
def test_problem_names_its_place_and_what_would_be_right(old, new, path, words):
    found = [problem for problem in problems(changed(old, new)) if problem.path == path]

    assert len(found) == 1, problems(changed(old, new))
    assert words in found[0].message


@pytest.mark.parametrize(
    ("old", "new", "needle"),
    [
        ('mode = "booth"', 'mode = "boot"', 'mode = "boot"'),
        ('to = "2026-12-24T20:00"', 'to = "2026-12-24T12:00"', "2026-12-24T13:00:00"),
        ('"2026-12-25" = []', '"2026-12-25" = [1]', '"2026-12-25" = [1]'),
        ('name = "why"', 'name = "age"', 'name = "age", type = "select"'),
        ('key = "1"\nkind = "counter"', 'key = "1"\nkind = "x"', 'kind = "x"'),
        ('"2026-07-06" = ["11:00-11:30"]', '"2026-07-06" = ["x"]', 'breaks = { mon = ["10:00'),
        ("step_minutes = 15", "step_minutes = 0", "step_minutes = 0"),
        ("on two lines", 'on two"" lines\n\n', None),
    ],
)
def test_problem_stands_on_its_own_line(old, new, needle):
    text = changed(old, new)

    if needle is None:
        assert problems(text) == []
    else:
        assert only_problem(text).line == line_of(text, needle)


def test_problem_reads_like_a_compilers():
    text = changed('mode = "booth"', 'mode = "boot"')

    with pytest.raises(NetworkFileErrors) as errors:
        read_network(text, FILENAME)

    line = line_of(text, '"boot"')
    assert str(errors.value) == (
        f'acme.toml:{line}: queue[0].mode: "boot" is not one of booth, counter (did you mean "booth"?)'
    )


def test_all_problems_are_found_at_once_and_told_in_the_files_order():
    text = changed('mode = "booth"', 'mode = "boot"').replace('"P1D"', '"1D"').replace('slug = "acme"', 'slug = ""')

    found = problems(text)

    assert [problem.path for problem in found] == ["account.slug", "queue[0].mode", "service[0].reminders[0]"]
    assert [problem.line for problem in found] == sorted(problem.line for problem in found)


def test_missing_account_is_said_before_anything_else():
    found = problems('[[queue]]\nkey = "a"\nmode = "x"\n')

    assert (found[0].line, found[0].message) == (1, "[account] is missing")
    assert [problem.path for problem in found] == ["", "queue[0].mode"]


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        (LEAST + "[[queue]\n", 3, "not TOML"),
        (LEAST + 'name = "x\n', 3, "not TOML"),
        (LEAST + "schedule = { a = 1,\n  b = 2\n  c = 3 }\n", 5, "not TOML"),
        (LEAST + "a = [1,\n", 3, "not TOML"),
        (LEAST + "a = 1\n\n\na = 2\n", 6, "not TOML"),
        (LEAST + f"a = {'9' * 5000}\n", 1, "not TOML"),
        (LEAST + f"a = {'[' * 100_000}\n", 1, "nested too deep"),
        (LEAST + 'name = "\ud800"\n', 3, "not Unicode"),
    ],
)
def test_file_that_is_not_toml_is_refused_with_the_line(text, line, words):
    problem = only_problem(text)

    assert problem.line == line
    assert words in problem.message


@pytest.mark.parametrize(
    ("table", "path", "words"),
    [
        ("branch = 3", "branch", "expected [[branch]], found 3"),
        ("branch = [3]", "branch[0]", "expected a table, found 3"),
        ('[branch]\nkey = "a"', "branch", "expected [[branch]], found a table"),
        ('[[branches]]\nkey = "a"', "branches", 'unknown key (did you mean "branch"?)'),
    ],
)
def test_top_of_the_file_has_only_tables_of_known_kinds(table, path, words):
    text = LEAST + table if table.startswith("[") else f"{table}\n{LEAST}"

    problem = only_problem(text)

    assert problem.path == path
    assert words in problem.message


def test_key_that_is_near_no_other_is_told_the_known_ones():
    problem = only_problem(LEAST + 'qwertyuiop = "x"\n')

    assert problem.message.startswith("unknown key; known are slug, id, name, timezone")


def test_unknown_option_lists_them_all_if_none_is_near():
    problem = only_problem(LEAST + "options = { zzz = 1 }\n")

    assert "known are status_policy, bare_jwt" in problem.message


def test_a_number_that_cannot_be_printed_is_no_option():
    problem = only_problem(LEAST + f"options = {{ status_policy = 0x{'f' * 5000} }}\n")

    assert "found a number too large to print" in problem.message


def test_missing_branch_is_not_told_again_as_a_queue_out_of_place():
    text = changed('branch = "main-1345"\nagents', 'branch = "main"\nagents')

    assert [problem.path for problem in problems(text)] == ["service[0].branch"]


def test_acme_itself_has_no_problem():
    assert problems(ACME) == []
