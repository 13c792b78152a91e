// @ts-check
/**
 * A device that is nobody's yet: shows a code, asks every few seconds what it has become, goes there, and goes there
 * again whenever it is switched on with this address, for as long as that place is there.
 */
import { pageData } from "../page.js";

const HOME = "turnero-home"; // where this device was at home last
const EVERY = 3000;

const root = /** @type {HTMLElement} */ (document.querySelector("#pairing"));
const { pairings } = pageData(root);
const shown = /** @type {HTMLElement} */ (root.querySelector("[data-pairing]"));
const note = /** @type {HTMLElement} */ (root.querySelector("[data-note]"));

/** Whether somebody is at home there. @param {string} path */
async function isThere(path) {
  const reply = await fetch(path, { cache: "no-store" });
  if (reply.status >= 500) throw new Error(String(reply.status));
  return reply.ok;
}

/** A code in two halves, as people read it out. @param {string} code */
export function inHalves(code) {
  return `${code.slice(0, code.length / 2)} ${code.slice(code.length / 2)}`;
}

/** @param {string} path */
function goHome(path) {
  localStorage.setItem(HOME, path);
  location.replace(path + location.search);
}

const pause = () => new Promise((go) => setTimeout(go, EVERY));

async function begin() {
  const reply = await fetch(pairings, { method: "POST" });
  if (!reply.ok) throw new Error(String(reply.status));
  const begun = await reply.json();
  shown.textContent = inHalves(begun.code);
  return begun;
}

/** @param {string} secret @returns {Promise<string | null | undefined>} undefined: the code is too old */
async function outcome(secret) {
  const reply = await fetch(`${pairings}/${secret}`, { cache: "no-store" });
  if (reply.status === 404) return undefined;
  if (!reply.ok) throw new Error(String(reply.status));
  return (await reply.json()).path;
}

async function wait() {
  /** @type {any} */ let begun = null;
  for (;;) {
    try {
      begun ??= await begin();
      const path = await outcome(begun.secret);
      note.hidden = true;
      if (path) return goHome(path);
      if (path === undefined) begun = null;
    } catch {
      note.hidden = false; // no network: the code stays, and is asked for again
    }
    if (begun) await pause();
    else if (!note.hidden) await pause();
  }
}

async function start() {
  const home = localStorage.getItem(HOME);
  for (; home; await pause()) {
    try {
      if (await isThere(home)) return goHome(home);
      break;
    } catch {
      note.hidden = false;
    }
  }
  localStorage.removeItem(HOME);
  await wait();
}

void start();
