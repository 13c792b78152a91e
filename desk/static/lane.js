// @ts-check
/**
 * Several people at one desk: which of them the desk is about. Pure functions of its state.
 *
 * Everything else on the page is made for one person; with several it is given the state as if there were only the one
 * who was chosen.
 */

/** @typedef {{lane: number, offer: any, ticket: any}} Lane */

/** Whether there may be several at once. @param {any} state */
export function several(state) {
  return (state.capacity ?? 1) > 1;
}

/** Whom a lane is about. @param {Lane} lane @returns {string} the ticket's id */
export function idOf(lane) {
  return (lane.offer?.ticket ?? lane.ticket).id;
}

/** The lane that the desk is about: the one chosen, else the first with somebody there. @param {any} state @param {string | null} chosen */
export function laneOf(state, chosen) {
  /** @type {Lane[]} */ const lanes = state.lanes ?? [];
  return lanes.find((lane) => idOf(lane) === chosen) ?? lanes.find((lane) => lane.ticket) ?? lanes[0];
}

/** The state as if only the one lane were there. @param {any} state @param {string | null} chosen */
export function focusedOn(state, chosen) {
  const lane = several(state) ? laneOf(state, chosen) : undefined;
  return lane ? { ...state, offer: lane.offer, ticket: lane.ticket } : state;
}

/** The one thing to do next in a lane. @param {Lane} lane @returns {"answer" | "serve" | "finish"} */
export function nextIn(lane) {
  if (lane.offer) return "answer";
  return lane.ticket.state === "called" ? "serve" : "finish";
}

/** What goes along with an action, so that it is about this lane. @param {Lane} lane @returns {Record<string, string>} */
export function aboutLane(lane) {
  return lane.offer ? { offer: lane.offer.id } : { ticket: lane.ticket.id };
}

/** The offer that rings first, wherever the desk looks. @param {any} state */
export function ringingIn(state) {
  return several(state) ? (state.lanes.find((/** @type {Lane} */ lane) => lane.offer)?.offer ?? null) : state.offer;
}
