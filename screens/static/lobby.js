// @ts-check
/**
 * The lobby screen: what is called now, large; what was called before; who waits; the time.
 *
 * Labels take turns in the screen's languages; the page's own direction stays that of the first, so that nothing jumps.
 * Whatever was changed from afar holds at once, but for the languages, for which the page is loaded anew.
 */
import { announce } from "../announce.js";
import { awake } from "../awake.js";
import { ticking } from "../clock.js";
import { showConnection } from "../connection.js";
import { translator } from "../i18n.js";
import { keeping, keptAt } from "../keeping.js";
import { live } from "../live.js";
import { obeying } from "../orders.js";
import { own } from "../own.js";
import { pageData } from "../page.js";
import { renewing } from "../renewing.js";
import { sound } from "../sound.js";
import { computed, effect, html, render, signal } from "../vendor/ui.js";
import { announcer } from "./announcer.js";
import { listed, standing } from "./announcing.js";
import { Calls, Stage } from "./calls.js";
import { Closed, rests } from "./closed.js";
import { homeless } from "./homeless.js";
import { Identity, Test } from "./identity.js";
import { measured, readFrom } from "./legible.js";
import { Media } from "./media.js";
import { reporting } from "./reporting.js";
import { resting } from "./resting.js";
import { rowsOf } from "./room.js";
import { Band, Caution, Heading, Ticker } from "./surroundings.js";

const SILENCE = 2800; // ms: a screen is spoken to every second or so
const TURN = 8000; // ms that labels stay in one language, and a part of a long list on the screen
const THEMES = ["light", "dark", "contrast"];

const root = /** @type {HTMLElement} */ (document.querySelector("#lobby"));
/** @type {{socket: string, state: any, languages: string[], blank: string}} */
const page = pageData(root);
const asked = new URLSearchParams(location.search);
const translators = await Promise.all(page.languages.map(translator));
if (keptAt() !== null) page.state = { ...page.state, calls: [], waiting: [], queues: [] }; // what was called then, misleads
const lobby = live({ socket: page.socket, state: page.state, silence: SILENCE });
const setup = computed(() => lobby.state.value.screen);
const volume = () => (setup.value.audio ? setup.value.volume / 100 : 0);
const sounds = sound({ volume: volume() });
effect(() => void (sounds.volume.value = volume()));
lobby.clock.learn(page.state.now);

const now = ticking(lobby.clock);
const size = () => ({ width: innerWidth, height: innerHeight });
const glass = signal(size());
addEventListener("resize", () => (glass.value = size()));
const turn = signal(0);
const { board, glowing, painted, audio, test } = announcer(lobby, sounds, page.socket, keptAt() !== null);
const quiet = () => !board.peek().waiting.length && glowing.peek() === null;
const { identified, testing, tested } = obeying(computed(() => setup.value.orders), {
  test: () => test(setup.peek().test.map((/** @type {any} */ clip) => clip.url)),
  reload: () => location.reload(),
});

/** What the parts of the screen read. */
const view = {
  state: lobby.state,
  setup,
  now,
  glass,
  turn,
  words: computed(() => translators[turn.value % translators.length]),
  offline: computed(() => lobby.connection.value === "offline"),
  heardAt: lobby.heardAt,
  resting: computed(() => rests(lobby.state.value, now.value)),
  media: computed(() => (telling() ? setup.value.media : [])),
  ticker: computed(() => (telling() ? setup.value.ticker : [])),
  board,
  first: board.peek().shown?.seq ?? 0,
  call: computed(() => standing(board.value, now.value)),
  rows: computed(() => rowsOf(glass.value, view.media.value.length > 0, lobby.state.value.branches !== undefined)),
  calls: computed(() => listed(board.value, lobby.state.value.calls, now.value, view.rows.value)),
  glowing,
  audio,
};

/** @typedef {typeof view} View */

/** Whether there is room for more than calls: not while it has to be said that these may be old. @returns {boolean} */
const telling = () => !view.offline.value && !view.resting.value;

function Lobby() {
  const media = view.media.value;
  const identity = identified.value || asked.has("setup");
  return html`
    ${view.resting.value
      ? html`<${Closed} view=${view} />`
      : html`<${Heading} view=${view} /><${Stage} view=${view} /><${Calls} view=${view} />
          ${media.length > 0 && html`<${Media} key=${media.map(urlOf).join()} media=${media} seconds=${setup.value.media_seconds} />`}
          ${view.offline.value ? html`<${Caution} view=${view} />` : setup.value.show_counts && html`<${Band} view=${view} />`}
          <${Ticker} view=${view} />`}
    ${identity && html`<${Identity} view=${view} />`}
    ${testing.value && html`<${Test} view=${view} />`}`;
}

/** @param {{url: string}} medium */
const urlOf = ({ url }) => url;

/** How far the screen can be read; measured again whenever something else is called. */
function reads() {
  const inches = setup.value.diagonal_inches;
  const parts = inches && view.call.value ? measured(document, inches) : [];
  const number = parts.find(({ what }) => what === "number");
  return parts.length ? { number_metres: number?.metres, reads_metres: readFrom(parts) ?? undefined } : {};
}

const started = new Date(lobby.clock.now()).toISOString();
const release = document.querySelector("meta[name=version]")?.getAttribute("content");
const skew = () => Math.round((Date.now() - lobby.clock.now()) / 5000) * 5;

effect(() => void root.toggleAttribute("data-offline", view.offline.value));
effect(() => void root.toggleAttribute("data-still", setup.value.motion === false));
effect(() => void root.toggleAttribute("data-ticker", view.ticker.value.length > 0));
effect(() => void root.toggleAttribute("data-media", view.media.value.length > 0));
effect(() => void (root.dataset.rows = String(view.rows.value)));
effect(() => void (root.dataset.listed = String(view.calls.value.length)));
effect(() => void root.toggleAttribute("data-resting", view.resting.value));
effect(() => void root.toggleAttribute("data-countless", !setup.value.show_counts));
effect(() => void root.toggleAttribute("data-several", lobby.state.value.branches !== undefined));
effect(() => {
  const wanted = asked.get("theme") ?? setup.value.theme;
  const theme = view.resting.value ? "dark" : THEMES.find((one) => one === wanted);
  if (theme) document.documentElement.dataset.theme = theme;
  else delete document.documentElement.dataset.theme;
});
effect(() => {
  const before = page.state.screen.languages.join();
  if (setup.value.languages.join() !== before) location.reload();
});
glowing.subscribe((seq) => {
  const call = board.peek().shown;
  if (seq !== null && call) announce([call.number, call.branch, call.poc].map((one) => one && own(one, view.words.peek().tag)).filter(Boolean).join(" "));
});
reporting(lobby, () => ({
  painted: painted.value,
  audio: audio.value,
  device: {
    ...glass.value,
    ...reads(),
    release,
    started_at: started,
    skew_seconds: skew(),
    tested: tested.value,
  },
}));
setInterval(() => (turn.value += 1), TURN);
root.replaceChildren();
render(html`<${Lobby} />`, root);
showConnection(lobby);
renewing(lobby, quiet);
keeping();
awake(() => true); // also at night: nobody wakes it in the morning
homeless(lobby, page.blank);
resting(root, () => {
  const { timezone } = lobby.state.peek().branch;
  const hour = Number(new Intl.DateTimeFormat("en", { timeZone: timezone, hour: "2-digit", hourCycle: "h23" }).format(now.peek()));
  return { hour, quiet: quiet() && lobby.connection.peek() === "online" };
});
