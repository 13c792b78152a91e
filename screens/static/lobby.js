// @ts-check
/**
 * The lobby screen: what is called now, large; what was called before; who waits; the time.
 *
 * Labels take turns in the screen's languages; the page's own direction stays that of the first, so that nothing jumps.
 */
import { announce } from "../announce.js";
import { ticking } from "../clock.js";
import { showConnection } from "../connection.js";
import { translator } from "../i18n.js";
import { live } from "../live.js";
import { pageData } from "../page.js";
import { renewing } from "../renewing.js";
import { sound } from "../sound.js";
import { computed, effect, html, render, signal } from "../vendor/ui.js";
import { announcer } from "./announcer.js";
import { listed, standing } from "./announcing.js";
import { Calls, Stage } from "./calls.js";
import { reporting } from "./reporting.js";
import { Band, Caution, Heading } from "./surroundings.js";

const TURN = 8000; // ms that labels stay in one language, and a part of a long list on the screen

const root = /** @type {HTMLElement} */ (document.querySelector("#lobby"));
/** @type {{socket: string, state: any, languages: string[], audio: boolean}} */
const page = pageData(root);
const translators = await Promise.all(page.languages.map(translator));
const lobby = live({ socket: page.socket, state: page.state });
const sounds = sound({ volume: page.audio ? 1 : 0 });
lobby.clock.learn(page.state.now);

const now = ticking(lobby.clock);
const turn = signal(0);
const { board, glowing, painted, audio } = announcer(lobby, sounds, page.socket);

/** What the parts of the screen read. */
const view = {
  state: lobby.state,
  now,
  turn,
  words: computed(() => translators[turn.value % translators.length]),
  offline: computed(() => lobby.connection.value === "offline"),
  board,
  call: computed(() => standing(board.value, now.value)),
  calls: computed(() => listed(board.value, lobby.state.value.calls, now.value)),
  glowing,
  audio,
  unlock: sounds.unlock,
};

/** @typedef {typeof view} View */

function Lobby() {
  return html`<${Heading} view=${view} /><${Stage} view=${view} /><${Calls} view=${view} />
    ${view.offline.value ? html`<${Caution} view=${view} />` : html`<${Band} view=${view} />`}`;
}

effect(() => void root.toggleAttribute("data-offline", view.offline.value));
glowing.subscribe((seq) => {
  const call = board.peek().shown;
  if (seq !== null && call) announce([call.number, call.poc].join(" "));
});
reporting(lobby, () => ({ painted: painted.value, audio: audio.value }));
setInterval(() => (turn.value += 1), TURN);
setTimeout(() => root.toggleAttribute("data-settled", true), TURN / 2); // what is there at the start does not come in
root.replaceChildren();
render(html`<${Lobby} />`, root);
showConnection(lobby);
renewing(lobby, () => !board.peek().waiting.length && glowing.peek() === null);
