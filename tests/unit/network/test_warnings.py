"""What is allowed in a network file, and probably not meant, is told as a warning with its line."""

import pytest

from qms.domain.network_file import read_network
from tests.unit.network.samples import ACME, FILENAME, LEAST, changed, line_of

ODD = [
    ('kind = "booth"', 'kind = "counter"', "queue[0].branches[0]", "has no booth among its pocs"),
    ('"Counter 2", kind = "counter"', '"Booth 2"', "queue[1].branches[1]", 'the branch "main-1345" has no counter'),
    ('key = "tickets"', 'key = "tickets"\nprefix = "t"', "queue[1].prefix", 'the queue "tramites" has this prefix too'),
    ('branches = ["night", "main-1345"]', "branches = []", "queue[1]", "it is attached to no branch"),
    ("{ tramites = 8, tickets = 10 }", "{ tramites = 8 }", "queue[1]", "no agent serves it"),
    ("{ tramites = 8, tickets = 10 }", "{ tramites = 8 }", "service[1]", "no agent gives it"),
    ('agents = ["jdoe"]', 'agents = ["jdoe"]\n#', None, ""),
    ('queue = "tramites"\nbranch', 'queue = "tickets"\nbranch', "service[0].agents[0]", "does not serve the queue"),
    ('classes = ["vip"]', 'classes = ["vpi"]', "kiosk[0].classes[0]", '(did you mean "vip"?)'),
    ('token = "kiosk-secret"', 'token = "short"', "kiosk[0].token", "expected 12 characters or more"),
    ("whsec_c2VjcmV0", "whsec_!", "webhook[0].secret", "is not base64"),
    ('["qms.assigned"]', '["qms.asigned"]', "webhook[0].events[0]", '(did you mean "qms.assigned"?)'),
    ('["qms.assigned"]', '["ticket.*"]', None, ""),
    ('["qms.assigned"]', '["tickets.*"]', "webhook[0].events[0]", "no event is known"),
    ('email = "jdoe@acme.example"\n', "", "agent[0]", "a password is of no use without an email"),
    ('sat = ["09:00-13:00"]', 'fri = ["09:00-13:00"]', "branch[0].hours.fri", "in mon-fri too"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "path", "words"), ODD)
def test_oddity_is_told_and_does_not_forbid_anything(old, new, path, words):
    warnings = read_network(changed(old, new), FILENAME).warnings

    if path is None:
        assert warnings == ()
    else:
        assert words in next(warning.message for warning in warnings if warning.path == path)


def test_warning_has_its_line():
    text = changed('classes = ["vip"]', 'classes = [\n  "vip",\n  "gold",\n]')

    (warning,) = read_network(text, FILENAME).warnings

    assert warning.line == line_of(text, '"gold"')
    assert warning.text(FILENAME).startswith(f"acme.toml:{warning.line}: kiosk[0].classes[1]: ")


def test_equal_prefixes_are_fine_where_no_branch_has_both():
    queues = "".join(
        f'[[branch]]\nkey = "{key}"\n[[queue]]\nkey = "{key}"\nprefix = "A"\nbranches = ["{key}"]\n' for key in "pq"
    )

    warnings = read_network(LEAST + queues, FILENAME).warnings

    assert {warning.message for warning in warnings} == {"no agent serves it"}


def test_booth_queue_may_be_at_a_branch_without_points_of_contact():
    text = ACME.replace('pocs = [{ key = "1", label = "Box 1", kind = "booth" }, ', "pocs = [").replace(
        '{ key = "c2", label = "Counter 2", kind = "counter" }]', "]"
    )

    warnings = read_network(text, FILENAME).warnings

    assert [warning.path for warning in warnings] == ["queue[1].branches[1]"]
