"""What a browser is asked about the glass of a lobby: how large its words are, what is cut off, what lies on what."""

SCREENS = [(1920, 1080), (1080, 1920), (1024, 768), (1200, 1920), (1024, 1280), (2560, 1080)]

METRES = """(words) => Math.min(...[...document.querySelectorAll(words)].map((it) =>
  parseFloat(getComputedStyle(it).fontSize) * 0.672 * 1092 / Math.hypot(innerWidth, innerHeight) * 0.16))"""

WORDS = "[data-number], [data-poc], .heading-time, .now-word"

CUT_OFF = """(words) => [...document.querySelectorAll(words)].filter((it) => {
  const [inner, outer] = [it.getBoundingClientRect(), it.closest("[data-call], .lobby").getBoundingClientRect()];
  return inner.left < outer.left - 1 || inner.right > outer.right + 1
    || inner.top < outer.top - 1 || inner.bottom > outer.bottom + 1;
}).map((it) => it.textContent.slice(0, 40))"""

OVERLAPPING = """() => {
  const [number, poc] = ["[data-number]", ".now-poc"].map((what) =>
    document.querySelector(`[aria-current=true] ${what}`).getBoundingClientRect());
  return number.bottom - 0.1 * number.height > poc.top; // letters without tails leave the foot of their line free
}"""
