"""Make the third-party files that the pages bring along, or check that they are what this file would make.

    python tools/vendor.py            make qms/web/pages/static/vendor/ and tests/vendor/ anew
    python tools/vendor.py --check    make them in a temporary folder and compare; exit 1 and say what differs

Only developers run this (it wants npm and the network); whoever installs Turnero gets the files as they are. Every
version is pinned here, so that the same command gives the same bytes; `MANIFEST.json` beside the files names the
version, the licence and the SHA-384 of each. To update: change a version, run, look at the pages, commit the result.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGES = Path("qms/web/pages/static/vendor")
TESTS = Path("tests/vendor")

PINNED = {
    "preact": "11.2.0",
    "@preact/signals": "2.11.4",
    "@preact/signals-core": "1.14.5",
    "htm": "3.1.1",
    "@fontsource-variable/atkinson-hyperlegible-next": "5.3.0",
    "@fontsource-variable/noto-sans-arabic": "5.3.0",
    "lucide-static": "1.62.0",
    "swagger-ui-dist": "5.35.0",
    "axe-core": "4.14.1",
}
MAKERS = {"esbuild": "0.28.2", "subset-font": "2.9.0", "harfbuzzjs": "1.6.4", "fontverter": "2.0.0", "wawoff2": "2.0.1"}
"""What works on the files and leaves nothing of itself in them."""

UI = ("preact", "@preact/signals", "@preact/signals-core", "htm")
ATKINSON = "@fontsource-variable/atkinson-hyperlegible-next"
ARABIC = "@fontsource-variable/noto-sans-arabic"

UI_ENTRY = """\
import { h } from "preact";
import htm from "htm";
export { h, render, hydrate, Fragment, createContext } from "preact";
export { useState, useReducer, useEffect, useLayoutEffect, useRef, useMemo, useCallback, useContext, useId,
         useErrorBoundary } from "preact/hooks";
