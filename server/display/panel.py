"""What a panel is: somewhere that takes lines of text."""

import json
from collections.abc import Mapping
from typing import Any, TextIO

KNOWN = ("number", "poc", "queue", "branch")
"""What a line may name; `branch` is empty where the screen shows only one."""


class Unwritable(Exception):
    """The panel takes no more: it was unplugged, or whoever read it has gone."""


class Panel:
    """Writes a line for each call, and one while nobody knows what is called."""

    def __init__(self, out: TextIO, *, template: str, offline: str, as_json: bool) -> None:
        self._out = out
        self._template = template
        self._offline = offline
        self._as_json = as_json
        self._last = ""

    def show(self, call: Mapping[str, Any]) -> None:
        """A call, as one line."""
        if self._as_json:
            names = ("seq", "number", "branch", "poc", "queue", "called_at", "recall")
            self._write(json.dumps({name: call[name] for name in names if name in call}, ensure_ascii=False))
            return
        said = {name: call.get(name) or "" for name in KNOWN}
        self._last = self._template.format(**{name: _one_line(text) for name, text in said.items()}).strip()
        self._write(self._last)

    def say(self, text: str) -> None:
        """Something else, such as which panel this is."""
        self._write(json.dumps({"text": text}, ensure_ascii=False) if self._as_json else _one_line(text))

    def again(self) -> None:
        """The last call as it stood before something else was said; nothing where there was none. Programs know it."""
        self.say("" if self._as_json else self._last)

    def offline(self) -> None:
        """Nobody knows what is called now."""
        if self._offline:
            self.say(self._offline)

    def online(self) -> None:
        """They know again."""
        if self._offline:
            self.again()

    def _write(self, line: str) -> None:
        try:
            self._out.write(line + "\n")
            self._out.flush()
        except OSError as error:
            raise Unwritable(error.strerror or str(error)) from error


def _one_line(text: str) -> str:
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())
