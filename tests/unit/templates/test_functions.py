"""Each function of the templates, by the vendor's documented examples and edges."""

from datetime import UTC, datetime
from typing import Any

import jwt
import pytest

from qms.domain.templates import Rendering, TemplateProblem, parse
from qms.domain.templates.places import Data, Plain
from qms.domain.templates.words import BLOCKS, INLINE
from qms_gateway.dialects.videsk.templates import FUNCTIONS

NOW = datetime(2026, 1, 1, tzinfo=UTC)
VALUES: dict[str, Any] = {
    "name": "Zoë",
    "n": 99,
    "half": 1.5,
    "yes": True,
    "no": False,
    "at": "2021-10-01T05:51:36Z",
    "url": "https://x.example/?a=1&b=dos",
    "list": [1, 2, 3],
    "words": ["a", "b"],
    "people": [{"name": "Ana", "age": 30}, {"name": "Bo", "age": 40}],
    "pairs": [{"name": "rut", "value": "1-9"}, {"name": "age", "value": 7}],
    "table": {"a": 1, "b": {"c": [10, 20]}},
    "key": "k" * 32,
}


def rendered(template: str, values: dict[str, Any] | None = None, place: type[Plain] = Plain) -> str:
    return Rendering(VALUES if values is None else values, FUNCTIONS, NOW).render(parse(template), place())


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("{{name}} {{ n }} {{half}} {{yes}}", "Zoë 99 1.5 true"),
        ("{{missing}}{{table.x.y}}{{list.9}}", ""),
        ("{{table}} {{list}}", "[object Object] 1,2,3"),
        ("{{table.b.c.1}} {{table.b.c.[0]}} {{@root.n}}", "20 10 99"),
        ("{{! nobody sees it }}x", "x"),
        ("{{#if yes}}a{{else}}b{{/if}}{{#if no}}a{{else}}b{{/if}}{{#if n}}a{{else}}b{{/if}}", "abb"),
        ("{{#each people}}{{name}}:{{this.age}};{{/each}}", "Ana:30;Bo:40;"),
        ("{{#each words}}{{this}}{{@root.n}}{{/each}}", "a99b99"),
        ("{{parser name}} {{parser table}} {{parser yes}}", '"Zoë" {"a":1,"b":{"c":[10,20]}} true'),
        ("{{#parser name}}{{/parser}} {{#parser}}{{n}} of {{name}}{{/parser}}", '"Zoë" "99 of Zoë"'),
        ("{{toLowerCase name}} {{toUpperCase name}}", "zoë ZOË"),
        ('{{replaceAll "a.b.c" "." "-"}} {{replaceAll "a1b22" "\\d+" "#" "g"}}', "a-b-c a#b#"),
        ('{{replaceAll "12-34" "(\\d+)-(\\d+)" "$2/$1" "g"}} {{replaceAll n "9"}}', "34/12 "),
        ("{{#array list}}{{/array}} {{#array people}}name{{/array}}", '[1,2,3] ["Ana","Bo"]'),
        ('{{#array people}}{"n":"{{name}}"}{{/array}}', '[{"n":"Ana"},{"n":"Bo"}]'),
        ("{{#object table}}{{/object}} {{#object table}}a{{/object}}", '{"a":1,"b":{"c":[10,20]}} {"a":1}'),
        ("{{#object pairs}}name,value{{/object}}", '{"rut":"1-9","age":7}'),
        (
            "{{#isEqual n}}99{{/isEqual}} {{#isEqual list}}1,2,3{{/isEqual}} {{#isEqual zip}}{{/isEqual}}",
            "true false true",
        ),
        ("{{#isNot n}}99{{/isNot}}", "false"),
        ("{{#includes words}}a{{/includes}} {{#includes people}}[object Object]{{/includes}}", "true false"),
        (
            "{{#some people}}{{#gt 35}}{{age}}{{/gt}}{{/some}} {{#every people}}{{#gt 35}}{{age}}{{/gt}}{{/every}}",
            "true false",
        ),
        (
            "{{#filter people}}{{#isEqual name}}Bo{{/isEqual}}{{#lt 50}}{{age}}{{/lt}}{{/filter}}",
            '[{"name":"Bo","age":40}]',
        ),
        ("{{#find people}}{{#greater 35}}{{age}}{{/greater}}{{/find}}", '{"name":"Ana","age":30}'),
        ("{{#get 'rut'}}{{#object pairs}}name,value{{/object}}{{/get}}", "1-9"),
        ("{{#concat list}}{{parser words}}{{/concat}}", '[1,2,3,"a","b"]'),
        (
            "{{#lt 500}}{{n}}{{/lt}} {{#gte 99}}{{n}}{{/gte}} {{#lte 98}}{{n}}{{/lte}} {{#gt 1}}x{{/gt}}",
            "true true false false",
        ),
        ("{{#greater 99}}1{{/greater}} {{#lower 99}}1{{/lower}}", "true false"),
        ("{{#date at}}{{/date}}", "10/1/2021, 05:51:36"),
        (
            '{{#date at "es-CL"}}{"timeZone":"America/Santiago","month":"2-digit","day":"2-digit"}{{/date}}',
            "01-10-2021, 02:51:36",
        ),
        ('{{#date at}}{"hour":null,"minute":null,"second":null,"month":"long"}{{/date}}', "October 1, 2021"),
        ('{{#date at "de-DE"}}{"weekday":"long","month":"long"}{{/date}}', "Freitag, 1. Oktober 2021, 05:51:36"),
        ('{{#date at "en-US"}}{"weekday":"short"}{{/date}}', "Fri, 10/1/2021, 05:51:36"),
        ('{{#date at "fr-FR"}}{{/date}} {{#date at "pt-BR"}}{{/date}}', "01/10/2021 05:51:36 01/10/2021, 05:51:36"),
        ('{{#date at "es-ES"}}{"year":null,"month":null,"day":null,"hour":"numeric"}{{/date}}', "5:51:36"),
        (
            '{{#date at}}{"timeZone":"America/New_York","timeZoneName":"short"}{{/date}}',
            "10/1/2021, 01:51:36 EDT",
        ),
        ('{{#relative "2025-12-31T00:00:00Z"}}{{/relative}}', "yesterday"),
        ('{{#relative "2025-12-31T00:00:00Z"}}{"numeric":"always"}{{/relative}}', "1 day ago"),
        ('{{#relative "2026-01-03T00:00:00Z" "de-DE"}}{{/relative}}', "übermorgen"),
        ('{{#relative "2026-02-01T00:00:00Z" "es-MX"}}{{/relative}}', "el mes próximo"),
        ('{{#relative "2026-01-01T00:00:00Z" "pt-BR"}}{{/relative}}', "agora"),
        ('{{#relative "2026-01-01T00:05:00Z"}}{"style":"short"}{{/relative}}', "in 5 min."),
        ('{{#relative "2026-01-01T03:00:00Z" "es-CL"}}{{/relative}}', "dentro de 3 horas"),
        ("{{#url-param url}}{{b}}{{/url-param}}{{#url-param url}}{{c}}{{/url-param}}", "dos"),
        (
            '{{phone-number "912345678" "CL"}} {{phone-number "+56 9 1234 5678" "CL" "national"}}',
            "+56912345678 912345678",
        ),
        ('{{phone-number "912345678" "CL" "code"}} {{phone-number "912345678" "CL" "code-plus"}}', "56 +56"),
        ('{{hmac "data" "secret"}}', "1b2c16b75bd2a870c114153ccda5bcfca63314bc722fa160d690de133ccbb9db"),
        ('{{hmac "data" "secret" "sha256" "base64"}}', "GywWt1vSqHDBFBU8zaW8/KYzFLxyL6Fg1pDeEzzLuds="),
        ('{{encode "a b/ñ"}} {{urlEncode (toUpperCase "a&b")}}', "a%20b%2F%C3%B1 A%26B"),
    ],
)
def test_a_function_prints_what_the_vendor_says(template, text):
    assert rendered(template) == text


