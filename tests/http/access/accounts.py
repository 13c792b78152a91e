"""The network files of two accounts, alike but for a word: a bank with two branches, and somebody of every role."""

HALL = """
[[branch]]
key = "{key}"
name = "{word} {key}"
label = "{word} {key}"
address = "1 {word} Street"
location = [7.0, 9.0]
pocs = [{{ key = "{key}1", label = "{word} Counter", kind = "counter" }}]

[[queue]]
key = "queue-{key}"
name = "{word} {key}"
prefix = "{prefix}"
branches = ["{key}"]
mode = "counter"

[[agent]]
key = "attendant-{key}"
firstname = "{word}"
email = "attendant-{key}@{slug}.example"
queues = ["queue-{key}"]

[[agent]]
key = "supervisor-{key}"
firstname = "{word}"
email = "supervisor-{key}@{slug}.example"
role = "supervisor"
supervises = ["{key}"]

[[screen]]
key = "screen-{key}"
branch = "{key}"

[[kiosk]]
key = "kiosk-{key}"
branch = "{key}"
queues = ["queue-{key}"]
"""
HOUSE = """
[account]
slug = "{slug}"
name = "{word} Bank"
applications = [{{ key = "app", queue = "queue-main" }}]

[[agent]]
key = "supervisor"
firstname = "{word}"
role = "supervisor"

[[agent]]
key = "manager"
firstname = "{word}"
role = "manager"

[[agent]]
key = "owner"
firstname = "{word}"
email = "owner@{slug}.example"
role = "owner"

[[service]]
key = "visit"
title = "{word} Visit"
queue = "queue-main"
branch = "main"
agents = ["attendant-main"]
"""


def file_of(word: str) -> str:
    """The file of the account with this word for a name."""
    halls = [HALL.format(key=key, word=word, slug=word.lower(), prefix=key[0].upper()) for key in ("main", "north")]
    return HOUSE.format(word=word, slug=word.lower()) + "".join(halls)
