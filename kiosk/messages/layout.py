"""How our own messages look: as text, and as HTML without anything from elsewhere. What is put in is escaped."""

import re
from collections.abc import Sequence
from html import escape
from html.parser import HTMLParser

from qms.domain.message import Wording
from qms.services.logos import CONTENT_ID
from qms.web.pages import Language

Line = tuple[str, str]
"""What something is called, and what it is; or what a link is called, and where it leads."""

_BODY = "margin:0;padding:24px;background:#f4f5f7;font:16px/1.5 system-ui,sans-serif;color:#1c1f24"
_SHEET = "max-width:34em;margin:0 auto;padding:24px;background:#fff;border-radius:8px"
_NAME = "color:#5a6270;vertical-align:top;text-align:start;font-weight:normal"
_APART = {"ltr": "padding:4px 16px 4px 0;", "rtl": "padding:4px 0 4px 16px;"}
_VALUE = "padding:4px 0;vertical-align:top;font-weight:600"
_BUTTON = "display:inline-block;padding:10px 18px;background:#14508c;color:#fff;border-radius:6px;text-decoration:none"
_LOGO = f'<p><img src="cid:{CONTENT_ID}" alt="{{alt}}" height="48" style="height:48px;width:auto;max-width:100%"></p>'
_SILENT = frozenset({"script", "style", "head", "title"})
_BLOCKS = frozenset({"p", "br", "div", "li", "tr", "h1", "h2", "h3"})


_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]+")
_LONGEST_VALUE = 500


def harmless(text: str | None) -> str:
    """What somebody typed, on one line and without what steers a terminal or turns lines around."""
    return " ".join(_CONTROL.sub(" ", text or "").split())[:_LONGEST_VALUE]


def laid_out(
    language: Language,
    *,
    subject: str,
    greeting: str,
    lead: str,
    facts: Sequence[Line],
    links: Sequence[Line],
    account: str,
    has_logo: bool = False,
) -> Wording:
    """A message of our own, as text and as HTML; that has the account's logo above, if there is one."""
    paragraphs = [greeting, lead, "\n".join(f"{name}: {value}" for name, value in facts)]
    paragraphs += [f"{name}:\n{url}" for name, url in links]
    text = "\n\n".join(part for part in [*paragraphs, account] if part) + "\n"
    head = _LOGO.format(alt=escape(account, quote=True)) if has_logo else ""
    html = _html(language, subject, head, greeting, lead, facts, links, account)
    return Wording(subject=subject, text=text, html=html)


def text_of(html: str) -> str:
    """What HTML says, as text, for those who read that."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    lines = (" ".join(line.split()) for line in "".join(reader.found).splitlines())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip() + "\n"


def _html(
    language: Language,
    subject: str,
    head: str,
    greeting: str,
    lead: str,
    facts: Sequence[Line],
    links: Sequence[Line],
    account: str,
) -> str:
    name_style = _APART[language.direction] + _NAME
    rows = "".join(
        f'<tr><th scope="row" style="{name_style}">{escape(name)}</th>'
        f'<td style="{_VALUE}"><bdi>{escape(value)}</bdi></td></tr>'
        for name, value in facts
    )
    buttons = "".join(f'<p><a href="{escape(url)}" style="{_BUTTON}">{escape(name)}</a></p>' for name, url in links)
    return (
        f'<!doctype html><html lang="{language.tag}" dir="{language.direction}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width"><title>{escape(subject)}</title></head>'
        f'<body style="{_BODY}"><div style="{_SHEET}">{head}<p>{escape(greeting)}</p><p>{escape(lead)}</p>'
        f"<table>{rows}</table>{buttons}<p>{escape(account)}</p></div></body></html>\n"
    )


class _Reader(HTMLParser):
    """Takes the text out of HTML; links are said with where they lead."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._silent = 0
        self._links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent += tag in _SILENT
        if tag in _BLOCKS:
            self.found.append("\n")
        if tag == "a":
            self._links.append(dict(attrs).get("href") or "")

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in _SILENT
        if tag in _BLOCKS:
            self.found.append("\n")
        if tag == "a" and self._links and (href := self._links.pop()):
            self.found.append(f" ({href})")

    def handle_data(self, data: str) -> None:
        if self._silent <= 0:
            self.found.append(data)
