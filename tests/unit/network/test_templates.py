"""`[[webhook]]` with templates: read, or refused where they are written; and tried by command."""

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from qms.domain.network_file import NetworkFile, NetworkFileErrors, read_network
from server.webhooks import app

ACCOUNT = '[account]\nslug = "acme"\nname = "Acme"\ntimezone = "UTC"\n'
HOOK = '[[webhook]]\nkey = "w"\nurl = "https://x.example/"\nevents = ["qms.assigned"]\ndialect = "videsk"\n'
HOWTO = Path(__file__).parents[3] / "docs/howto/receive-webhooks.md"


def refused(text: str) -> str:
    with pytest.raises(NetworkFileErrors) as caught:
        read_network(ACCOUNT + text, "f.toml")
    return str(caught.value)


def test_the_example_of_the_documentation_is_read():
    (example,) = re.findall(r"```toml\n(.*?)```", HOWTO.read_text("utf-8"), re.DOTALL)

    file = read_network(ACCOUNT + example, "f.toml")

    assert isinstance(file, NetworkFile)
    (webhook,) = file.webhooks
    assert webhook.custom is not None
    assert (webhook.custom.method, webhook.custom.parameters) == ("PUT", {"branch": "{{branch.name}}"})
    assert list(webhook.secrets) == ["crm"]


def test_order_is_a_word_of_a_webhook():
    (webhook,) = read_network(ACCOUNT + HOOK + "ordered = true\n", "f.toml").webhooks

    assert webhook.ordered
    assert webhook.custom is None


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        ('body = "{{#each x}}"', "is missing"),
        ('body = "{{shell x}}"', "no function is called so"),
        ('method = "TRACE"', "POST"),
        ('method = "GET"\nbody = "x"', "GET sends no body"),
        ('condition = "{{"', "}} is missing"),
        ('parameters = { a = "{{/x}}" }', "closes nothing"),
        ('secrets = { "a b" = "x" }\nmethod = "PUT"', "letters"),
        ('secrets = { a = "x" }', "secrets are for templates"),
        ('method = "PUT"\nheaders = { Host = "x" }', "set by the sender"),
        ('method = "PUT"\nheaders = { Content-Type = "text/csv" }', "set by the sender"),
        ('headers = { Content-Type = "text/csv" }', "set by the sender"),
    ],
)
def test_templates_that_cannot_be_are_refused(words, complaint):
    assert complaint in refused(HOOK + words)


def test_a_body_of_templates_says_what_it_is():
    words = 'headers = { "Content-Type" = "text/csv; charset=utf-8" }\nbody = "{{ticketId}},{{poc.label}}"'

    (webhook,) = read_network(ACCOUNT + HOOK + words, "f.toml").webhooks

    assert webhook.headers == {"Content-Type": "text/csv; charset=utf-8"}


@pytest.mark.parametrize("url", ["https://{{x}}.example/", "{{x}}", "https://x.example:{{x}}/", "//{{x}}/"])
def test_no_template_says_who_is_asked(url):
    assert "url" in refused(HOOK.replace("https://x.example/", url) + 'method = "PUT"')


@pytest.mark.parametrize("events", ['"*"', '"qms.assigned", "call.created"', '"call.*"'])
def test_templates_are_for_one_event(events):
    assert "exactly one event" in refused(HOOK.replace('"qms.assigned"', events) + 'method = "PUT"')


def test_a_command_shows_what_a_template_makes_of_a_sample(tmp_path):
    template, data = tmp_path / "body", tmp_path / "data"
    template.write_text('{"n":"{{ticketId}}"}')
    data.write_text('{"ticketId":"\\"X"}')
    broken = tmp_path / "broken"
    broken.write_text("{{#each}}")

    run = CliRunner().invoke
    sample, given = run(app, ["render", str(template)]), run(app, ["render", str(template), "--data", str(data)])
    refused = [run(app, ["render", str(broken)]), run(app, ["render", str(template), "--event", "x"])]

    assert (sample.output, given.output) == ('{"n":"A042"}\n', '{"n":"\\"X"}\n')
    assert [one.exit_code for one in refused] == [1, 1]
