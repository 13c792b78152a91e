"""Writes the parts of the reference that the code knows best: `python tools/reference.py [--check]`.

`docs/reference/options.md` from the catalogue of options, `docs/reference/events.md` from the dialects' event names,
`docs/reference/clock-changes.md` from the engine that offers starts, `docs/reference/access.md` from the table of
permissions and the routes, `docs/reference/data-map.md` from the data map beside the schema, `docs/reference/errors.md`
from the dialects' tables of refusals.
"""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from qms.domain.options import CATALOGUE  # noqa: E402 - the checkout may not be installed
from qms_gateway import webhook_native  # noqa: E402
from qms_gateway.dialects.auvious import webhook as auvious  # noqa: E402
from qms_gateway.dialects.videsk import webhook as videsk  # noqa: E402
from qms_gateway.dialects.voki import webhook as voki  # noqa: E402
from tools import access_page, clock_changes, data_map_page, errors_page  # noqa: E402

PAGES = ROOT / "docs" / "reference"

OPTIONS_HEAD = """\
# Options of an account

The vendors' documents leave some behaviours open. Each has a name and a default, our numbered decision; an account that
needs the other one says so in its network file:

```toml
[account]
options = { status_policy = "body-code" }
```

| option | decision | values | default | meaning |
|---|---|---|---|---|"""

EVENTS_HEAD = """\
# Events

What a webhook may subscribe to with `events = ["…"]`, or `["*"]` for all of its dialect. `qms.assigned` happens once
per ticket: when it is answered (booth) or called (counter). A moved appointment is told in the Videsk dialect as
`appointment.canceled` (at its earlier time) and `appointment.created`, but to those who name `appointment.rescheduled`
in `events`, and with the option `emit_appointment_rescheduled` to all, as that.

| happens | `dialect = "native"` | `dialect = "videsk"` | `dialect = "auvious"` | `dialect = "voki"` |
|---|---|---|---|---|"""

DIALECTS = (webhook_native.EVENTS, videsk.EVENTS, auvious.EVENTS, voki.EVENTS)


def options() -> str:
    """The page of named options."""
    lines = [OPTIONS_HEAD]
    for option in CATALOGUE:
        default = "–" if option.default in ("", {}) else f"`{_shown(option.default)}`"
        lines.append(f"| `{option.name}` | {option.decision} | {option.allowed} | {default} | {option.meaning} |")
    return "\n".join(lines) + "\n"


def events() -> str:
    """The page of events."""
    lines = [EVENTS_HEAD]
    names = list(dict.fromkeys(name for events in DIALECTS for name in events))
    for name in names:
        cells = [f"`{events[name]}`" if name in events else "–" for events in DIALECTS]
        lines.append(f"| {name} | {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def pages() -> dict[Path, str]:
    """Every page that is written here."""
    clocks = PAGES / "clock-changes.md"
    return {
        PAGES / "options.md": options(),
        PAGES / "events.md": events(),
        PAGES / "access.md": access_page.page(),
        PAGES / "data-map.md": data_map_page.data_map(),
        PAGES / "errors.md": errors_page.page(),
        clocks: clock_changes.page(),
    }


def _shown(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def main() -> int:
    """Write the pages, or with --check only say which are out of date; 1 where any is."""
    stale = [path for path, text in pages().items() if not path.exists() or path.read_text("utf-8") != text]
    if "--check" in sys.argv:
        for path in stale:
            print(f"out of date: {path.relative_to(ROOT)}")
        return 1 if stale else 0
    for path, text in pages().items():
        path.write_text(text, "utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
