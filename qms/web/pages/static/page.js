// @ts-check
/** What the server handed over with the page: `<div id="app" data-page='{{ view|tojson }}'>`. */

import { keptAt } from "./keeping.js";

/** What was handed over with a page that was kept, with the time of this device: there is no other now.
 *  @param {any} page @param {string} now */
function stale(page, now) {
  for (const part of Object.values(page)) if (part?.now !== undefined) part.now = now;
  return page;
}

/** @param {string | Element} element or its selector @returns {any} */
export function pageData(element) {
  const found = typeof element === "string" ? document.querySelector(element) : element;
  if (!(found instanceof HTMLElement) || found.dataset.page === undefined) throw new Error(`no data-page at ${element}`);
  const page = JSON.parse(found.dataset.page);
  return keptAt() === null ? page : stale(page, new Date().toISOString());
}
