"""The ground that all pages stand on: templates, styles, scripts, languages and headers.

**A face brings** `<face>/templates/*.html.j2`, `<face>/static/*` and handlers; `setup_pages(app, "screens", "kiosk",
"desk")` makes them found. A template is named `lobby.html.j2` in its folder and `screens/lobby.html.j2` everywhere
else; `screens/static/lobby.js` is `static('screens/lobby.js')`, and imports the ground's scripts from beside its own
folder: `import { live } from "../live.js"`, `import { html } from "../vendor/ui.js"`. Node's tests (`tests/js/`) and
editors (`jsconfig.json`) resolve the same paths.

**A page that stands still** extends `base.html.j2`, a page that follows the server `live.html.j2` (which adds the
places for `data-connection` and for what is said aloud). Blocks: `title`, `styles`, `scripts`, `bar` (what stands in
the top bar beside the languages), `header` (the whole bar; empty it for a screen), `main`, `footer`, `body_attributes`
(` class="full"`: fills the screen, never scrolls), `main_attributes`, `html_attributes`, `sending` (what a plain form
needs when the server is away; a live page that has one includes `sending.html.j2`, one without any empties it).

    return render(request, "screens/lobby.html.j2", {"page": {"state": state}}, default_language=screen.languages[0])

    {% extends "live.html.j2" %}
    {% from "macros.html.j2" import icon, alert, field, select %}
    {% block styles %}<link rel="stylesheet" href="{{ static('screens/lobby.css') }}">{% endblock %}
    {% block scripts %}<script type="module" src="{{ static('screens/lobby.js') }}"></script>{% endblock %}
    {% block main %}<div id="app" data-page='{{ page|tojson }}'>what those without scripts see</div>{% endblock %}

    const root = document.querySelector("#app");
    const lobby = live({ socket: `${location.pathname}/socket`, state: pageData(root).state });
    showConnection(lobby);
    root.replaceChildren();
    render(html`<${Lobby} lobby=${lobby} />`, root);

Templates also know `language` (tag, direction, locale), `language_links` (the bar shows them; `languages.html.j2` can
be included elsewhere), `with_lang(path)` (a link that keeps a `?lang=` that was asked for), `version`, `theme`, and,
as filters or calls, `number`, `minutes`, `wait(low, high)`, `duration`, `time(zone)`, `day(zone)`, `date`. A name that
the view does not have is an error. `?theme=light|dark|contrast` fixes a page's theme; scripts set `dataset.theme` and
`dataset.text = "large"` on `<html>`.

**Styles**: `tokens.css` names colours, sizes and spaces, `components.css` has the parts (page, stack, row, grid,
button, card, ticket, number, plate, tile, badge, alert, stat, empty, field, choices, switch, table, dialog, toast,
countdown). A face writes `@layer pages { … }`, uses tokens for every colour and logical directions (`inline-start`,
not `left`), and keeps out of `style=`: the policy forbids it in markup (a script may still set `element.style`).
Marigold (`--accent`) means "now": one accent on a page. Tests find things by role, name and `data-*`, so classes are
free to change.

**Scripts**: `live.js` (state over a socket, offline, commands), `command.js` (`command`, `Problem`), `connection.js`,
`clock.js` (`ticking(lobby.clock)`: the server's time; never read `Date`), `sound.js` (chimes and clips: played,
blocked or off), `announce.js`, `icons.js`, `page.js`, `sending.js` (plain forms), `i18n.js`. Each begins with
`// @ts-check`; what decides is a pure function with a test in `tests/js/`.

**What sockets send**: the whole state with `seq` and `now`, at least every 5 s (an unchanged state, or `{now}` alone);
with `version: app[ASSETS].version`, pages notice a new release; with `rate`, a sandbox's clock that runs faster. 4401
closes a socket whose owner may no longer listen.

**Words** are English literals: `_("…")` and `ngettext` in templates and scripts, with `%(name)s` for values;
`translations(language).gettext` in Python, `N_("…")` where the language is not known yet. Whole sentences, never parts
put together. After adding any: `python tools/i18n.py update`, translate the new entries of every .po file,
`python tools/i18n.py check`. A sandbox shows `?lang=en-XA`, English made strange and long: look at it.

**What is an account's own**: `render(…, own=own_of(network, branch))` puts its colours, letters and logo on, and
templates say the texts that it wrote itself with `own(queue.name)` (`own.text(…)` in titles and attributes); scripts
with `own(text)` and `<${Own} text=… />` of `own.js`.

**Headers** come by themselves (`security.py`): a strict Content-Security-Policy, no-store, no referrer to others.
"""

from __future__ import annotations

from aiohttp import web

from qms.domain.marks import N_
from qms.web.pages import assets, own_files, rendering, security
from qms.web.pages.assets import ASSETS, Assets
from qms.web.pages.catalogues import translations
from qms.web.pages.entrance import led_to_sign_in
from qms.web.pages.languages import PSEUDO_SPOKEN, SHIPPED, Language, language_of
from qms.web.pages.rendering import ENVIRONMENTS, render, render_refusal, with_lang

__all__ = [
    "ASSETS",
    "SHIPPED",
    "Assets",
    "Language",
    "N_",
    "language_of",
    "render",
    "render_refusal",
    "setup_pages",
    "translations",
    "led_to_sign_in",
    "with_lang",
]


def setup_pages(app: web.Application, *packages: str, sandbox: str | None = None) -> None:
    """Let an application show pages: its own files, templates and headers, and those of the faces.

    `packages` are the faces that bring `templates/` or `static/` folders, by name. Every process names all of them,
    whichever it runs, because a load balancer sends `/static/…` to any. `sandbox` is the setting of a sandbox's clock;
    every page then says that its time is not the world's.
    """
    app[ASSETS] = Assets.read(packages)
    app[PSEUDO_SPOKEN] = sandbox is not None
    app[ENVIRONMENTS] = rendering.environments(packages, app[ASSETS], sandbox)
    app.router.add_get("/static/{path:.+}", assets.serve)
    app.router.add_get("/worker.js", assets.worker)
    app.router.add_get("/favicon.ico", assets.favicon)
    own_files.routes(app)
    app.on_response_prepare.append(security.add_headers)
