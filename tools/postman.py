"""Writes the interfaces as a Postman collection: `python tools/postman.py [FILE]`, by default below build/.

Made of the OpenAPI document by Postman's own converter, which npm fetches; so only those run this who want the file.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from server.openapi import describe  # noqa: E402 - the checkout may not be installed

CONVERTER = "openapi-to-postmanv2@6.3.3"
FILE = ROOT / "build" / "turnero.postman_collection.json"


def main() -> int:
    """Write the file."""
    file = Path(sys.argv[1]) if len(sys.argv) > 1 else FILE
    file.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        document = Path(folder) / "openapi.json"
        document.write_text(json.dumps(describe("http://127.0.0.1:8080")), "utf-8")
        command = ["npx", "--yes", CONVERTER, "-s", str(document), "-o", str(file), "-O", "folderStrategy=Tags"]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    print(file)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
