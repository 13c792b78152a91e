"""The documents lead where they say."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_every_link_between_documents_leads_somewhere(tmp_path):
    done = subprocess.run(
        [sys.executable, ROOT / "tools/site.py", tmp_path], capture_output=True, text=True, check=False
    )

    assert done.stderr == ""
    assert (tmp_path / "docs" / "glossary.html").exists()
