// @ts-check
/** The agent's desk: signed out, or at work. All that it shows is the state that the server sends, in every window. */
import { ticking } from "../clock.js";
import { Problem, command } from "../command.js";
import { showConnection } from "../connection.js";
import { _ } from "../i18n.js";
import { live } from "../live.js";
import { pageData } from "../page.js";
import { sound } from "../sound.js";
import { batch, computed, html, render, signal } from "../vendor/ui.js";
import { Actions } from "./actions.js";
import { Bar } from "./bar.js";
import { bellOf } from "./bell.js";
import { beginFocus, keepFocus } from "./focus.js";
import { HelpDialog } from "./help.js";
import { focusedOn, ringingIn } from "./lane.js";
import { orders } from "./orders.js";
import { DeskContext } from "./parts.js";
import { choiceOf } from "./place.js";
import { preferences } from "./preferences.js";
import { inWords } from "./refusals.js";
import { notice } from "./ringing.js";
import { Scroller } from "./scroller.js";
import { pathOf } from "./seats.js";
import { actionFor, letterOf } from "./shortcuts.js";
import { Side } from "./side.js";
import { SignIn } from "./sign_in.js";
import { Stage } from "./stage.js";
import { TransferDialog } from "./transfer.js";
import { WalkInDialog } from "./walk_in.js";
import { actionsOf, orderOf } from "./work.js";

const NOBODY = 4401; // the socket's word for: you are not signed in (any more)
const TOUCHES = ["click", "keydown"]; // by these a browser knows that somebody is there, and allows sounds
const NOTED = 10_000; // ms that a remark stays

const root = /** @type {HTMLElement} */ (document.querySelector("#app"));
const bar = /** @type {HTMLElement} */ (document.querySelector("#bar"));
const speaker = sound();
const desk = signal(/** @type {ReturnType<typeof sitDown> | null} */ (null));
const farewell = signal("");
const title = document.title;

/** Begin to work with a desk in this state. @param {any} state */
function sitDown(state) {
  const lines = live({ socket: "/desk/socket", state });
  const chosen = signal(/** @type {string | null} */ (null));
  const line = { ...lines, whole: lines.state, state: computed(() => focusedOn(lines.state.value, chosen.value)) };
  if (state.now) line.clock.learn(state.now, state.rate);
  const notes = signal(/** @type {{id: number, text: string, tone: string}[]} */ ([]));
  const dialog = signal(/** @type {string | null} */ (null));
  const place = signal(/** @type {string | null} */ (null));
  let count = 0;
  let leaving = false;

  /** @param {number} id */
  const forget = (id) => (notes.value = notes.value.filter((one) => one.id !== id));
  /** @param {string} text @param {string} [tone] */
  function note(text, tone = "info") {
    const id = (count += 1);
    notes.value = [...notes.value.filter((one) => one.text !== text), { id, text, tone }].slice(-3);
    setTimeout(() => forget(id), NOTED);
  }

  const { give, underWay } = orders(
    ({ path, body, method }) => line.command(path, body, { method }),
    (error) => {
      if (error instanceof Problem && error.status === 401) standUp(_("Your sign-in has ended. Please sign in again."));
      else if (error instanceof Problem) note(inWords(error), "bad");
      else throw error;
    },
  );

  /** @param {string} name @param {Record<string, unknown>} [more] */
  async function act(name, more = {}) {
    if (line.connection.value === "offline") return null;
    if (name === "transfer" || name === "help" || name === "walk-in") {
      dialog.value = name;
      return null;
    }
    const wanted = name === "send-on" ? "transfer" : name;
    const about = more.offer ?? more.ticket ?? "";
    const seen = line.state.value;
    const done = await give(`${wanted} ${about}`.trim(), () => orderOf(wanted, seen, withPlace(name, more)));
    if (done && name === "next" && done.value === null) note(_("Nobody is waiting."));
    return done;
  }

  /** A choice of a place goes along with what is said about presence. @param {string} name @param {any} more */
  function withPlace(name, more) {
    const chosen = choiceOf(made);
    if (chosen === null || !["idle", "away"].includes(name)) return more;
    place.value = null;
    return { ...more, poc: pathOf(line.state.value.pocs, chosen) };
  }

  /** What is noted of a visit, each time anew, in turn with all else. @param {string} ticket @param {{note: string | null, outcome: string | null}} body */
  const remark = (ticket, body) =>
    give(`remark ${(count += 1)}`, () => ({ method: "PUT", path: `/desk/api/tickets/${ticket}/remark`, body }));

  async function leave() {
    leaving = true;
    try {
      await command("/desk/api/session", undefined, { method: "DELETE" });
      standUp(_("You have signed out."));
    } catch (error) {
      if (error instanceof Problem && error.status === 401) standUp(_("You have signed out."));
      else note(inWords(/** @type {any} */ (error)), "bad");
      leaving = false;
    }
  }

  const now = ticking(line.clock);
  const bell = bellOf(line, speaker);
  const made = { line, now, underWay, act, remark, place, chosen, dialog, notes, note, forget, speaker, bell, leave };
  const stopNoticing = notice(made);
  const stopKeeping = keepFocus(made);
  const stopListening = line.closeCode.subscribe((code) => {
    if (code === NOBODY) standUp(leaving ? _("You have signed out.") : _("Your sign-in has ended. Please sign in again."));
  });
  return {
    ...made,
    end() {
      stopNoticing();
      bell.close();
      stopKeeping();
      stopListening();
      line.close();
      line.connection.value = "online"; // nobody listens any more, so nothing is amiss
    },
  };
}

