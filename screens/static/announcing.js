// @ts-check
/**
 * Which call a lobby screen shows large, and which ones come after it.
 *
 * A message lists every call that is still worth announcing; of those, the ones above the last `seq` that was taken in
 * are new. Each new one is shown full size for at least FULL_SIZE, the lowest `seq` first, and none is left out, however
 * many come at once. The last one stays. All times are milliseconds of a counter that never goes back.
 */

/** How long each call is shown full size, at least. */
export const FULL_SIZE = 4000;

/** A call that is older than this tells nobody where to go: a lobby does not open with last night's. */
export const WORTH_SHOWING = 12 * 60 * 60 * 1000;

/** So many of those that were just shown stay listed beside the large one, however many are still to come. */
export const JUST_SHOWN = 2;

/** @typedef {{seq: number, number: string, poc: string | null, queue: string, called_at: string, recall: number,
 *             branch?: string, say: {language: string, url: string}[]}} Call */

/** @typedef {object} Board
 * @property {number} heard the highest `seq` taken in
 * @property {Call | null} shown the call that is shown full size
 * @property {boolean} announced whether the screen announced it, rather than found it when it was switched on
 * @property {number} since when it was put there
 * @property {Call[]} before what was announced before it, the latest first
 * @property {Call[]} waiting what is to be announced after it, in order
 * @property {{announced: number | null}} [blindSince] it has begun without the server, after it had announced this
 */

/** @param {Call[]} calls */
const newest = (calls) => calls.reduce((most, { seq }) => Math.max(most, seq), 0);

/** @param {Call} a @param {Call} b */
const ascending = (a, b) => a.seq - b.seq;

/**
 * Whose calls a message counts: those of one branch, or of several together. Where others are shown than before, the count
 * is another one.
 * @param {{branch: {id: string}, branches?: {id: string}[]}} state
 */
export function counted({ branch, branches }) {
  return (branches ?? [branch]).map(({ id }) => id).sort().join(" ");
}

/**
 * The board of a screen that is switched on: the newest call stands there and is not announced again. A screen that was
 * only loaded anew remembers what it had announced, and goes on from there.
 * @param {Call[]} calls @param {number | null} [announced] the `seq` that this screen announced last
 * @returns {Board}
 */
export function opened(calls, announced = null) {
  const known = announced !== null && announced <= newest(calls) ? announced : newest(calls);
  const old = calls.filter(({ seq }) => seq <= known).sort(ascending);
  /** @type {Board} */
  const board = { heard: known, shown: old.pop() ?? null, announced: false, since: -Infinity, before: [], waiting: [] };
  return hear(board, calls);
}

/**
 * The board of a screen that begins without the server: it knows only what it announced last, and opens as others do once
 * the first message is there.
 * @param {number | null} announced @returns {Board}
 */
export function unseeing(announced) {
  return { heard: 0, shown: null, announced: false, since: -Infinity, before: [], waiting: [], blindSince: { announced } };
}

/**
 * Take in the calls of a message. Where the server knows fewer calls than we have heard (a backup was restored), what it
 * knows is the start of what follows.
 * @param {Board} board @param {Call[]} calls @returns {Board}
 */
export function hear(board, calls) {
  if (!calls.length) return board;
  if (board.blindSince) return opened(calls, board.blindSince.announced);
  const fresh = calls.filter(({ seq }) => seq > board.heard).sort(ascending);
  if (!fresh.length && newest(calls) === board.heard) return board;
  return { ...board, heard: newest(calls), waiting: [...board.waiting, ...fresh] };
}

/**
 * How long until the next call may be shown, in ms; null where none waits.
 * @param {Board} board @param {number} now
 */
export function due(board, now) {
  if (!board.waiting.length) return null;
  return Math.max(0, board.since + FULL_SIZE - now);
}

/** Show the next call. @param {Board} board @param {number} now @returns {Board} */
export function next(board, now) {
  const [shown, ...waiting] = board.waiting;
  if (!shown) return board;
  const before = board.announced && board.shown ? [board.shown, ...board.before].slice(0, JUST_SHOWN) : board.before;
  return { ...board, shown, announced: true, since: now, before, waiting };
}

/**
 * What is listed beside the large call, the newest first: those just shown, and the latest calls, whether they were shown
 * large already or not (nobody should have to wait for the show). A number that was called again is listed once, where it
 * was called last.
 * @param {Board} board @param {Call[]} calls the latest message's @param {number} now the server's time
 * @param {number} rows how many there is room for, in letters that are read from afar
 * @returns {Call[]}
 */
export function listed(board, calls, now, rows) {
  const standing = calls.filter(({ seq, called_at }) => seq !== board.shown?.seq && now - Date.parse(called_at) < WORTH_SHOWING);
  const shown = new Set(board.before.map(({ seq }) => seq));
  const latest = standing.sort(ascending).reverse();
  const kept = latest.filter(({ seq }) => shown.has(seq));
  const others = latest.filter(({ seq }) => !shown.has(seq));
  return [...kept, ...others.slice(0, rows - kept.length)].sort(ascending).reverse();
}

/**
 * The call that stands large, if it is still worth showing.
 * @param {Board} board @param {number} now the server's time
 */
export function standing(board, now) {
  const { shown } = board;
  return shown && now - Date.parse(shown.called_at) < WORTH_SHOWING ? shown : null;
}

/**
 * What is to be said aloud for a call: all of it, or in the first language only while others wait to be called.
 * @param {Call} call @param {boolean} hurry @returns {string[]} addresses of clips
 */
export function clips(call, hurry) {
  const addresses = (call.say ?? []).map(({ url }) => url);
  return hurry ? addresses.slice(0, 1) : addresses;
}

/**
 * Some of a list, another part at each turn, so that all of a long one is seen in time. What is of different kinds is in
 * different parts.
 * @template T @param {T[]} things @param {number} size @param {number} turn
 * @param {(thing: T) => unknown} [kind] those of a kind stand together @returns {T[]}
 */
export function part(things, size, turn, kind = () => null) {
  /** @type {T[][]} */
  const parts = [];
  for (const thing of things) {
    const last = parts.at(-1);
    if (last && last.length < size && kind(last[0]) === kind(thing)) last.push(thing);
    else parts.push([thing]);
  }
  return parts[turn % parts.length] ?? [];
}
