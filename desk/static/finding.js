// @ts-check
/** Which entries of a list have what somebody looks for, by the rule of the server (`desk/finding.py`). */

/** A list of more entries than these has a field to find some of them. */
export const MANY = 12;

/** Letters that Unicode does not take apart, and how those write them who do not have them on their keys. @type {Record<string, string>} */
const STRUCK = { Ł: "L", Ø: "O", Đ: "D", Ð: "D", Ħ: "H", Ŧ: "T", Æ: "AE", Œ: "OE", Þ: "TH" };
const OF_THEM = new RegExp(`[${Object.keys(STRUCK).join("")}]`, "g");

/** A text as it is compared: without its accents and strokes, and whatever its capitals are (ß is SS). @param {string} text */
export const plain = (text) =>
  text.normalize("NFKD").replace(/\p{M}/gu, "").toUpperCase().replace(OF_THEM, (letter) => STRUCK[letter] ?? letter);

/**
 * Whether all words of what is looked for are somewhere in an entry; every entry has nothing.
 * @param {string} searched what is written in it, plain @param {string} wanted as it was typed
 */
export const has = (searched, wanted) => plain(wanted).split(/\s+/).every((word) => searched.includes(word));

/** An address that keeps what is looked for. @param {string} address @param {string} wanted */
export function keeping(address, wanted) {
  const url = new URL(address);
  if (wanted.trim()) url.searchParams.set("find", wanted.trim());
  else url.searchParams.delete("find");
  return url.href;
}
