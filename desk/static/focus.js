// @ts-check
/** The focus of those who work by keyboard: a button that goes away, or cannot be pressed for a while, must not lose it. */
import { effect } from "../vendor/ui.js";
import { phaseOf } from "./work.js";

/** @returns {string | null} the action whose button has the focus */
function focused() {
  const { activeElement } = document;
  return activeElement instanceof HTMLElement ? activeElement.dataset.action ?? null : null;
}

/** @param {string} selector */
function giveTo(selector) {
  /** @type {HTMLElement | null} */ (document.querySelector(selector))?.focus();
}

/** @param {() => void} work when the page has been drawn anew, and the focus is nowhere */
function ifLost(work) {
  requestAnimationFrame(() => requestAnimationFrame(() => document.activeElement === document.body && work()));
}

/** Begin where the next thing is to be done. @param {any} state */
export function beginFocus(state) {
  ifLost(() => giveTo(phaseOf(state) === "out" ? "[name=poc]" : "[data-primary]"));
}

/**
 * Follow a desk until the answer is called: the focus goes to the primary button where its own has gone away, and comes
 * back after an outage.
 * @param {import("./parts.js").Desk} desk @returns {() => void}
 */
export function keepFocus(desk) {
  /** @type {string | null} */ let held = null;
  const stopFollowing = effect(() => {
    void desk.line.state.value;
    if (focused()) ifLost(() => giveTo("[data-primary]"));
  });
  const stopListening = desk.line.connection.subscribe((connection) => {
    const before = held;
    held = connection === "offline" ? focused() : null;
    if (before && !held) ifLost(() => giveTo(`[data-action="${before}"]`));
  });
  return () => {
    stopFollowing();
    stopListening();
  };
}
