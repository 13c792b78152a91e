// @ts-check
/** Small things that the parts of the desk share: its running state, buttons, and times that go on. */
import { _, number, stopwatch } from "../i18n.js";
import { icon } from "../icons.js";
import { createContext, html, useContext } from "../vendor/ui.js";
import { APPLE, preferences } from "./preferences.js";
import { letterFor } from "./shortcuts.js";
import { iconOf, labelOf, withheld } from "./work.js";

/**
 * @typedef {object} Desk what every part may read and do
 * @property {import("../live.js").Live & {whole: {value: any}}} line its `state` is about one person, `whole` about all
 * @property {{value: number}} now the server's time, each second
 * @property {{value: string[]}} underWay
 * @property {(name: string, more?: Record<string, unknown>) => Promise<{value: any} | null>} act
 * @property {(ticket: string, body: {note: string | null, outcome: string | null}) => Promise<{value: any} | null>} remark
 * @property {{value: string | null}} place the choice of a POC that is not sent yet; "" is none of them, null no choice
 * @property {{value: string | null}} chosen of several people at the desk the one whom it is about; null: the first
 * @property {{value: string | null}} dialog which one is open
 * @property {{value: {id: number, text: string, tone: string}[]}} notes remarks that go by themselves
 * @property {(text: string, tone?: string) => void} note
 * @property {(id: number) => void} forget a remark
 * @property {ReturnType<typeof import("../sound.js").sound>} speaker
 * @property {ReturnType<typeof import("./bell.js").bellOf>} bell
 * @property {() => void} leave sign out
 */

export const DeskContext = createContext(/** @type {any} */ (null));

/** @returns {Desk} */
export function useDesk() {
  return useContext(DeskContext);
}

/** Whether nothing can be asked of the server. @param {Desk} desk */
export function isOffline(desk) {
  return desk.line.connection.value === "offline";
}

/**
 * A button for an action, always one click.
 * @param {object} props
 * @param {string} props.name the action
 * @param {string} [props.look] classes
 * @param {Record<string, unknown>} [props.more] what goes along with it
 * @param {boolean} [props.keyed] whether its shortcut is shown
 * @param {any} [props.own] further attributes
 */
export function Do({ name, look = "", more, keyed = true, own = {} }) {
  const desk = useDesk();
  const state = desk.line.state.value;
  const letter = letterFor(name);
  return html`<button type="button" class=${`button ${look}`} data-action=${name}
      disabled=${isOffline(desk) || withheld(name, state)}
      aria-busy=${desk.underWay.value.includes(`${name} ${more?.offer ?? more?.ticket ?? ""}`.trim())}
      aria-keyshortcuts=${letter && preferences.value.shortcuts ? `Alt+${letter}` : undefined}
      onClick=${once(() => void desk.act(name, more))} onKeyDown=${onlyFresh} ...${own}>
    ${icon(iconOf(name), { directional: name === "undo" })}
    <span class="button-words">${labelOf(name, state)}</span>
    ${keyed && html`<${Key} name=${name} />`}
  </button>`;
}

/** The second click of a double click is no second wish: by then the button may mean something else. @param {() => void} work */
export function once(work) {
  return (/** @type {MouseEvent} */ event) => {
    if (event.detail < 2) work();
  };
}

/** A key held down is pressed once. @param {KeyboardEvent} event */
export function onlyFresh(event) {
  if (event.repeat && (event.key === "Enter" || event.key === " ")) event.preventDefault();
}

/** The letter of an action, for the eyes. @param {{name: string}} props */
export function Key({ name }) {
  const letter = letterFor(name);
  if (!letter || !preferences.value.shortcuts) return null;
  return html`<kbd class="key" aria-hidden="true">${APPLE ? `⌥${letter}` : `Alt+${letter}`}</kbd>`;
}

/** How long since an instant, going on. @param {{since: string | null | undefined}} props */
export function Since({ since }) {
  const desk = useDesk();
  if (!since) return null;
  return html`<time class="since" datetime=${since}>${stopwatch((desk.now.value - Date.parse(since)) / 1000)}</time>`;
}

/** Time that runs out. @param {{from?: string | null, until: string | null | undefined, label: string}} props */
export function Countdown({ from, until, label }) {
  const desk = useDesk();
  if (!until) return null;
  const end = Date.parse(until);
  const left = Math.max(0, (end - desk.now.value) / 1000);
  const whole = from ? Math.max(1, (end - Date.parse(from)) / 1000) : Math.max(left, 1);
  return html`<div class="runs-out">
    <progress class="countdown" max=${whole} value=${left} aria-label=${label}></progress>
    <span class="runs-out-seconds" aria-hidden="true">${_("%(seconds)s s", { seconds: number(Math.ceil(left)) })}</span>
  </div>`;
}
