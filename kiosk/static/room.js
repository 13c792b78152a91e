// @ts-check
/** A waiting room, live: when something has changed for whoever waits, the page is drawn anew by the server. */
import { announce } from "../announce.js";
import { showConnection } from "../connection.js";
import { _ } from "../i18n.js";
import { live } from "../live.js";
import { pageData } from "../page.js";
import { changed } from "./room-state.js";

const root = /** @type {HTMLElement} */ (document.querySelector("#room"));
/** @type {{path: string, state: import("./room-state.js").State}} */
const page = pageData(root);
const line = live({ socket: `${page.path}/socket`, poll: `${page.path}/state`, state: { ...page.state, seq: 0 } });

/** The same page as it is now; where it cannot be had, the old one stays, and another change will ask again. */
async function renew() {
  const reply = await fetch(location.href, { headers: { Accept: "text/html" } });
  if (reply.status === 410 || reply.redirected) return location.reload();
  if (!reply.ok) return undefined;
  const found = new DOMParser().parseFromString(await reply.text(), "text/html").querySelector("#room");
  if (!(found instanceof HTMLElement)) return location.reload();
  const focused = document.activeElement !== null && root.contains(document.activeElement);
  root.replaceChildren(...found.childNodes);
  root.dataset.phase = found.dataset.phase;
  root.dataset.state = found.dataset.state;
  const way = /** @type {HTMLElement | null} */ (root.querySelector("[data-action=check-in]"));
  if (way !== null) announce(_("You can come in now."), { urgent: true });
  if (focused) (way ?? root).focus();
  return undefined;
}

let shown = page.state;
line.state.subscribe((/** @type {import("./room-state.js").State} */ state) => {
  if (!changed(shown, state)) return;
  shown = state;
  renew().catch(() => location.reload());
});
showConnection(line);
