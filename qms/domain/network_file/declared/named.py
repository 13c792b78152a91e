"""What every declaration has: the line where it stands, and a stable key."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """Anything declared, at a line of the file."""

    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Identified(Declared):
    """Anything with a stable key and an id: the one given, or one derived from account, kind and key."""

    key: str
    id: str