export { signal, computed, effect, batch, untracked, useSignal, useComputed, useSignalEffect } from "@preact/signals";
export const html = htm.bind(h);
"""

UI_TYPES = """\
// What ui.js exports, as far as editors and `tsc -p jsconfig.json` need to know it.
export type Signal<T> = { value: T; peek(): T; subscribe(see: (value: T) => void): () => void };
export type ReadonlySignal<T> = { readonly value: T; peek(): T; subscribe(see: (value: T) => void): () => void };
export function signal<T>(value: T): Signal<T>;
export function computed<T>(work: () => T): ReadonlySignal<T>;
export function effect(work: () => void | (() => void)): () => void;
export function batch<T>(work: () => T): T;
export function untracked<T>(work: () => T): T;
export function useSignal<T>(value: T): Signal<T>;
export function useComputed<T>(work: () => T): ReadonlySignal<T>;
export function useSignalEffect(work: () => void | (() => void)): void;
export function html(parts: TemplateStringsArray, ...values: unknown[]): any;
export function h(type: any, props?: any, ...children: unknown[]): any;
export function render(vnode: unknown, place: Element): void;
export function hydrate(vnode: unknown, place: Element): void;
export const Fragment: any;
export function createContext<T>(value: T): any;
export function useContext(context: any): any;
export function useState<T>(value: T | (() => T)): [T, (next: T | ((before: T) => T)) => void];
export function useReducer<S, A>(reduce: (state: S, action: A) => S, state: S): [S, (action: A) => void];
export function useEffect(work: () => void | (() => void), when?: unknown[]): void;
export function useLayoutEffect(work: () => void | (() => void), when?: unknown[]): void;
export function useRef<T>(value: T): { current: T };
export function useRef<T>(value: T | null): { current: T | null };
export function useMemo<T>(work: () => T, when?: unknown[]): T;
export function useCallback<T>(work: T, when?: unknown[]): T;
export function useId(): string;
export function useErrorBoundary(see?: (error: any) => void): [any, () => void];
"""

ICON_NAMES = """
a-large-small accessibility armchair arrow-left arrow-right arrow-right-left ban bell bell-ring calendar
calendar-check chart-column check chevron-down chevron-left chevron-right circle-alert circle-check circle-x
clock coffee contrast door-open ellipsis external-link headset history hourglass house info keyboard languages
log-in log-out map-pin megaphone message-square minus monitor moon pause pencil phone play plus printer qr-code
refresh-cw search settings smartphone sun ticket timer trash-2 triangle-alert undo-2 user user-check user-x
users video volume-2 volume-x wifi-off x
"""

ARABIC_TEXT = [
    (0x20, 0x20), (0xA0, 0xA0), (0x60C, 0x60C), (0x61B, 0x61B), (0x61F, 0x61F), (0x621, 0x63A), (0x640, 0x655),
    (0x660, 0x66C), (0x670, 0x671), (0x67E, 0x67E), (0x686, 0x686), (0x698, 0x698), (0x6A9, 0x6A9), (0x6AF, 0x6AF),
    (0x6CC, 0x6CC), (0x6F0, 0x6F9), (0x200C, 0x200F),
]  # fmt: skip
"""Modern Arabic and Persian: letters, marks, digits and punctuation. base.css repeats it as `unicode-range`."""

SUBSET = """\
import { readFile, writeFile } from "node:fs/promises";
import subsetFont from "subset-font";
const [from, to, ranges] = process.argv.slice(2);
let text = "";
for (const [first, last] of JSON.parse(ranges)) for (let c = first; c <= last; c++) text += String.fromCodePoint(c);
const variationAxes = { wght: { min: 400, max: 800 } };
await writeFile(to, await subsetFont(await readFile(from), text, { targetFormat: "woff2", variationAxes }));
"""


def install(folder: Path) -> Path:
    """Fetch what is pinned into a folder and return its node_modules."""
    pinned = PINNED | MAKERS
    overrides = {name: f"${name}" for name in pinned}
    package = {"private": True, "type": "module", "dependencies": pinned, "overrides": overrides}
    (folder / "package.json").write_text(json.dumps(package))
    subprocess.run(
        ["npm", "install", "--no-audit", "--no-fund", "--loglevel=error"],
        cwd=folder,
        check=True,
        stdout=subprocess.DEVNULL,
    )
    return folder / "node_modules"


def make_ui(modules: Path, into: Path) -> None:
    """Bundle Preact, its hooks, signals and htm into the one module that the live pages import."""
    entry = modules.parent / "ui.entry.js"
    entry.write_text(UI_ENTRY)
    banner = "/* " + ", ".join(f"{name} {PINNED[name]}" for name in UI) + "; licences: see licences/ */"
    (into / "ui.d.ts").write_text(UI_TYPES)
    subprocess.run(
        [modules / ".bin/esbuild", entry, "--bundle", "--minify", "--format=esm", "--target=es2022",
         "--legal-comments=none", f"--banner:js={banner}", f"--outfile={into / 'ui.js'}", "--log-level=warning"],
        check=True,
    )  # fmt: skip


def make_icons(modules: Path, into: Path) -> None:
    """Put the icons we use into one sprite; `pages/macros.html.j2` and `icons.js` say how they are drawn."""
    symbols = []
    for name in sorted(ICON_NAMES.split()):
        svg = (modules / "lucide-static/icons" / f"{name}.svg").read_text()
        shapes = re.search(r"<svg[^>]*>(.*)</svg>", svg, re.DOTALL)
        if shapes is None:
            raise ValueError(f"{name}.svg has no shapes")
        drawing = re.sub(r"\s*\n\s*", "", shapes[1])
        symbols.append(f'<symbol id="{name}" viewBox="0 0 24 24">{drawing}</symbol>')
    text = '<svg xmlns="http://www.w3.org/2000/svg">\n' + "\n".join(symbols) + "\n</svg>\n"
    (into / "icons.svg").write_text(text)


def make_fonts(modules: Path, into: Path) -> None:
    """Copy the Latin faces; cut the Arabic one down to what Arabic and Persian texts need."""
    fonts = into / "fonts"
    fonts.mkdir()
    for part in ("latin", "latin-ext"):
        name = f"atkinson-hyperlegible-next-{part}-wght-normal.woff2"
        shutil.copyfile(modules / ATKINSON / "files" / name, fonts / name)
    script = modules.parent / "subset.js"
    script.write_text(SUBSET)
    whole = modules / ARABIC / "files/noto-sans-arabic-arabic-wght-normal.woff2"
    cut = fonts / "noto-sans-arabic-wght-normal.woff2"
    subprocess.run(["node", script, whole, cut, json.dumps(ARABIC_TEXT)], cwd=modules.parent, check=True)


def make_swagger(modules: Path, into: Path) -> None:
    """Copy Swagger UI for the page /docs; where its source map would be is left out, nobody has it."""
    folder = into / "swagger"
    folder.mkdir()
    for name in ("swagger-ui-bundle.js", "swagger-ui.css"):
        text = (modules / "swagger-ui-dist" / name).read_text("utf-8")
        (folder / name).write_text(re.sub(r"\n?(//# |/\*# )sourceMappingURL=\S+( \*/)?\s*$", "\n", text), "utf-8")


def copy_licences(modules: Path, packages: tuple[str, ...], into: Path) -> None:
    """Put each package's licence text beside the files made from it."""
    folder = into / "licences"
    folder.mkdir()
    for name in packages:
        shutil.copyfile(modules / name / "LICENSE", folder / (name.lstrip("@").replace("/", "-") + ".txt"))


