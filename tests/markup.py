"""Markup as a browser would take it."""

from html.parser import HTMLParser


class Elements(HTMLParser):
    """What a browser would make of markup: its elements with their attributes, and its text."""

    def __init__(self, markup: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, list[tuple[str, str | None]]]] = []
        self.texts: list[str] = []
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, attrs))

    def handle_data(self, data):
        self.texts.append(data)

    def handle_comment(self, data):
        self.elements.append(("!", []))

    handle_decl = handle_pi = unknown_decl = handle_comment
