"""The network of the house that visitors come to: two branches, five agents, and a device of every kind."""

PEOPLE = {"a1": "c1", "a2": "c2", "a3": "c3"}
AGENTS = "\n".join(
    f"""
[[agent]]
key = "{key}"
firstname = "{name}"
lastname = "Lopez"
email = "{key}@acme.example"
password = "a-good-password"
role = "attendant"
queues = {queues}
"""
    for key, name, queues in (
        ("a1", "Ana", '["cash"]'),
        ("a2", "Ben", '["cash"]'),
        ("a3", "Eva", '["cash"]'),
        ("a4", "Elena", '["video"]'),
        ("a5", "Olga", '["annexed"]'),
    )
)
NETWORK = f"""
[account]
slug = "acme"
name = "Acme Bank"
timezone = "America/Santiago"
languages = ["en", "es", "ar"]
room_url = "https://meet.example.com/{{room}}"

[[branch]]
key = "main"
name = "main"
label = "Main branch"
address = "1345 Main Street, CA"
location = [7.0, 9.0]
pocs = [
    {{ key = "c1", label = "Counter 1", kind = "counter" }},
    {{ key = "c2", label = "Counter 2", kind = "counter" }},
    {{ key = "c3", label = "Orthopaedic outpatient consultation, room 214, second floor", kind = "counter" }},
    {{ key = "b1", label = "Booth <b>A</b>", kind = "booth", token = "poc-b1" }},
]

[[queue]]
key = "cash"
name = "Cash <b>desk</b>"
prefix = "C"
branches = ["main"]
mode = "counter"
wrap_up_seconds = 0
credit_seconds = {{ priority = 300 }}

[[queue]]
key = "video"
name = "Video advice"
prefix = "V"
branches = ["main"]
mode = "booth"
ring_seconds = 60
wrap_up_seconds = 0

[[branch]]
key = "annex"
name = "annex"
label = "Annex <b>east</b>"
address = "1347 Main Street, CA"
pocs = [{{ key = "x1", label = "Counter 1", kind = "counter" }}]

[[queue]]
key = "annexed"
name = "Customs"
prefix = "X"
branches = ["annex"]
mode = "counter"
wrap_up_seconds = 0

[[queue]]
key = "staffed"
name = "Notary"
prefix = "N"
branches = ["main"]
mode = "counter"
unstaffed = "refuse"
{AGENTS}
[[screen]]
key = "lobby"
branch = "main"
token = "lobby-screen"
languages = ["en", "es"]

[[screen]]
key = "both"
branch = "main"
branches = ["annex"]
token = "both-branches"
languages = ["en", "es"]

[[kiosk]]
key = "annex-door"
branch = "annex"
token = "kiosk-annex"

[[kiosk]]
key = "door"
branch = "main"
token = "kiosk-door"
queues = ["cash", "video", "staffed"]
languages = ["en", "es", "ar"]

[[kiosk]]
key = "side"
branch = "main"
token = "kiosk-side"
phone = true

[messages]
country = "CL"

[[messages.provider]]
channel = "SMS"
url = "https://sms.example/send"
"""
