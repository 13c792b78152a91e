// @ts-check
/** The fields that shorten a page's long lists while somebody types. What they find, the server found the same way. */
import { _, number } from "../i18n.js";
import { has, keeping } from "./finding.js";

const PAUSE = 400; // ms without a key, after which it is told how many are shown: not at each letter

/** @param {HTMLElement} finder a field, what it tells, and the name of its list (`data-finds`) */
function begin(finder) {
  const list = document.getElementById(finder.dataset.finds ?? "");
  const field = finder.querySelector("input[type=search]");
  const told = finder.querySelector("[role=status]");
  if (!list || !(field instanceof HTMLInputElement) || !told) return;
  const entries = () => [.../** @type {NodeListOf<HTMLElement>} */ (list.querySelectorAll("[data-find]"))];
  let pause = 0;

  function show() {
    for (const one of entries()) one.hidden = !has(one.dataset.find ?? "", field.value);
  }

  function tell() {
    clearTimeout(pause);
    const all = entries();
    const shown = all.filter((one) => !one.hidden).length;
    const text = _("Shown: %(shown)s of %(num)s", { shown: number(shown), num: number(all.length) });
    if (told.textContent !== text) told.textContent = text; // else it would be read out again
    if (field.name) history.replaceState(history.state, "", keeping(location.href, field.value));
  }

  function typed() {
    show();
    clearTimeout(pause);
    pause = setTimeout(tell, PAUSE);
  }

  /** @param {KeyboardEvent} event */
  function pressed(event) {
    if (event.isComposing || !["Enter", "Escape"].includes(event.key)) return;
    if (event.key === "Escape" && !field.value) return;
    event.preventDefault(); // Enter would send the form, which may be one that changes something
    if (event.key === "Escape") field.value = "";
    show();
    tell();
  }

  finder.hidden = false;
  field.addEventListener("input", typed);
  field.addEventListener("change", tell); // who leaves the field for an entry comes back to this address
  field.addEventListener("keydown", pressed);
  new MutationObserver(() => (show(), tell())).observe(list, { childList: true, subtree: true });
  show();
  tell();
}

for (const one of document.querySelectorAll("[data-finds]")) if (one instanceof HTMLElement) begin(one);
