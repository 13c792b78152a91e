"""`python -m tests.rehearsed SEED [HOURS]`: rehearse one seed, and tell what happened."""

import sys
import tempfile
from pathlib import Path

from tests.rehearsed.rehearsal import rehearse, template
from tests.rehearsed.telling import story


def main() -> int:
    """Rehearse, and say how it went; 1 where something broke."""
    seed, hours = int(sys.argv[1]), float(sys.argv[2]) if len(sys.argv) > 2 else 10.0
    with tempfile.TemporaryDirectory() as directory:
        report = rehearse(seed, hours, Path(directory), template(Path(directory)))
    print(story(report))
    print(report.digest)
    return report.broken is not None


if __name__ == "__main__":
    sys.exit(main())
