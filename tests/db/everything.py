"""A network that has something of every kind, with every key said."""

EVERYTHING = """
[account]
slug = "every"
name = "Every \\"thing\\" \\\\ Ünï"
timezone = "America/Santiago"
languages = ["es", "en"]
applications = []
holidays = { country = "CL", categories = ["public", "bank"], language = "es" }
closures = [
  { date = "2026-12-24", reason = "Inventory" }, { from = "2026-02-02", to = "2026-02-06" },
  { from = "2026-12-24T13:00", to = "2026-12-25T00:00", rrule = "FREQ=YEARLY" }]
room_url = "https://meet.example/{room}"
absences = ["lunch", "Home visit"]
receipt_footer = "Thank you"
sign_in = { issuer = "https://id.example", client_id = "c", client_secret = "hush-1" }
options = { status_policy = "documented", captcha_secret = "hush-2" }

[messages]
from = "Bank <bank@example.com>"
provider = [
  { channel = "SMS", url = "https://sms.example/send", headers = { Authorization = "hush-3" } },
  { channel = "WHATSAPP", url = "https://wa.example/send" }]
template = [{ kind = "CREATE", subject = "Hi", text = "Line one\\nLine two \\"q\\"" }]

[[branch]]
key = "a"
timezone = "Europe/Madrid"
location = [-33.5, -70.6]
hours = { mon-fri = ["09:00-14:00", "15:00-18:00"], sat = ["22:00-02:00"], breaks = { fri = ["10:00-10:15"] },
          dates = { "2026-12-31" = ["09:00-12:00"], "2027-01-01" = [] }, valid_from = "2026-01-01" }
holidays = false
pocs = [{ key = "1", label = "Box 1" }, { key = "2", kind = "counter", id = "652720d479497a1b62df288b" }]

[[branch]]
key = "b"
hours = [{ mon = ["08:00-10:00"], valid_to = "2026-06-30" }, { mon = ["09:00-11:00"], valid_from = "2026-07-01" }]
holidays = "ES"

[[branch]]
key = "c"
hours = {}

[[queue]]
key = "q"
prefix = ""
branches = ["a", "b"]
form = "contact"
survey = "survey"
credit_seconds = { vip = 90, "two.words" = -5 }
rings = [{ level = 8 }, { after_seconds = 60, level = 5 }]
overflow = { after_minutes = 5, queue = "r" }
emergency = ["urgent"]
capacity = 3
close_by_forecast = true

[[queue]]
key = "r"
branches = ["a"]
mode = "counter"
call = "push"

[[agent]]
key = "owner"
firstname = "Olga"
email = "Olga@every.example"
role = "owner"
queues = { q = 8, r = 5 }
schedule = { timezone = "Europe/London", mon-wed = ["08:00-10:00"], fri = ["08:00-10:00"] }
calendars = ["https://cal.example/hush-4.ics", "https://cal.example/other.ics"]
closures = [{ date = "2026-08-01" }]

[[agent]]
key = "boss"
role = "supervisor"
supervises = ["b"]
queues = ["r"]

[[service]]
key = "s"
queue = "q"
agents = []
lead = "P1D"
reminders = ["P1D", "PT1H"]
survey = "survey"

[[form]]
key = "survey"
fields = [{ name = "score", type = "nps", required = true }, { name = "how", type = "select", options = ["x", "y"] },
          { name = "age", type = "number", min = 0, max = 99, readonly = true }]

[[webhook]]
key = "plain"
url = "https://hook.example/a"
events = ["*"]
active = false
secret = "hush-5"
headers = { Authorization = "hush-6" }

[[webhook]]
key = "own"
url = "https://hook.example/{{data.id}}"
events = ["ticket.called"]
dialect = "videsk"
method = "POST"
body = "{{data.id}} {{secrets.key}}"
secrets = { key = "hush-7" }

[[screen]]
key = "lobby"
branch = "a"
branches = ["b"]
token = "hush-8-lobby-screen"
queues = ["q"]
ticker = ["Welcome"]
pronounce = { "C-1" = "counter one" }
theme = "dark"
farthest_metres = 7.5

[[kiosk]]
key = "door"
branch = "a"
token = "hush-9-kiosk-door"
phone = true
queues = ["r", "q"]
classes = ["vip"]
"""
