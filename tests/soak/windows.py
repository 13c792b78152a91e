"""Four pages that stay open: lobby, kiosk, desk and a ticket's; and what people do at them."""

from playwright.sync_api import Browser, Page
from playwright.sync_api import TimeoutError as Late

from tests.e2e.browser import Quiet
from tests.e2e.turnero import Turnero
from tests.soak.branch import DESK, KIOSK, LOBBY, PASSWORD, ask, take
from tests.soak.gauges import PageGauge

ROUND = 12
"""Beats until everything is done again."""

SIZES = {"lobby": (1280, 720), "kiosk": (720, 1280), "desk": (1280, 800), "ticket": (390, 844)}
REMEMBER_SHOWN = """() => {
  window.shown = new Set();
  const large = () => document.querySelectorAll("[data-call][aria-current=true]");
  const see = () => large().forEach((it) => shown.add(Number(it.dataset.call)));
  new MutationObserver(see).observe(document.body, { subtree: true, childList: true, attributeFilter: ["data-call"] });
  see();
}"""
TAKE_SHOWN = "() => { const seen = [...shown]; shown.clear(); return seen; }"


class Windows:
    """The pages, each on a device of its own."""

    def __init__(self, browser: Browser, server: Turnero) -> None:
        self._server = server
        self._browser = browser
        self._watched: dict[str, Quiet] = {}
        self.gauges: dict[str, PageGauge] = {}
        self._lobby = self._open("lobby", LOBBY)
        self._lobby.evaluate(REMEMBER_SHOWN)
        self._kiosk = self._open("kiosk", KIOSK)
        self._open("ticket", take(server, "notary"))
        self._desk = self._open("desk", DESK)
        self._watched["desk"].forgive("410 (Gone)")  # what rang has lapsed as it was answered
        self._sign_in()
        self._beats = 0

    def beat(self) -> None:
        """What happens every ten seconds: a little of everything, one after the other."""
        acts = {0: self._take_a_number, 3: self._come_and_go, 6: self._type_and_leave, 9: self._come_and_go}
        acts.get(self._beats % ROUND, self._work)()
        self._beats += 1

    @property
    def at_rest(self) -> bool:
        """Whether a round is over: the pages show what they showed after the last one, so that the two compare."""
        return self._beats % ROUND == 0

    def wait(self, seconds: float) -> None:
        """Let the pages go on."""
        self._lobby.wait_for_timeout(seconds * 1000)

    def newly_shown(self) -> set[int]:
        """The calls that the lobby has shown large since this was asked last, by their `seq`."""
        return set(self._lobby.evaluate(TAKE_SHOWN))

    @property
    def complaints(self) -> list[str]:
        """What was said on any console, violations of the policy among it, and every other host that was asked."""
        said = [text for watch in self._watched.values() for text in watch.complaints]
        return said + [f"asked {host}" for watch in self._watched.values() for host in sorted(watch.strangers)]

    def _open(self, name: str, path: str) -> Page:
        width, height = SIZES[name]
        context = self._browser.new_context(viewport={"width": width, "height": height}, locale="en-GB")
        self._watched[name] = Quiet(context)
        page = context.new_page()
        page.goto(self._server.url + path)
        self.gauges[name] = PageGauge(page)
        return page

    def _sign_in(self) -> None:
        self._desk.fill("[name=email]", "you@demo.example")
        self._desk.fill("[name=password]", PASSWORD)
        self._desk.press("[name=password]", "Enter")
        self._desk.select_option("[name=poc]", label="Counter 4")
        self._desk.click("[data-action=idle]")

    def _take_a_number(self) -> None:
        """At the kiosk, in one of two languages; it starts over by itself."""
        self._press(self._kiosk, "[data-action=more-time]")
        language = "Español" if self._beats % 24 else "English"
        self._kiosk.get_by_role("button", name=language).click()
        self._press(self._kiosk, "[data-queue=cash]")

    def _type_and_leave(self) -> None:
        """Somebody begins to type the code of an appointment and goes: the kiosk asks, waits and starts over."""
        code = self._kiosk.locator("[name=code]")
        if code.is_visible():
            code.fill("AB-12")

    def _come_and_go(self) -> None:
        """Somebody takes a number behind the ticket that waits for ever, and leaves."""
        ask(self._server, take(self._server, "notary") + "/leave", {})

    def _work(self) -> None:
        """The agent answers what rings, serves who was called, and calls the next."""
        for action in ("answer", "serve", "wrap-up", "next", "idle"):
            if self._press(self._desk, f"[data-action={action}]"):
                return

    def _press(self, page: Page, selector: str) -> bool:
        """Press what is there to be pressed; whether it was. It may go while one reaches for it."""
        there = page.locator(f"{selector}:enabled").first
        if not there.is_visible():
            return False
        try:
            there.click(timeout=5_000)
        except Late:
            return False
        return True
