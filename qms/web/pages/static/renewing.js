// @ts-check
/**
 * A device that nobody looks after loads its page anew when the server has another release, at a quiet moment. While
 * two releases run side by side, it does so no more often than every ten minutes.
 */

const LOOK = 5000;
const REST = 10 * 60 * 1000;
const MEMORY = "renewed-at";

/**
 * @param {{outdated: {value: boolean}, connection: {value: string}}} line
 * @param {() => boolean} quiet whether nobody would be disturbed
 */
export function renewing(line, quiet) {
  setInterval(() => {
    const last = Number(sessionStorage.getItem(MEMORY) ?? -REST);
    if (!line.outdated.value || line.connection.value === "offline" || !quiet() || Date.now() - last < REST) return;
    sessionStorage.setItem(MEMORY, String(Date.now()));
    location.reload();
  }, LOOK);
}
