"""Write the documentation as a site: `python tools/site.py [FOLDER]`, by default to build/site.

The pages are the Markdown files themselves, which read as well in the repository. A link to a file or a heading that
is not there fails the run.
"""

import re
import sys
from html import escape
from itertools import pairwise
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

ROOT = Path(__file__).resolve().parent.parent
PAGE = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title} · Turnero</title>
<style>
  body {{ margin: 0 auto; max-width: 60rem; padding: 1rem; font: 1rem/1.55 system-ui, sans-serif; color: #1b1f24; }}
  nav a {{ margin-inline-end: 1em; white-space: nowrap; }}
  pre, code {{ font: 0.9em/1.45 ui-monospace, monospace; background: #f3f4f6; }}
  pre {{ padding: 0.8em; overflow-x: auto; }}
  table {{ border-collapse: collapse; display: block; overflow-x: auto; }}
  th, td {{ border: 1px solid #d0d4da; padding: 0.3em 0.6em; text-align: start; vertical-align: top; }}
  img {{ max-width: 100%; }}
</style>
<nav>{nav}</nav>
<main>
{body}</main>
</html>
"""


def main(target: Path) -> int:
    """Write every page and what it shows; return how many links lead nowhere."""
    sources = [ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")]
    sources += sorted((ROOT / "docs").rglob("*.md"))
    documents = {source: _parse(source) for source in sources}
    broken = [problem for source in documents for problem in _broken(source, documents)]
    for source, tokens in documents.items():
        for file in {goal for goal, _ in _goals(source, tokens) if goal.is_file() and goal not in documents}:
            _place(target / file.relative_to(ROOT), file.read_bytes())
        _place(target / _address(source), _render(source, tokens, documents).encode())
    for problem in broken:
        print(problem, file=sys.stderr)
    print(f"{len(documents)} pages in {target}")
    return len(broken)


def _place(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def _parse(source: Path) -> list[Token]:
    tokens = MarkdownIt("commonmark").enable("table").parse(source.read_text(encoding="utf-8"))
    for opening, content in pairwise(tokens):
        if opening.type == "heading_open":
            opening.attrSet("id", _anchor(content.content))
    return tokens


def _render(source: Path, tokens: list[Token], documents: dict[Path, list[Token]]) -> str:
    up = "../" * (len(_address(source).parts) - 1)
    nav = " ".join(f'<a href="{up}{_address(page)}">{escape(_title(page, documents[page]))}</a>' for page in documents)
    for link in _links(tokens):
        link.attrSet("href", _renamed(source, str(link.attrGet("href"))))
    markdown = MarkdownIt("commonmark").enable("table")
    body = markdown.renderer.render(tokens, markdown.options, {})
    return PAGE.format(title=escape(_title(source, tokens)), nav=nav, body=body)


def _renamed(source: Path, address: str) -> str:
    """Let a link lead to the page that a Markdown file becomes; README.md is the front page."""
    path, hash_, anchor = address.partition("#")
    if "://" in path or not path.endswith(".md"):
        return address
    up = "../" * (len(_address(source).parts) - 1)
    return f"{up}{_address((source.parent / path).resolve())}{hash_}{anchor}"


def _broken(source: Path, documents: dict[Path, list[Token]]) -> list[str]:
    problems = []
    for goal, anchor in _goals(source, documents[source]):
        headings = {str(token.attrGet("id")) for token in documents.get(goal, []) if token.type == "heading_open"}
        if not goal.exists() or (anchor and goal in documents and anchor not in headings):
            problems.append(f"{source.relative_to(ROOT)}: {goal}{'#' if anchor else ''}{anchor} is not there")
    return problems


def _goals(source: Path, tokens: list[Token]) -> list[tuple[Path, str]]:
    """The files of this repository that a page links to or shows, each with the heading in it."""
    images = [child for token in tokens for child in token.children or [] if child.type == "image"]
    addresses = [str(link.attrGet("href")) for link in _links(tokens)] + [str(image.attrGet("src")) for image in images]
    parts = [address.partition("#") for address in addresses if not re.match(r"[a-z]+:", address)]
    return [((source.parent / path).resolve() if path else source, anchor) for path, _, anchor in parts]


def _links(tokens: list[Token]) -> list[Token]:
    return [child for token in tokens for child in token.children or [] if child.type == "link_open"]


def _title(source: Path, tokens: list[Token]) -> str:
    headings = [content.content for opening, content in pairwise(tokens) if opening.tag == "h1"]
    return headings[0] if headings else source.stem


def _address(source: Path) -> Path:
    name = source.relative_to(ROOT)
    return Path("index.html") if name == Path("README.md") else name.with_suffix(".html")


def _anchor(heading: str) -> str:
    """Name a heading as the places do where the files are read as they are."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


if __name__ == "__main__":
    sys.exit(1 if main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "build" / "site") else 0)
