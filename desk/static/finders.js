// @ts-check
/** The fields that the server has put before a page's long lists, brought to life. */
import { shorten } from "./finder.js";

for (const finder of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-finds]"))) {
  const list = document.getElementById(finder.dataset.finds ?? "");
  const place = finder.querySelector("[role=status]");
  const field = finder.querySelector("input[type=search]");
  if (!list || !place || !(field instanceof HTMLInputElement)) continue;
  finder.hidden = false;
  shorten(field, list, place);
}
