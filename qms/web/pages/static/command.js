// @ts-check
/**
 * Commands: JSON to the server and its answer, or a `Problem`.
 *
 * Each command has an Idempotency-Key. When the network or a proxy fails, nobody knows whether the server heard us; so
 * the same command is sent again with the same key, and the server answers a command it knows with the answer it gave.
 * A line that leads nowhere tells nobody: so the first tries are short, and whoever finds that the first one is still
 * under way knows that it has arrived, and asks on.
 */

const PATIENCE = [3000, 4000, 10_000]; // ms, try by try
const MOST_ASKED = 20;
const PASSING = [502, 503, 504];

/** A refusal (RFC 9457), or a command that never arrived (status 0). */
export class Problem extends Error {
  /** @param {number} status @param {Record<string, any>} details */
  constructor(status, details = {}) {
    super(details.detail || details.title || `HTTP ${status}`);
    this.name = "Problem";
    this.status = status;
    this.type = details.type ?? "about:blank";
    this.title = details.title ?? "";
    this.detail = details.detail ?? "";
    this.details = details;
  }

  /** Whether the server was not reached at all. */
  get unreachable() {
    return this.status === 0;
  }
}

/** A key that nobody had before. `crypto.randomUUID` is missing where a page came over plain http. */
export function freshKey() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * Send a command.
 *
 * @param {string} path
 * @param {unknown} [body]
 * @param {{method?: string, key?: string, headers?: Record<string, string>, fetch?: typeof fetch,
 *          patience?: number[], pause?: (attempt: number) => Promise<void>}} [options]
 *   `key`: give one to make two presses of one button the same command; `patience`: ms for each try
 * @returns {Promise<any>} the answer's JSON, null when it has none
 * @throws {Problem}
 */
export async function command(path, body, options = {}) {
  const { method = "POST", key = freshKey(), patience = PATIENCE, pause = rest } = options;
  let attempt = 1;
  for (let asked = 1; ; asked += 1) {
    const reply = await once(path, body, { ...options, method, key, ms: patience[attempt - 1] });
    const underWay = isUnderWay(reply) && asked < MOST_ASKED;
    if (!underWay && (attempt === patience.length || !isPassing(reply))) return read(reply);
    await pause(attempt);
    if (!underWay) attempt += 1;
  }
}

/** Whether the first try with this key is still under way. @param {Response | null} reply */
function isUnderWay(reply) {
  return reply?.status === 409 && reply.headers.has("Retry-After");
}

/** Whether it was not reached, or not by those who could answer. @param {Response | null} reply */
function isPassing(reply) {
  return reply === null || PASSING.includes(reply.status);
}

/** @param {number} attempt @returns {Promise<void>} */
function rest(attempt) {
  return new Promise((go) => setTimeout(go, Math.random() * 400 * 2 ** attempt));
}

/** @param {string} path @param {unknown} body @param {any} options @returns {Promise<Response | null>} */
async function once(path, body, { method, key, ms, headers = {}, fetch = globalThis.fetch }) {
  const json = body === undefined ? {} : { "Content-Type": "application/json" };
  try {
    return await fetch(path, {
      method,
      body: body === undefined ? undefined : JSON.stringify(body),
      headers: { Accept: "application/json", "Idempotency-Key": key, ...json, ...headers },
      credentials: "same-origin",
      signal: AbortSignal.timeout(ms),
    });
  } catch {
    return null;
  }
}

/** @param {Response | null} reply */
async function read(reply) {
  if (reply === null) throw new Problem(0, { type: "about:unreachable" });
  const text = await reply.text();
  const value = /json/.test(reply.headers.get("Content-Type") ?? "") && text ? JSON.parse(text) : null;
  if (!reply.ok) throw new Problem(reply.status, value ?? {});
  return value;
}
