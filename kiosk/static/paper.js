// @ts-check
/**
 * A ticket on paper: from a printer of the server's, which prints each ticket once and says how it is, or from this
 * browser's own.
 */
import { command, freshKey } from "../command.js";
import { N_ } from "../i18n.js";
import { signal } from "../vendor/ui.js";

/** What is said of it, by how it went. @type {Record<"printing" | "printed" | "failed", string>} */
export const SAID = {
  printing: N_("Your ticket is being printed."),
  printed: N_("Please take your ticket."),
  failed: N_("The printer does not work at the moment. Please remember your number, or scan the code."),
};

/** The secret of a ticket's link. @param {string} url */
export function linkOf(url) {
  return url.split(/[?#]/)[0].replace(/\/+$/, "").split("/").pop() ?? "";
}

/**
 * @param {{path: string, root: string, how: string | null, send?: typeof command}} options
 *   `root`: where this server's addresses begin; `how`: "server", "auto" (this browser, unasked), or this browser if asked
 */
export function paper({ path, root, how, send = command }) {
  const state = signal(/** @type {keyof typeof SAID | null} */ (null));
  /** @type {string | null} */ let begun = null;

  /** @param {import("./flow.js").Taken} ticket @param {string} [again] */
  async function byServer(ticket, again) {
    state.value = "printing";
    try {
      const { printed } = await send(`${path}/prints`, again ? { ticket: ticket.id, again } : { ticket: ticket.id });
      state.value = printed ? "printed" : "failed";
    } catch {
      state.value = "failed";
    }
  }

  /** @param {import("./flow.js").Taken} ticket */
  function byBrowser(ticket) {
    open(`${root}/t/${linkOf(ticket.url)}/receipt?print=1`, "receipt", "popup,width=420,height=720");
  }

  return {
    /** how it went; null: this browser prints, and says nothing */
    state,
    again: how === "server",
    /** A ticket has been given out; it is seen again without being printed again. @param {import("./flow.js").Taken} ticket */
    begin(ticket) {
      if (begun === ticket.id) return undefined;
      begun = ticket.id;
      if (how === "server") return byServer(ticket);
      if (how === "auto") byBrowser(ticket);
      return undefined;
    },
    /** Somebody wants it on paper (once more). @param {import("./flow.js").Taken} ticket */
    ask(ticket) {
      if (how !== "server") return byBrowser(ticket);
      return state.value === "printing" ? undefined : byServer(ticket, freshKey());
    },
  };
}
