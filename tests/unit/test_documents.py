"""The documents lead where they say."""

import re
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


def test_what_the_page_on_growth_sums_up_is_what_its_tables_say():
    text = (ROOT / "docs/growth.md").read_text("utf-8")

    tables = re.findall(r"<!-- measured: .*? -->(.*?)<!-- end -->", text, re.DOTALL)
    ratios = [float(row) for table in tables for row in re.findall(r"\| ([\d.]+) \|$", table, re.MULTILINE)]

    assert "no command takes a tenth longer" in text
    assert len(ratios) >= 16 * len(tables) > 0
    assert max(ratios) < 1.1
