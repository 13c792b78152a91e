// @ts-check
/** A screen whose address leads nowhere any more shows a code again, so that it can be given another one. */

const PATIENCE = 30_000;

/** @param {import("../live.js").Live} lobby @param {string} blank the page of screens that are nobody's */
export function homeless(lobby, blank) {
  async function look() {
    try {
      const reply = await fetch(`${location.pathname}/state`, { cache: "no-store" });
      if (reply.status === 404) location.replace(blank);
    } catch {
      // an outage is no reason to leave
    }
  }
  lobby.closeCode.subscribe((code) => {
    if (code === 4404) void look();
  });
  setInterval(() => {
    if (lobby.connection.peek() === "offline") void look();
  }, PATIENCE);
}
