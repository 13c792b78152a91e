// @ts-check
/** What stands around the calls: where this is, the time, who waits and how long, whether there is sound. */
import { icon } from "../icons.js";
import { Logo, Own } from "../own.js";
import { html } from "../vendor/ui.js";
import { part } from "./announcing.js";
import { Named, Words } from "./calls.js";
import { queuesIn } from "./room.js";

const NUMBERS = 24; // more than ever fit beside a queue

/** @typedef {{view: import("./lobby.js").View}} Props */

/** What is shown here: the branch, or all of them. @param {import("./lobby.js").View} view */
export function named({ state, words }) {
  const { branch, branches } = state.value;
  const { tag } = words.value;
  return (branches ?? [branch]).map((/** @type {any} */ one, /** @type {number} */ nth) => html`${nth ? " · " : ""}<${Own} text=${one.label} tag=${tag} />`);
}

/** The branch, and the wall time there by the server's clock. @param {Props} props */
export function Heading({ view }) {
  const { branch } = view.state.value;
  const { tag, direction, time, day } = view.words.value;
  return html`<header class="heading">
    <${Logo} />
    <div class="heading-place">
      <h1>${named(view)}</h1>
      <p lang=${tag} dir=${direction}>${day(view.now.value, branch.timezone)}</p>
    </div>
    <${SoundNote} view=${view} />
    <p class="heading-time" lang=${tag} dir=${direction}><time>${time(view.now.value, branch.timezone)}</time></p>
  </header>`;
}

/** Who waits, queue by queue; another few of them at each turn, of one branch at a time. @param {Props} props */
export function Band({ view }) {
  const { queues, waiting, branches } = view.state.value;
  if (!queues.length || view.resting.value) return null;
  const room = queuesIn(view.glass.value, view.media.value.length > 0, branches !== undefined);
  const shown = part(queues, room, view.turn.value, (/** @type {any} */ { branch }) => branch);
  const [{ branch }] = shown;
  return html`<section class="band">
    <h2><${Words} view=${view} text=${view.words.value.gettext("Waiting")} />${branch && html` · <${Own} text=${branch} tag=${view.words.value.tag} />`}</h2>
    <ul class="band-queues">
      ${shown.map((/** @type {any} */ queue) => html`<${Queue} view=${view} queue=${queue}
        numbers=${waiting.filter((/** @type {any} */ one) => one.queue === queue.name && one.branch === queue.branch).map((/** @type {any} */ one) => one.number)} />`)}
    </ul>
  </section>`;
}

/** @param {Props & {queue: any, numbers: string[]}} props */
function Queue({ view, queue, numbers }) {
  const { tag, direction, number, wait, gettext } = view.words.value;
  return html`<li class="queue">
    <h3><${Own} text=${queue.name} tag=${tag} /></h3>
    <p class="queue-figures" lang=${tag} dir=${direction}>
      <span>${icon("users")}<span class="visually-hidden">${gettext("People waiting:")} </span>${number(queue.waiting)}</span>
      ${queue.wait_minutes &&
      html`<span>${icon("clock")}<span class="visually-hidden">${gettext("Wait:")} </span>${wait(queue.wait_minutes)}</span>`}
    </p>
    <ul class="queue-numbers">${numbers.slice(0, NUMBERS).map((one) => html`<li><bdi>${one}</bdi></li>`)}</ul>
  </li>`;
}

/** Asks for the one press that some televisions want before they make a sound: of any key, anywhere. @param {Props} props */
function SoundNote({ view }) {
  if (view.audio.value !== "blocked") return null;
  return html`<button class="button sound-note" type="button">
    ${icon("volume-x")}<${Words} view=${view} text=${view.words.value.gettext("Press OK to turn the sound on")} />
  </button>`;
}

/** What to do while the screen cannot know, and how old is what it shows. @param {Props} props */
export function Caution({ view }) {
  const { gettext, time } = view.words.value;
  const since = time(view.heardAt.value ?? view.now.value, view.state.value.branch.timezone);
  return html`<div class="caution">
    ${icon("triangle-alert")}
    <p>
      <${Words} view=${view} text=${gettext("This screen may be out of date. Please listen for your number, or ask the staff.")} />
      ${" "}<${Words} view=${view} text=${gettext("Last news at %(time)s.", { time: since })} />
    </p>
  </div>`;
}

/** What the branch has to say, one thing at a time: it stands still, so that everybody has the time to read it. @param {Props} props */
export function Ticker({ view }) {
  const ticker = view.ticker.value;
  if (!ticker.length) return null;
  const said = ticker[view.turn.value % ticker.length];
  return html`<footer class="ticker">${icon("info")}
    <div key=${said} class="ticker-said"><${Named} view=${view} text=${said} /></div>
  </footer>`;
}
