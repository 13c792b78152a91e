"""How long a database is waited for, and waits itself."""

BUSY_SECONDS = 10
"""How long a SQLite connection waits for another process's transaction."""

IDLE_SECONDS = 1
"""How long a PostgreSQL transaction may stand still, as that of a stopped process does, before the server ends it …"""

THINKING_SECONDS = 60
"""… unless it has said that it thinks for long, or only reads: it holds nobody up. So long a tool waits on SQLite …"""

LOCK_SECONDS = 8
"""… how long another one waits for its locks before it gives up …"""

ANSWER_SECONDS = 12
"""… and how long it waits for an answer, while the server answers others: each longer than the one before."""

READING_SECONDS = 20
"""What only reads may be a report over years: that long its first rows may take."""
