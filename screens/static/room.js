// @ts-check
/**
 * How much fits on a glass of a shape, in letters that are read from afar: rather less of it than smaller. The style sheets
 * lay out as many rows of calls as `data-rows` says.
 */

/** Of the width to the height: from which on a glass is no longer upright, not even a little, is wide, and is a bar. */
const [SQUARE, LANDSCAPE, WIDE, BAR] = [0.64, 0.85, 1.45, 2.1];

/** @typedef {{width: number, height: number}} Glass */

/** How many of the last calls are listed. @param {Glass} glass @param {boolean} media @param {boolean} several branches */
export function rowsOf({ width, height }, media, several) {
  const shape = width / height;
  if (!(shape <= SQUARE || (shape > WIDE && shape < BAR))) return 4;
  return 5 - Number(media) - Number(several);
}

/** How many queues fit into the band, with their waits. @param {Glass} glass @param {boolean} media @param {boolean} several branches */
export function queuesIn({ width, height }, media, several) {
  const shape = width / height;
  if (media) return 2;
  if (shape <= SQUARE || shape >= BAR) return 4;
  if (shape < LANDSCAPE) return 2;
  return shape > WIDE && !several ? 4 : 3;
}
