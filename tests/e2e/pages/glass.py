"""The glass of a lobby: a picture for it, the call it shows large, and how a browser measures what is on it."""

from typing import Any

from playwright.sync_api import Page

SCREENS = [(1920, 1080), (1080, 1920), (1024, 768), (1200, 1920), (1024, 1280), (2560, 1080)]

METRES = """(words) => Math.min(...[...document.querySelectorAll(words)].map((it) =>
  parseFloat(getComputedStyle(it).fontSize) * 0.672 * 1092 / Math.hypot(innerWidth, innerHeight) * 0.16))"""

PLACE = ".now-poc :is([data-poc], [data-branch])"
PLACE_SHARE = 0.75
"""How far the place of the number called carries, of how far a list of its size does: it is caught at a glance."""

OUTSIDE = """() => [...document.querySelectorAll(".stage, .called, .band, .media, .caution, .ticker")].filter((it) => {
  const { left, right, top, bottom } = it.getBoundingClientRect();
  if (!it.checkVisibility()) return false;
  return left < -1 || right > innerWidth + 1 || top < -1 || bottom > innerHeight + 1 || bottom - top < 9;
}).map((it) => it.className)"""
"""What of a lobby is beyond the glass, or has no room on it."""

PICTURE_SHARE = """() => {
  const it = document.querySelector(".media")?.getBoundingClientRect();
  if (!it) return null;
  const width = Math.min(it.width, (it.height * 16) / 9);
  return (width * width * 9) / 16 / innerWidth / innerHeight;
}"""
"""How much of a lobby a picture of 16:9 takes; null where there are none."""

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

PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060000000050001a5f64540"
    "0000000049454e44ae426082"
)
"""A picture of one dot."""

CAP_SHARE = """(element) => {
  const { fontSize, fontFamily, fontWeight } = getComputedStyle(element);
  const canvas = document.createElement("canvas").getContext("2d");
  canvas.font = `${fontWeight} ${fontSize} ${fontFamily}`;
  return canvas.measureText("H").actualBoundingBoxAscent / Math.min(innerWidth, innerHeight);
}"""
"""The height of an element's capitals, as a share of the window's shorter side."""


def current(page: Page) -> Any:
    """The call that a lobby shows large."""
    return page.locator("[data-call][aria-current=true]")
