"""Debian's Chromium for the tests of pages, and what every page owes: no violation, no error, no stranger.

    def test_the_desk_opens(visit, turnero):
        page = visit(f"{turnero.url}/desk")

        assert shortcomings(page) == []

`visit` opens a page in a context of its own, as another person on another device; `page.context.new_page()` is another
window of the same person. When the test ends, each context that was opened must have been quiet: nothing on the
console, no script error, no violation of the Content-Security-Policy, no request to another host. A test that provokes
something forgives it by name: `quiet(page).forgive("401")`.
"""

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, expect, sync_playwright

from tests.chromium import CHROMIUM, kept_open

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
AXE = Path(__file__).parents[1] / "vendor/axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
PATIENCE_MS = 30_000
"""So long is waited for what a page or its server is to do: the machine may have much else to do."""

expect.set_options(timeout=PATIENCE_MS)

SECOND_LINE = "WebSocket is closed before the connection is established"
"""Said where a page tries a second line because the first was slow to speak: the machine may have much else to do."""

UNTOUCHED = """(() => {
  let touched = false;
  const play = HTMLMediaElement.prototype.play;
  for (const event of ["click", "keydown"]) addEventListener(event, () => (touched = true), true);
  Object.defineProperty(navigator, "userActivation", { value: { get hasBeenActive() { return touched; } } });
  HTMLMediaElement.prototype.play = function () {
    return touched ? play.call(this) : Promise.reject(new DOMException("untouched", "NotAllowedError"));
  };
})()"""
"""Run by a page at its start: it may make no sound before somebody touches it. Else whatever a test asks is a touch."""

Visit = Callable[..., Page]

_REPORT_VIOLATIONS = """addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI, sample }) =>
  console.error(`policy violated: ${violatedDirective} ${blockedURI} ${sample}`))"""

_NARROWER_THAN_ITS_CONTENT = """() => {
  const wide = document.documentElement;
  if (wide.scrollWidth <= innerWidth) return [];
  const beyond = [...document.querySelectorAll("body *")].filter((it) => {
    const { left, right, width } = it.getBoundingClientRect();
    return width && (right > innerWidth + 1 || left < -1);
  });
  return beyond.slice(-5).map((it) => it.outerHTML.slice(0, 120));
}"""

_SMALL_TARGETS = """() => [...document.querySelectorAll("button, a[href], input, select, summary, [role=button]")]
  .filter((it) => it.checkVisibility() && !it.closest(".visually-hidden, .skip-link, p, td"))
  .filter((it) => !(it.labels?.length && it.labels[0].getBoundingClientRect().height >= 24))
  .map((it) => [it.getBoundingClientRect(), it])
  .filter(([{ width, height }]) => width && height && (width < 24 || height < 24))
  .map(([{ width, height }, it]) => `${Math.round(width)}×${Math.round(height)} ${it.outerHTML.slice(0, 120)}`)"""


class Quiet:
    """What a context's pages complained about, and whom they asked."""

    def __init__(self, context: BrowserContext) -> None:
        self._said: list[str] = []
        self._asked: set[str] = set()
        self._forgiven = [SECOND_LINE]
        context.add_init_script(_REPORT_VIOLATIONS)
        context.on("console", self._console)
        context.on("weberror", lambda error: self._said.append(f"script: {error.error}"))
        context.on("request", self._request)

    def forgive(self, *words: str) -> None:
        """Do not count what has one of these words in it (an outage, a refusal that the test provokes)."""
        self._forgiven += words

    @property
    def complaints(self) -> list[str]:
        """Errors, warnings and violations that nobody forgave."""
        return [text for text in self._said if not any(word in text for word in self._forgiven)]

    @property
    def strangers(self) -> set[str]:
        """The hosts that were asked for something, but for this machine."""
        return self._asked - {"127.0.0.1", "localhost"}

    def check(self) -> None:
        """Fail if there was anything."""
        assert self.complaints == [], self.complaints
        assert self.strangers == set()

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self._said.append(f"{message.type}: {message.text} ({message.location.get('url', '')})")

    def _request(self, request: Request) -> None:
        host = urlsplit(request.url).hostname
        if host:
            self._asked.add(host)


_QUIET: dict[BrowserContext, Quiet] = {}


def quiet(page: Page) -> Quiet:
    """What is known of a visited page's context."""
    return _QUIET[page.context]


_LAUNCHED: list[Browser] = []


@pytest.fixture
def browser() -> Browser:
    """A Chromium, one for all tests in a row that want it: its event loop stands in the way of asynchronous ones."""
    return kept_open(_LAUNCHED, _launched)


@contextmanager
def _launched() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture
def visit(browser: Browser) -> Iterator[Visit]:
    """`visit(url, width=1280, height=800, **of_the_context)`: a page on a device of its own, watched until the end."""
    opened: list[BrowserContext] = []

    def visit(url: str | None = None, *, width: int = 1280, height: int = 800, **context: Any) -> Page:
        made = browser.new_context(
            **{"viewport": {"width": width, "height": height}, "locale": "en-GB", "reduced_motion": "reduce"} | context
        )
        made.set_default_timeout(PATIENCE_MS)
        _QUIET[made] = Quiet(made)
        opened.append(made)
        page = made.new_page()
        if url is not None:
            page.goto(url)
        return page

    yield visit
    watched = [_QUIET.pop(context) for context in opened]
    for context in opened:
        _stop_answering(context)
        context.close()
    for watch in watched:
        watch.check()


def _stop_answering(context: BrowserContext) -> None:
    """Let the server answer again for what a test answered itself: a page may have asked at the last moment."""
    for page in context.pages:
        page.unroute_all(behavior="ignoreErrors")
    context.unroute_all(behavior="ignoreErrors")


@pytest.fixture
def page(visit: Visit) -> Page:
    """An empty page, 1280 × 800."""
    return visit()


@cache
def _axe() -> str:
    return AXE.read_text()


def axe(page: Page, *, rules: list[str] | None = None) -> list[str]:
    """What axe finds wrong with a page as it stands, a sentence each."""
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(_axe())
    asked = {"runOnly": {"type": "tag", "values": rules or RULES}, "resultTypes": ["violations"]}
    found = page.evaluate(f"axe.run(document, {json.dumps(asked)})")
    return [
        f"{violation['id']}: {violation['help']}: {node['html'][:160]} {_why(node)}"
        for violation in found["violations"]
        for node in violation["nodes"]
    ]


def _why(node: dict[str, Any]) -> str:
    return re.sub(r"\s+", " ", node.get("failureSummary") or "")[:200]


def overflow(page: Page) -> list[str]:
    """What makes a page wider than its window."""
    return list(page.evaluate(_NARROWER_THAN_ITS_CONTENT))


def small_targets(page: Page) -> list[str]:
    """What is to be pressed and is smaller than 24 pixels."""
    return list(page.evaluate(_SMALL_TARGETS))


def shortcomings(page: Page) -> list[str]:
    """All that can be said by a machine against a page as it stands."""
    return [
        *axe(page),
        *(f"overflows: {it}" for it in overflow(page)),
        *(f"small: {it}" for it in small_targets(page)),
    ]
