// @ts-check
/**
 * Plain forms, and a server that may be away.
 *
 * A form that is sent to a server that does not answer is lost with its page: the browser shows one of its own. So
 * somebody has to answer first. Where nobody does, the page stays with all that was typed, says so, and says when there
 * is somebody again; it sends nothing by itself, because whoever pressed may be gone by then. A form that another script
 * has taken in hand is left to it, and without scripts forms are sent as ever.
 */

const HEALTH = "/healthz";
const PATIENCE = [4000, 8000, 20_000]; // ms, press by press: a slow line must not be refused for ever
const AGAIN = 2000; // ms between questions while nobody answers
const AWAY = [502, 503, 504]; // what a proxy says whose server is away

/**
 * Whether there is somebody who would take what is sent.
 * @param {number} ms how long an answer is waited for
 * @param {typeof fetch} [fetch]
 */
export async function answers(ms, fetch = globalThis.fetch) {
  const how = /** @type {RequestInit} */ ({ method: "HEAD", cache: "no-store", redirect: "manual" });
  try {
    const { status } = await fetch(HEALTH, { ...how, signal: AbortSignal.timeout(ms) });
    return !AWAY.includes(status);
  } catch {
    return false;
  }
}

/** @typedef {"asked" | "answered" | "sent"} Standing */

/** Forms on their way, by how far they are. Whoever presses twice means once. @type {Map<HTMLFormElement, Standing>} */
const underWay = new Map();
let presses = 0; // since somebody answered

/** @param {SubmitEvent} event */
async function sending(event) {
  const form = event.target;
  if (event.defaultPrevented || !(form instanceof HTMLFormElement) || !leaves(form)) return;
  const standing = underWay.get(form);
  if (standing === "answered") return letGo(form);
  event.preventDefault();
  if (standing === "asked" || (standing === "sent" && form.getAttribute("method") === "post")) return;
  const button = event.submitter;
  underWay.set(form, "asked");
  button?.setAttribute("aria-busy", "true");
  say(null);
  const there = await answers(PATIENCE[Math.min(presses, PATIENCE.length - 1)]);
  presses = there ? 0 : presses + 1;
  underWay.set(form, "answered");
  if (there) form.requestSubmit(button);
  if (underWay.get(form) === "sent") return;
  underWay.delete(form); // nobody answered, or it was changed meanwhile and is not complete any more
  button?.removeAttribute("aria-busy");
  if (!there) await wait();
}

/** Whether what is sent takes the place of this page. @param {HTMLFormElement} form */
function leaves(form) {
  return ["get", "post", null].includes(form.getAttribute("method")) && !form.hasAttribute("target");
}

/** @param {HTMLFormElement} form */
const letGo = (form) => void underWay.set(form, "sent");

/** Say that nobody answers, until somebody does. */
async function wait() {
  const words = say("away");
  document.activeElement?.scrollIntoView({ block: "nearest" }); // the words stand over the end of what is seen
  while (words?.isConnected) {
    await new Promise((go) => setTimeout(go, AGAIN));
    if (words.isConnected && (await answers(PATIENCE[0])) && words.isConnected) say("back");
  }
}

/** Show one of the sentences that sending.html.j2 brought, or none. @param {"away" | "back" | null} which */
function say(which) {
  document.querySelector("[data-sending][role]")?.remove();
  const words = document.querySelector(`template[data-sending=${which}]`);
  if (!(words instanceof HTMLTemplateElement)) return null;
  const shown = /** @type {HTMLElement} */ (words.content.cloneNode(true).firstChild);
  shown.setAttribute("role", "alert"); // before it is on the page, which is then heard
  document.body.append(shown);
  return shown;
}

/** The page may be shown again as it was left. */
function shownAgain() {
  underWay.clear();
  say(null);
  for (const button of document.querySelectorAll("form .button[aria-busy]")) button.removeAttribute("aria-busy");
}

/** Whether this browser can wait so long for an answer, and then send what it held back; an older one sends as ever. */
const able = "timeout" in AbortSignal && "requestSubmit" in (globalThis.HTMLFormElement?.prototype ?? {});

if (able) {
  addEventListener("submit", sending); // at the window: after all who may have taken it in hand
  addEventListener("pageshow", ({ persisted }) => persisted && shownAgain());
}
