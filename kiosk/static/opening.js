// @ts-check
/** Opens the room by itself where the device may (`?open=auto`): once for each conversation, also if loaded anew. */

const MEMORY = "room";

/** @param {import("../live.js").Live} line */
export function opening(line) {
  line.state.subscribe(({ room_url: room }) => {
    if (!room || sessionStorage.getItem(MEMORY) === room) return;
    sessionStorage.setItem(MEMORY, room);
    open(room, "_blank", "noopener,noreferrer");
  });
}
