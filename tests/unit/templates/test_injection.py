"""Templates and values that mean harm: refused, or shown as the text that they are; and never for long."""

import json
import time
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from qms.domain.delivery import Rendered
from qms.domain.network import Custom
from qms.domain.templates import Rendering, TemplateProblem, parse
from qms.domain.templates.places import Plain
from qms_gateway.dialects.videsk.custom import Request, compose
from qms_gateway.dialects.videsk.templates import FUNCTIONS

NOW = datetime(2026, 1, 1, tzinfo=UTC)
DEFAULT = Rendered(body=b"{}")

VALUES = [
    '"',
    '","admin":true,"x":"',
    '"}{"',
    "\\",
    '\\"',
    "\\u0022",
    "{{secrets.key}}",
    "{{#each @root}}{{this}}{{/each}}",
    "${7*7}",
    "{% include '/etc/passwd' %}",
    "<%= 7*7 %>",
    "</script><script>alert(1)</script>",
    "<!ENTITY x SYSTEM 'file:///etc/passwd'>",
    "]]><x/>",
    "a\nb",
    "a\r\nX-Evil: 1",
    "\r\n\r\nGET / HTTP/1.1",
    "\x00",
    "\u2028",
    "?admin=1",
    "#x",
    "a/b",
    "&admin=1",
    "%2e%2e%2f",
    "@evil.example",
    "//evil.example",
    "=cmd|' /C calc'!A0",
    "+1",
    "@SUM(1)",
    'x","y',
    "x;y,z",
    "' or 1=1 --",
    "__class__",
    "\ud800",
]
"""What a customer may have typed into a form."""


def made(value: Any, url: str = "https://x.example/", headers: dict[str, str] | None = None, **custom: Any) -> Rendered:
    request = Request(url=url, custom=Custom(**custom), headers=headers or {})
    return compose(request, {"v": value, "secrets": {"key": "s3cret"}}, default=DEFAULT, now=NOW)


@pytest.mark.parametrize("value", VALUES)
def test_a_value_in_json_is_a_text_of_it(value):
    body = made(value, body='{"a":"{{v}}","b":{{v}},"c":{{parser v}},"d":["x{{v}}y"]}').body

    read = json.loads(body.decode())
    seen = value.encode("utf-8", "replace").decode()
    assert read == {"a": seen, "b": seen, "c": seen, "d": [f"x{seen}y"]}


@pytest.mark.parametrize("value", VALUES)
def test_a_value_in_an_address_adds_no_step_no_parameter_and_no_host(value):
    try:
        found = made(value, url="https://x.example/a/{{v}}/b?p={{v}}", parameters={"q": "{{v}}"}).url
    except (TemplateProblem, UnicodeEncodeError):
        return

    parts = urlsplit(found or "")
    assert parts.netloc == "x.example"
    assert parts.path.count("/") == 3
    assert set(parse_qs(parts.query, keep_blank_values=True)) == {"p", "q"}


@pytest.mark.parametrize("value", ["..", ".", "%2e%2e"])
def test_no_value_leads_an_address_up(value):
    try:
        found = made(value, url="https://x.example/a/{{v}}/b").url or ""
    except TemplateProblem:
        return

    assert "/%252e%252e/" in found


@pytest.mark.parametrize("value", VALUES)
def test_a_value_in_a_header_is_one_line_or_nothing_is_sent(value):
    try:
        headers = made(value, headers={"X-Who": "{{v}}"}).headers
    except TemplateProblem:
        assert any(ord(character) < 32 for character in value)
        return

    assert headers["X-Who"] == value.strip(" \t")


@pytest.mark.parametrize("value", [value for value in VALUES if value.isprintable()])
def test_a_value_in_markup_opens_nothing(value):
    body = made(value, headers={"Content-Type": "application/xml"}, body='<a b="{{v}}">{{v}}</a>').body.decode()

    assert body.count("<") == body.count(">") == 2
    assert body.count('"') == 2


@pytest.mark.parametrize("value", ["=1+1", "+1", "-1", "@x", '=x","y', "\tx"])
def test_a_value_in_a_table_is_no_formula(value):
    body = made(value, headers={"Content-Type": "text/csv"}, body="{{v}},end").body.decode()

    assert body.lstrip('"').startswith("'")


def test_what_is_not_json_is_not_sent_as_json():
    with pytest.raises(TemplateProblem):
        made("x", body="{{#each v}}{{/each}}nothing")


@pytest.mark.parametrize(
    "template",
    [
        "{{",
        "{{}}",
        "{{{v}}}",
        "{{#each v}}",
        "{{/each}}",
        "{{else}}",
        "{{#nothing v}}{{/nothing}}",
        "{{constructor.constructor 'x'}}",
        "{{lookup v 'x'}}",
        "{{> partial}}",
        "{{@key}}",
        "{{../v}}",
        "{{v = 1}}",
        "{{(v)}}x{{)}}",
        "{{((}}",
        "{{v|safe}} {{v x}}",
        "{{#each v}}" * 40 + "{{/each}}" * 40,
        "(" * 50 + "{{parser " + "(parser " * 50 + "v" + ")" * 50 + "}}",
        "x" * 40_000,
    ],
)
def test_what_is_no_template_is_refused_before_anything_is_sent(template):
    with pytest.raises(TemplateProblem):
        parse(template)


@pytest.mark.parametrize("path", ["__class__", "v.__class__.__mro__", "v.append", "list.__len__", "keys", "this.items"])
def test_a_path_leads_to_data_only(path):
    assert Rendering({"v": "x", "list": []}, FUNCTIONS, NOW).value(parse(f"{{{{{path}}}}}")[0].value, {}) is None  # type: ignore[union-attr]


BOMBS = [
    "{{#each @root.l}}" * 6 + "x" + "{{/each}}" * 6,
    "{{#each l}}{{@root.big}}{{/each}}",
    "{{#filter l}}{{#some @root.l}}{{#every @root.l}}{{#isEqual this}}{{/isEqual}}{{/every}}{{/some}}{{/filter}}",
    "{{#array l}}{{#array @root.l}}{{#array @root.l}}{{parser this}}{{/array}}{{/array}}{{/array}}",
    '{{replaceAll (replaceAll (replaceAll big "x" "xxxxxxxxxx") "x" "xxxxxxxxxx") "x" "xxxxxxxxxx"}}',
    '{{replaceAll big "(x+)+$" "" "g"}}',
    '{{replaceAll big "x*x*x*y" "" "g"}}',
    '{{replaceAll big "(x|x)*y" "" "g"}}',
    '{{replaceAll big "(?=x)x" "" "g"}}',
    '{{replaceAll big "' + "x?" * 30 + 'x{30}" "" "g"}}',
    "{{#each l}}{{#each @root.l}}{{parser @root}}{{/each}}{{/each}}",
    '{{#each l}}{{#jwt}}{"payload":{},"privateKey":"{{@root.big}}"}{{/jwt}}{{/each}}',
    "{{#concat l}}{{#concat @root.l}}" * 10 + "{{/concat}}{{/concat}}" * 10,
]


@pytest.mark.parametrize("template", BOMBS)
def test_a_bomb_is_put_out(template):
    values = {"l": list(range(100)), "big": "x" * 50_000}
    rendering, tree = Rendering(values, FUNCTIONS, NOW), parse(template)
    begun = time.process_time()

    with pytest.raises(TemplateProblem):
        rendering.render(tree, Plain())

    assert time.process_time() - begun < 2
