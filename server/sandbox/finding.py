"""What a check has found."""

from dataclasses import dataclass
from typing import Any, Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One sentence of the contract, and whether it holds; `note`: it could not be tried."""

    name: str
    state: Literal["ok", "note", "FAIL"]
    trouble: str = ""

    @property
    def failed(self) -> bool:
        """Whether the contract is broken."""
        return self.state == "FAIL"

    def as_json(self) -> dict[str, Any]:
        """For programs."""
        return {"name": self.name, "state": self.state.lower(), "trouble": self.trouble}

    def __str__(self) -> str:
        return f"{self.state:<4} {self.name}" + (f": {self.trouble}" if self.trouble else "")


def holds(name: str, is_so: bool, trouble: str = "") -> Finding:
    """A finding: that something is so, or else what is the trouble."""
    return Finding(name=name, state="ok") if is_so else Finding(name=name, state="FAIL", trouble=trouble)


def untried(name: str, why: str) -> Finding:
    """A finding that could not be made."""
    return Finding(name=name, state="note", trouble=why)
