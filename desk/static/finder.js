// @ts-check
/** The fields that shorten a page's long lists while somebody types. What they find, the server found the same way. */
import { _, number } from "../i18n.js";
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
 */
function shorten(field, list, place) {
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
  new MutationObserver(settle).observe(list, { childList: true, subtree: true });
  settle();
}

for (const finder of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-finds]"))) {
  const list = document.getElementById(finder.dataset.finds ?? "");
  const place = finder.querySelector("[role=status]");
  const field = finder.querySelector("input[type=search]");
  if (!list || !place || !(field instanceof HTMLInputElement)) continue;
  finder.hidden = false;
  shorten(field, list, place);
}
