// @ts-check
/**
 * A device that nobody looks after loads its page anew when the server has another release, or its account other looks
 * or texts, at a quiet moment. It looks every few minutes and after each outage; while two releases run side by side, it
 * does not go back and forth.
 */

const MINUTE = 60_000;
const EVERY = 10 * MINUTE;
const REST = 10 * MINUTE;
const MEMORY = "renewed-at";

/** The release that a page is of. @param {string} page its text @returns {string | null} */
export function releaseOf(page) {
  return /<meta name="version" content="([^"]+)">/.exec(page)?.[1] ?? null;
}

/** Which looks and texts of its account a page has. @param {string} page its text @returns {string | null} */
export function ownOf(page) {
  return /<html [^>]*\bdata-own="([^"]+)"/.exec(page)?.[1] ?? null;
}

/**
 * @param {import("./live.js").Live} line
 * @param {() => boolean} quiet whether nobody would be disturbed
 */
export function renewing(line, quiet) {
  const ours = document.querySelector("meta[name=version]")?.getAttribute("content");
  const own = document.documentElement.dataset.own ?? null;
  let outdated = false;

  async function look() {
    try {
      const reply = await fetch(location.href, { cache: "no-store" });
      const page = reply.ok ? await reply.text() : "";
      const theirs = releaseOf(page);
      outdated = theirs !== null && (theirs !== ours || ownOf(page) !== own);
    } catch {
      // an outage; it is looked for again when that is over
    }
  }

  function renew() {
    const rested = Date.now() - Number(sessionStorage.getItem(MEMORY) ?? 0) >= REST;
    const wanted = outdated || line.outdated.value;
    if (!wanted || !rested || line.connection.value === "offline" || !quiet()) return;
    sessionStorage.setItem(MEMORY, String(Date.now()));
    location.reload();
  }

  line.connection.subscribe((now) => {
    if (now === "online" && line.heardAt.peek() !== null) setTimeout(look, MINUTE * Math.random());
  });
  setInterval(look, EVERY * (1 + Math.random() / 10));
  setInterval(renew, 5000);
}
