"""What of a webhook is made of templates: address, headers, parameters, body, condition."""

import re
from collections.abc import Mapping

from qms.domain.complaint import Wrong, complaint
from qms.domain.network import Custom
from qms.domain.network_file import notations
from qms.domain.network_file.checks import Check, flag, one_of, shaped, text
from qms.domain.network_file.reading import Table
from qms.domain.templates import TemplateProblem, parse
from qms.domain.templates.syntax import LONGEST

METHODS = ("POST", "GET", "PATCH", "DELETE", "PUT", "OPTIONS", "HEAD")
BODILESS = frozenset({"GET", "HEAD"})

_WORDS = ("method", "parameters", "body", "condition", "verify_tls")
_TAG = re.compile(r"\{\{.*?\}\}", re.DOTALL)

secret_name = shaped(
    re.compile(r"[A-Za-z_]\w{0,63}", re.ASCII), complaint("expected letters, digits and _, found %(found)s")
)
"""`{{secrets.<name>}}`."""


def template(longest: int) -> Check[str]:
    """A template that is understood."""

    def check(value: object) -> str:
        found = text(longest)(value)
        try:
            parse(found)
        except TemplateProblem as problem:
            raise Wrong(complaint("the template: %(complaint)s", complaint=problem.said)) from None
        return found

    return check


def address_template(value: object) -> str:
    """An address; its path may be a template, who is asked may not."""
    found = template(2000)(value)
    if "{" in "/".join(found.split("/", 3)[:3]):
        raise Wrong(complaint("expected no template in the address's host: only in its path"))
    notations.address(_TAG.sub("x", found))
    return found


def check_templates(url: str, headers: Mapping[str, str], custom: Custom) -> tuple[str, str] | None:
    """What is wrong with templates that come from elsewhere: the place, and what is expected there."""
    texts: list[tuple[str, Check[str], str | None]] = [("url", address_template, url)]
    texts += [("headers", notations.header_name, name) for name in headers]
    texts += [("headers", template(2000), value) for value in headers.values()]
    texts += [("parameters", template(2000), value) for value in custom.parameters.values()]
    texts += [("body", template(LONGEST), custom.body), ("condition", template(2000), custom.condition)]
    for place, check, value in texts:
        try:
            if value is not None:
                check(value)
        except Wrong as wrong:
            return place, str(wrong)
    return None


def read_custom(table: Table) -> Custom | None:
    """The templates of a webhook; None where it has none, and is sent as its dialect says."""
    if not any([table.has(word) for word in _WORDS]):
        return None
    custom = Custom(
        method=table.read("method", one_of(*METHODS), "POST"),
        parameters=table.pairs("parameters", text(200), template(2000)),
        body=table.optional("body", template(LONGEST)),
        condition=table.optional("condition", template(2000)),
        verify_tls=table.read("verify_tls", flag, True),
    )
    if custom.body is not None and custom.method in BODILESS:
        table.complain(complaint("%(method)s sends no body", method=custom.method), "body")
    return custom