/** Back to the sign-in form. @param {string} why */
function standUp(why) {
  const before = desk.value;
  if (!before) return;
  batch(() => {
    farewell.value = why;
    desk.value = null;
  });
  before.end();
  document.title = title;
}

/** @param {any} state */
function signedIn(state) {
  farewell.value = "";
  open(state);
  beginFocus(state);
}

/** @param {any} state */
function open(state) {
  desk.value = sitDown(state);
  showConnection(desk.value.line);
  void tryTheSound();
}

/** Find out whether an offer could be heard, before one has to be. */
async function tryTheSound() {
  speaker.status.value = (await speaker.unlock()) ? null : "blocked";
}

function Header() {
  const current = desk.value;
  if (!current) return html`<span class="brand"><img src=${bar.dataset.mark} alt="" />Turnero</span>`;
  return html`<${DeskContext.Provider} value=${current}><${Bar} /><//>`;
}

function Main() {
  const current = desk.value;
  if (!current) return html`<${SignIn} said=${farewell.value} onIn=${signedIn} />`;
  return html`<${DeskContext.Provider} value=${current}>
    <div class="desk">
      <${Scroller} look="around" name=${_("Visitor, queues and lobby")}>
        <${Stage} />
        <${Side} />
      <//>
      <${Actions} />
    </div>
    <${Dialogs} current=${current} />
  <//>`;
}

/** @param {{current: any}} props */
function Dialogs({ current }) {
  switch (current.dialog.value) {
    case "transfer":
      return html`<${TransferDialog} />`;
    case "walk-in":
      return html`<${WalkInDialog} />`;
    case "help":
      return html`<${HelpDialog} />`;
    default:
      return null;
  }
}

addEventListener("keydown", (press) => {
  const current = desk.value;
  const letter = letterOf(press);
  if (!current || letter === null || !preferences.value.shortcuts) return;
  const { undo, parked } = current.line.state.value;
  const rings = ringingIn(current.line.whole.value); // whoever rings can be answered, whomever the desk is about
  const beside = [...(rings ? ["answer"] : []), ...(undo ? ["undo"] : []), "help"];
  const name = actionFor(letter, [...actionsOf(current.line.state.value), ...beside]);
  if (name === null) return;
  press.preventDefault();
  if (current.dialog.value !== null && name !== "answer") return; // whoever fills in a form does not mean the desk
  const about = name === "resume" ? { ticket: parked.at(-1).id } : name === "answer" ? { offer: rings?.id } : {};
  void current.act(name, about);
});

for (const event of TOUCHES) addEventListener(event, () => speaker.status.value === "blocked" && void tryTheSound());

const given = pageData(root).state;
if (given) open(given);
desk.subscribe((current) => (document.body.dataset.at = current ? "work" : "door"));
root.replaceChildren();
bar.replaceChildren();
render(html`<${Header} />`, bar);
render(html`<${Main} />`, root);
