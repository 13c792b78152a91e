// @ts-check
/** Tells the server what this screen shows and whether it is heard: when that changes, and every minute. */
import { effect } from "../vendor/ui.js";

const MINUTE = 60_000;

/** @param {import("../live.js").Live} lobby @param {() => Record<string, unknown>} report */
export function reporting(lobby, report) {
  let [told, at] = ["", -Infinity];
  effect(() => {
    const text = JSON.stringify(report());
    const heard = lobby.heardAt.value !== null; // read at each message: what could not be sent is sent with the next
    if (!heard || (text === told && performance.now() - at < MINUTE)) return;
    if (lobby.send(JSON.parse(text))) [told, at] = [text, performance.now()];
  });
}
