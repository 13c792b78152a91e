// @ts-check
/**
 * What the agent notes of a visit: a text, and what came of it. It is kept by itself, a moment after the last letter and
 * before anything else that he does.
 */
import { _, language } from "../i18n.js";
import { nameIn } from "../own.js";
import { html, useEffect, useRef, useSignal } from "../vendor/ui.js";
import { isOffline, useDesk } from "./parts.js";

const LONGEST = 2000;
const PAUSE = 1000; // ms after the last letter

/** @typedef {import("../own.js").Named & {key: string}} Outcome */

/** What can be chosen: the queue's, and what was chosen where it stood before. @param {any} ticket @returns {Outcome[]} */
export function choicesOf({ outcomes, outcome }) {
  const known = outcomes.some((/** @type {Outcome} */ one) => one.key === outcome?.key);
  return outcome && !known ? [...outcomes, outcome] : outcomes;
}

/** What was typed, and how it is kept. @param {any} ticket */
function useDraft(ticket) {
  const desk = useDesk();
  const text = useSignal(ticket.note ?? "");
  const chosen = useSignal(ticket.outcome?.key ?? "");
  const status = useSignal(/** @type {"" | "typing" | "kept" | "lost"} */ (""));
  const sent = useRef({ note: text.value, outcome: chosen.value, underWay: 0 });

  async function keep() {
    const note = text.value.trim();
    const outcome = chosen.value;
    if (note === sent.current.note && outcome === sent.current.outcome && status.value !== "lost") return;
    Object.assign(sent.current, { note, outcome, underWay: sent.current.underWay + 1 });
    const done = await desk.remark(ticket.id, { note: note || null, outcome: outcome || null });
    sent.current.underWay -= 1;
    status.value = done ? "kept" : "lost";
  }

  const latest = useRef(keep);
  latest.current = keep;
  useEffect(() => {
    if (status.value !== "typing") return undefined;
    const timer = setTimeout(() => void keep(), PAUSE);
    return () => clearTimeout(timer);
  }, [text.value, status.value]);
  useEffect(() => () => void latest.current(), []);
  useEffect(() => {
    const { note, outcome, underWay } = sent.current;
    const there = { note: ticket.note ?? "", outcome: ticket.outcome?.key ?? "" };
    if (underWay || text.value.trim() !== note || (there.note === note && there.outcome === outcome)) return;
    Object.assign(sent.current, there); // noted in another window
    [text.value, chosen.value] = [there.note, there.outcome];
  }, [ticket.note, ticket.outcome?.key]);
  return { text, chosen, status, keep };
}

/** @param {{ticket: any}} props */
export function Remark({ ticket }) {
  const desk = useDesk();
  const { text, chosen, status, keep } = useDraft(ticket);
  const choices = choicesOf(ticket);

  /** @param {any} event */
  function typed(event) {
    text.value = event.currentTarget.value;
    status.value = "typing";
  }
  /** @param {any} event */
  function chose(event) {
    chosen.value = event.currentTarget.value;
    void keep();
  }
  const shortcut = (/** @type {KeyboardEvent} */ event) => event.altKey && void keep(); // what it does comes after
  return html`<section class="remark" aria-label=${_("Notes on this visit")}>
    ${choices.length > 0 && html`<div class="field">
      <label for="outcome">${_("Outcome")}</label>
      <select class="input" id="outcome" name="outcome" value=${chosen.value} disabled=${isOffline(desk)} onChange=${chose}>
        <option value="">${_("None chosen")}</option>
        ${choices.map((one) => html`<option value=${one.key} key=${one.key}>${nameIn(one, language.value)}</option>`)}
      </select>
    </div>`}
    <div class="field">
      <label for="note">${_("Note")}</label>
      <textarea class="input" id="note" name="note" dir="auto" maxlength=${LONGEST} value=${text.value} aria-describedby="note-kept"
        onInput=${typed} onBlur=${() => void keep()} onKeyDown=${shortcut}></textarea>
      <p class="hint" id="note-kept" role="status">${wordsFor(status.value)}</p>
    </div>
  </section>`;
}

/** @param {string} status */
function wordsFor(status) {
  if (status === "kept") return _("Saved");
  if (status === "lost") return _("Not saved");
  return _("Colleagues read it when this person comes again.");
}
