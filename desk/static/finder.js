// @ts-check
/** A field that shortens a long list while somebody types. What it finds, the server finds the same way. */
import { _, number } from "../i18n.js";
import { html, useEffect, useRef } from "../vendor/ui.js";
import { has, keeping } from "./finding.js";

const PAUSE = 400; // ms without a key, after which it is told how many are shown: not at each letter

/** The entries of a list that are there now. @param {Element} list */
const entriesOf = (list) => [.../** @type {NodeListOf<HTMLElement>} */ (list.querySelectorAll("[data-find]"))];

/** Hide what does not match. @param {Element} list @param {string} wanted */
function show(list, wanted) {
  for (const one of entriesOf(list)) one.hidden = !has(one.dataset.find ?? "", wanted);
}

/** Say how many are shown. @param {Element} list @param {Element} place */
function tell(list, place) {
  const entries = entriesOf(list);
  const shown = entries.filter((one) => !one.hidden).length;
  const text = _("Shown: %(shown)s of %(num)s", { shown: number(shown), num: number(entries.length) });
  if (place.textContent !== text) place.textContent = text; // else it would be read out again
}

/**
 * Let a field shorten a list; one with a name is kept in the address.
 * @param {HTMLInputElement} field @param {Element} list @param {Element} place where it is said how many are shown
 * @returns {() => void} to be called when the field goes: all are shown then
 */
export function shorten(field, list, place) {
  let pause = 0;

  function settle() {
    clearTimeout(pause);
    show(list, field.value);
    tell(list, place);
    if (field.name) history.replaceState(history.state, "", keeping(location.href, field.value));
  }

  function typed() {
    show(list, field.value);
    clearTimeout(pause);
    pause = setTimeout(settle, PAUSE);
  }

  /** @param {KeyboardEvent} event */
  function pressed(event) {
    const empties = event.key === "Escape" && field.value !== "";
    if (event.isComposing || !(empties || event.key === "Enter")) return;
    event.preventDefault(); // Enter would send the form, which may be one that changes something
    if (empties) field.value = "";
    settle();
  }

  field.addEventListener("input", typed);
  field.addEventListener("change", settle); // who leaves the field for an entry comes back to this address
  field.addEventListener("keydown", pressed);
  const changes = new MutationObserver(settle);
  changes.observe(list, { childList: true, subtree: true });
  settle();
  return () => {
    clearTimeout(pause);
    changes.disconnect();
    show(list, "");
  };
}

/** Such a field before a list that a script draws. @param {{list: string, kept?: boolean}} props the list's id; whether the address keeps it */
export function Finder({ list, kept = false }) {
  const field = useRef(/** @type {HTMLInputElement | null} */ (null));
  const place = useRef(/** @type {HTMLElement | null} */ (null));
  useEffect(() => {
    const found = document.getElementById(list);
    if (!field.current || !found || !place.current) return;
    if (kept) field.current.value = new URL(location.href).searchParams.get("find") ?? "";
    return shorten(field.current, found, place.current);
  }, [list]);
  return html`<div class="finder field" role=${kept ? "search" : null}>
    <label for=${`find-${list}`}>${_("Search")}</label>
    <input class="input" id=${`find-${list}`} name=${kept ? "find" : null} type="search" autocomplete="off" aria-controls=${list} ref=${field} />
    <p class="hint" role="status" ref=${place}></p>
  </div>`;
}