def origin(path: str) -> tuple[str, ...]:
    """Say which packages a vendored file is made from."""
    if path == "ui.js":
        return UI
    if path == "icons.svg":
        return ("lucide-static",)
    if path.startswith("swagger/"):
        return ("swagger-ui-dist",)
    if path == "axe.min.js":
        return ("axe-core",)
    return (ARABIC,) if "arabic" in path else (ATKINSON,)


def write_manifest(modules: Path, into: Path) -> None:
    """Name version, licence and SHA-384 of every file, in the spelling that `integrity=` uses."""
    files = {}
    for path in sorted(p.relative_to(into).as_posix() for p in into.rglob("*") if p.is_file()):
        if path.startswith("licences/") or path.endswith(".d.ts"):
            continue
        packages = origin(path)
        licences = {json.loads((modules / name / "package.json").read_text())["license"] for name in packages}
        digest = base64.b64encode(hashlib.sha384((into / path).read_bytes()).digest()).decode()
        files[path] = {
            "made_from": {name: PINNED[name] for name in packages},
            "licence": " AND ".join(sorted(licences)),
            "sha384": f"sha384-{digest}",
        }
    (into / "MANIFEST.json").write_text(json.dumps(files, indent=2) + "\n")


def make(root: Path) -> None:
    """Make both vendor folders below a root."""
    with tempfile.TemporaryDirectory() as workshop:
        modules = install(Path(workshop))
        pages, tests = root / PAGES, root / TESTS
        for folder in (pages, tests):
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(parents=True)
        make_ui(modules, pages)
        make_icons(modules, pages)
        make_fonts(modules, pages)
        make_swagger(modules, pages)
        copy_licences(modules, (*UI, "lucide-static", ATKINSON, ARABIC, "swagger-ui-dist"), pages)
        bundled = (modules / "swagger-ui-dist/swagger-ui-bundle.js.LICENSE.txt").read_text("utf-8")
        with (pages / "licences/swagger-ui-dist.txt").open("a", encoding="utf-8") as licences:
            licences.write(f"\n\nIn its bundle:\n\n{bundled}")
        shutil.copyfile(modules / "axe-core/axe.min.js", tests / "axe.min.js")
        copy_licences(modules, ("axe-core",), tests)
        for folder in (pages, tests):
            write_manifest(modules, folder)


def differences(one: Path, other: Path) -> Iterator[str]:
    """Name the files that are not the same on both sides."""
    for folder in (PAGES, TESTS):
        sides = [{p.relative_to(root): p for p in (root / folder).rglob("*") if p.is_file()} for root in (one, other)]
        for path in sorted(sides[0].keys() | sides[1].keys()):
            if (
                path not in sides[0]
                or path not in sides[1]
                or sides[0][path].read_bytes() != sides[1][path].read_bytes()
            ):
                yield str(path)


def main() -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--check", action="store_true", help="compare instead of replacing")
    if not parser.parse_args().check:
        make(ROOT)
        return 0
    with tempfile.TemporaryDirectory() as folder:
        make(Path(folder))
        found = list(differences(ROOT, Path(folder)))
    for path in found:
        print(f"not as tools/vendor.py makes it: {path}", file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
