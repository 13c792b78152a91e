// @ts-check
/** A page that is kept by this browser (worker.js), so that it opens when the server does not answer. */

const QUIET = 2000; // ms after which a page has what it needs
const EVERY = 10 * 60_000;

/** When the page that is shown here was kept (ms since 1970), as the server did not answer; null: it comes from there. */
export function keptAt() {
  const found = globalThis.document?.querySelector("meta[name=kept]")?.getAttribute("content");
  return found ? Number(found) : null;
}

/** The files of a page's own release, and what is its account's own. @param {string[]} names @param {string} origin @param {string} release */
export function filesOf(names, origin, release) {
  const kept = [`/static/${release}/`, "/own/"];
  const paths = names.map((name) => new URL(name)).filter((url) => url.origin === origin).map(({ pathname }) => pathname);
  return [...new Set(paths.filter((path) => kept.some((root) => path.startsWith(root))))];
}

/** The address that a page is kept under: without what is only asked once. @param {string} address */
export function addressOf(address) {
  const url = new URL(address);
  url.searchParams.delete("ask");
  url.hash = "";
  return url.href;
}

/** Where the browser lets us: the registration of this page alone; null where it does not. */
export async function registered() {
  const workers = navigator.serviceWorker;
  if (!workers) return null; // the address is no safe one
  const known = await workers.getRegistration(location.pathname);
  if (known && new URL(known.scope).pathname === location.pathname) return known;
  return workers.register("/worker.js", { scope: location.pathname, updateViaCache: "none" }).catch(() => null);
}

/** Keep this page from now on. */
export function keeping() {
  const release = document.querySelector("meta[name=version]")?.getAttribute("content") ?? "";

  async function keep() {
    const registration = await registered();
    const names = performance.getEntriesByType("resource").map(({ name }) => name);
    const what = { page: addressOf(location.href), files: filesOf(names, location.origin, release), release };
    registration?.active?.postMessage({ keep: what });
  }
  void registered();
  navigator.serviceWorker?.addEventListener("controllerchange", keep);
  setTimeout(keep, QUIET);
  setInterval(keep, EVERY);
  return { keep };
}

/** This page need not be kept any more. */
export async function letGo() {
  const registration = await navigator.serviceWorker?.getRegistration(location.pathname);
  if (!registration) return;
  for (const name of await caches.keys()) {
    const store = await caches.open(name);
    await store.delete(addressOf(location.href), { ignoreSearch: true });
  }
  await registration.unregister();
}
