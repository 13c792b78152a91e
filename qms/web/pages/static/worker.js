// @ts-check
/**
 * Keeps pages that people rely on (a kiosk, a lobby screen, a ticket), so that one that is loaded anew while the server
 * does not answer still opens, and says so; and shows what a ticket's holder is told in his browser.
 *
 * Served as `/worker.js` with `VERSION`, the release, before it. The server always goes first: what is kept is shown only
 * where it does not answer, a page with the scripts of its own release. Another release begins a store of its own, and
 * ends those before it once it has kept a page.
 */
const worker = /** @type {any} */ (globalThis);
const RELEASE = /** @type {string} */ (worker.VERSION);
const STORE = `turnero-${RELEASE}`;
const AWAY = [502, 503, 504];

worker.addEventListener("install", () => worker.skipWaiting());
worker.addEventListener("activate", (/** @type {any} */ event) => event.waitUntil(worker.clients.claim()));

worker.addEventListener("message", (/** @type {any} */ event) => {
  if (event.data?.keep?.release === RELEASE) event.waitUntil(keep(event.data.keep).catch(() => undefined));
});

worker.addEventListener("fetch", (/** @type {any} */ event) => {
  const { request } = event;
  if (request.method !== "GET") return;
  if (request.mode === "navigate") event.respondWith(page(request));
  else if (/^\/(static|own)\//.test(new URL(request.url).pathname)) event.respondWith(file(request));
});

/** @param {{page: string, files: string[]}} what */
async function keep({ page: address, files }) {
  const store = await caches.open(STORE);
  const reply = await fetch(address, { cache: "no-store" });
  const text = await reply.text();
  if (!reply.ok || !text.includes(`<meta name="version" content="${RELEASE}">`)) return;
  const marked = text.replace('<meta name="version"', `<meta name="kept" content="${Date.now()}">$&`);
  await Promise.all(files.map(async (one) => (await store.match(one)) ?? store.add(one)));
  await store.put(address, new Response(marked, { status: reply.status, headers: reply.headers }));
  for (const name of await caches.keys()) if (name.startsWith("turnero-") && name !== STORE) await caches.delete(name);
}

/** A page from the server, or the one that was kept. @param {Request} request @returns {Promise<Response>} */
async function page(request) {
  try {
    const reply = await fetch(request);
    return AWAY.includes(reply.status) ? ((await kept(request)) ?? reply) : reply;
  } catch (away) {
    const found = await kept(request);
    if (found) return found;
    throw away;
  }
}

/** @param {Request} request */
const kept = async (request) => (await caches.match(request)) ?? caches.match(request, { ignoreSearch: true });

/** A file, whose address tells its release, or its content. @param {Request} request @returns {Promise<Response>} */
async function file(request) {
  return (await caches.match(request)) ?? fetch(request);
}

worker.addEventListener("push", (/** @type {any} */ event) => {
  const { title, body, tag, page: address } = event.data.json();
  const how = { body, tag, renotify: true, requireInteraction: true, data: address };
  event.waitUntil(worker.registration.showNotification(title, how));
});

worker.addEventListener("notificationclick", (/** @type {any} */ event) => {
  event.notification.close();
  event.waitUntil(open(event.notification.data));
});

/** Show a ticket's page, which may be open already. @param {string} address */
async function open(address) {
  const windows = await worker.clients.matchAll({ type: "window", includeUncontrolled: true });
  const there = windows.find((/** @type {any} */ { url }) => new URL(url).pathname === address);
  return there ? there.focus() : worker.clients.openWindow(address);
}
