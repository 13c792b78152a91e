"""Asks for known vulnerabilities in what is locked: `python tools/audit.py [--strict]`.

pip-audit says "no known vulnerabilities" where it could not ask, too. Here a library that nobody was asked about is
named. Exits 1 where something is known, 0 where nothing is; where anything could not be asked about, 0 with a warning,
and 2 with `--strict`, for where the network is known to allow it.
"""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
PIP_AUDIT = ("uv", "tool", "run", "--from", "pip-audit==2.10.1", "pip-audit", "--disable-pip", "--require-hashes")
FEW = 5
FINE, KNOWN, UNKNOWN = 0, 1, 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Audit:
    """What is known of the libraries; `unasked`: of which nothing could be learned, and `why`."""

    known: list[str]
    asked: int
    unasked: list[str]
    why: str = ""

    @classmethod
    def of(cls, answer: str, errors: str) -> "Audit":
        """What pip-audit has answered, as JSON; nothing at all where it could not even begin."""
        try:
            libraries: list[dict[str, Any]] = json.loads(answer)["dependencies"]
        except (ValueError, KeyError):
            return cls(
                known=[], asked=0, unasked=["everything"], why=(errors.strip().splitlines() or ["no answer"])[-1]
            )
        skipped = [one for one in libraries if "skip_reason" in one]
        known = [
            f"{one['name']} {one['version']}: {flaw['id']}, mended in {', '.join(flaw['fix_versions']) or 'no release'}"
            for one in libraries
            for flaw in one.get("vulns", ())
        ]
        return cls(
            known=known,
            asked=len(libraries) - len(skipped),
            unasked=[one["name"] for one in skipped],
            why=skipped[0]["skip_reason"] if skipped else "",
        )

    def told(self) -> str:
        """In words."""
        lines = [*self.known, f"{self.asked} libraries asked about, {len(self.known)} vulnerabilities known"]
        if self.unasked:
            names = ", ".join(self.unasked[:FEW]) + (
                f" and {more} more" if (more := len(self.unasked) - FEW) > 0 else ""
            )
            lines.append(f"NOT AUDITED: {names} ({self.why}). Ask again where PyPI can be reached.")
        return "\n".join(lines)

    def status(self, *, strict: bool) -> int:
        """With what to exit."""
        return KNOWN if self.known else UNKNOWN if strict and self.unasked else FINE


def main(*arguments: str) -> int:
    """Ask, and tell."""
    command = [str(Path(sys.executable).parent / PIP_AUDIT[0]), *PIP_AUDIT[1:], "--format", "json"]
    lock = ["--requirement", str(ROOT / "requirements.lock")]
    asked = subprocess.run([*command, *lock], capture_output=True, text=True, check=False)
    audit = Audit.of(asked.stdout, asked.stderr)
    sys.stdout.write(audit.told() + "\n")
    return audit.status(strict="--strict" in arguments)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
