"""The page of the data map: what is kept of people, of whom, why and how long."""

from qms.store.schema.data_map import PERSONAL, Whose

HEAD = """\
# Data map

What is kept of people, why, and until when; `anonymise_after_days` is an [option](options.md) of the account, and
[erasing](../howto/answer-a-privacy-request.md) goes at once. What is not here holds nothing of a person. Exported:
handed to the person who asks what is kept of him.
"""

TITLES: dict[Whose, str] = {"visitor": "Visitors", "staff": "Staff"}


def data_map() -> str:
    """The page."""
    lines = [HEAD]
    for whose, title in TITLES.items():
        lines += [f"## {title}", "", "| table | column | what | why | until | exported |", "|---|---|---|---|---|---|"]
        for table, columns in PERSONAL.items():
            for name, one in columns.items():
                if one.whose == whose:
                    told = "yes" if one.exported else "–"
                    lines.append(f"| `{table}` | `{name}` | {one.what} | {one.why} | {one.until} | {told} |")
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"
