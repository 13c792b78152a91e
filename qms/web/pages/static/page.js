// @ts-check
/** What the server handed over with the page: `<div id="app" data-page='{{ view|tojson }}'>`. */

/** @param {string | Element} element or its selector @returns {any} */
export function pageData(element) {
  const found = typeof element === "string" ? document.querySelector(element) : element;
  if (!(found instanceof HTMLElement) || found.dataset.page === undefined) throw new Error(`no data-page at ${element}`);
  return JSON.parse(found.dataset.page);
}
