"""What one screen shows of what there is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from qms.domain.own_texts import NO_TEXTS, OwnTexts
from screens.snapshot.values import Call, Clip, Say


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """What one screen shows of a branch, and what it says aloud; `queues` None: all of them.

    `languages` are the screen's: a call is said in the ticket's own language, then in the first of these.
    """

    queues: frozenset[str] | None = None
    show_waiting: bool = True
    show_waits: bool = True
    voice: bool = True
    languages: tuple[str, ...] = ()
    pronounce: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, settings: Mapping[str, Any], languages: Sequence[str] = ()) -> "Selection":
        """What a screen's settings ask for."""
        queues = settings.get("queues")
        return cls(
            queues=frozenset(queues) if queues else None,
            show_waiting=bool(settings.get("show_waiting", True)),
            show_waits=bool(settings.get("show_waits", True)),
            voice=bool(settings.get("audio", True)) and bool(settings.get("voice", True)),
            languages=tuple(languages),
            pronounce=tuple(sorted(settings.get("pronounce", {}).items())),
        )

    def takes(self, queue_id: str) -> bool:
        """Whether the screen shows a queue."""
        return self.queues is None or queue_id in self.queues

    def said(self, call: Call, say: Say, own: OwnTexts = NO_TEXTS) -> list[Clip]:
        """A call aloud: in the ticket's language, then in the screen's first one; places by their names in it."""
        if not self.voice:
            return []
        sounds = dict(self.pronounce)
        places = [label for label in (call.branch, call.poc) if label is not None]
        tags = [tag for tag in (call.language, *self.languages[:1]) if tag]
        named = {tag: [sounds.get(label) or own.say(label, tag).text for label in places] for tag in tags}
        found = [clip for tag in tags if (clip := say(tag, call.number, named[tag])) is not None]
        return list({clip.language: clip for clip in found}.values())

    def tested(self, say: Say) -> list[Clip]:
        """What is said to try the voice: no number at all."""
        tried = [say(tag, "", ()) for tag in self.languages[:1]] if self.voice else []
        return [clip for clip in tried if clip is not None]