@pytest.mark.parametrize(
    ("template", "problem"),
    [
        ("{{toUpperCase n}}", "expected a text"),
        ('{{replaceAll missing "x"}}', "Error: Input string is required"),
        ('{{replaceAll "x" ""}}', "Error: Search value is required"),
        ('{{replaceAll "x" "(" "" "g"}}', "Error: Invalid regex pattern: ("),
        ('{{hmac "" "x"}}', "Error: Data to sign is required"),
        ('{{hmac "x" missing}}', "Error: Secret key is required"),
        ('{{hmac "x" "y" "sha256" "rot13"}}', "Error: Invalid encoding: rot13"),
        ('{{#date at}}{"timeZone":"../etc"}{{/date}}', "no such time zone"),
        ('{{#date at "xx-YY-!"}}{{/date}}', "no such language"),
        ("{{#date name}}{{/date}}", "expected an instant"),
        ('{{#jwt}}{"payload":{}}{{/jwt}}', "a token wants"),
        ('{{#jwt}}{"payload":{},"privateKey":"x","options":{"algorithm":"none"}}{{/jwt}}', "no such algorithm"),
    ],
)
def test_a_function_that_cannot_do_it_says_why(template, problem):
    with pytest.raises(TemplateProblem, match=problem.replace("(", r"\(")):
        rendered(template)


def test_a_token_is_good_for_whoever_knows_the_key():
    options = '{"expiresIn":"1m","audience":"x"}'
    template = '{{#jwt}}{"payload":{"who":"{{name}}"},"privateKey":"{{key}}","options":' + options + "}{{/jwt}}"

    claims = jwt.decode(rendered(template), "k" * 32, ["HS256"], audience="x", options={"verify_exp": False})

    assert claims == {"who": "Zoë", "aud": "x", "iat": int(NOW.timestamp()), "exp": int(NOW.timestamp()) + 60}


def test_every_function_that_a_file_may_name_is_there():
    assert set(FUNCTIONS.inline) == INLINE
    assert set(FUNCTIONS.blocks) | {"if", "each"} == BLOCKS


def test_json_is_made_of_lists_within_json():
    text = rendered('{"people":{{#array people}}name{{/array}},"n":{{n}},"at":"{{#date at}}{{/date}}"}', place=Data)

    assert text == '{"people":["Ana","Bo"],"n":99,"at":"10/1/2021, 05:51:36"}'
