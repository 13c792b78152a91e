// @ts-check
/**
 * Whether the person at the kiosk has gone. After a while without a touch the kiosk asks; without an answer it starts
 * over, so that the next person does not find what the last one did.
 */
import { _, ngettext } from "../i18n.js";
import { icon } from "../icons.js";
import { html, signal, useEffect, useRef } from "../vendor/ui.js";

/** Seconds without a touch before the kiosk asks, and for an answer. */
export const QUIET = 30;
export const ANSWER = 20;

/**
 * @param {number} seconds since the last touch
 * @returns {{asking: boolean, left: number, over: boolean}} `left`: whole seconds to answer
 */
export function phase(seconds) {
  const left = Math.ceil(QUIET + ANSWER - seconds);
  return { asking: seconds >= QUIET && left > 0, left: Math.min(ANSWER, Math.max(0, left)), over: left <= 0 };
}

/**
 * @param {() => boolean} pristine whether there is nothing to forget
 * @param {() => boolean} busy whether something is being done for the person
 * @param {() => void} over
 */
export function watching(pristine, busy, over) {
  const state = signal(phase(0));
  let touched = performance.now();

  function touch() {
    touched = performance.now();
    state.value = phase(0);
  }

  /** The question's own buttons answer when they are let go. @param {Event} event */
  const input = (event) => void (event.target instanceof Element && event.target.closest("dialog") ? null : touch());
  for (const event of ["pointerdown", "keydown", "wheel"]) addEventListener(event, input, { capture: true, passive: true });
  setInterval(() => {
    if (pristine() || busy()) return touch();
    const next = phase((performance.now() - touched) / 1000);
    if (next.over) {
      over();
      touch();
    } else if (next.left !== state.value.left || next.asking !== state.value.asking) state.value = next;
  }, 250);
  return { state, touch };
}

/** @param {{idle: ReturnType<typeof watching>, over: () => void}} props */
export function Asking({ idle, over }) {
  return idle.state.value.asking ? html`<${Question} idle=${idle} over=${over} />` : null;
}

/** @param {{idle: ReturnType<typeof watching>, over: () => void}} props */
function Question({ idle, over }) {
  const dialog = useRef(/** @type {HTMLDialogElement | null} */ (null));
  const { left } = idle.state.value;
  useEffect(() => {
    const shown = dialog.current;
    shown?.showModal();
    return () => shown?.close();
  }, []);
  const again = () => {
    over();
    idle.touch();
  };
  return html`<dialog class="dialog asking" ref=${dialog} role="alertdialog" aria-labelledby="asking" onCancel=${idle.touch}>
    <h2 id="asking">${icon("hourglass")} ${_("Are you still there?")}</h2>
    <p aria-hidden="true">
      ${ngettext("This page starts over in %(num)s second.", "This page starts over in %(num)s seconds.", left)}
    </p>
    <progress class="countdown" max=${ANSWER} value=${left} aria-hidden="true"></progress>
    <div class="row">
      <button class="button large" type="button" onClick=${again}>${_("Start over")}</button>
      <button class="button large primary" type="button" data-action="more-time" onClick=${idle.touch} autofocus>
        ${_("I need more time")}
      </button>
    </div>
  </dialog>`;
}
