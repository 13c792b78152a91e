"""A house at random: a network file as an operator might write it, with every policy that queues can have."""

import random
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

ZONES = ("America/Santiago", "Europe/Madrid", "Asia/Kathmandu", "Australia/Lord_Howe", "America/Sao_Paulo", "UTC")

MORNINGS = (
    datetime(2026, 3, 2, 12, 0, tzinfo=UTC),  # a Monday
    datetime(2026, 3, 29, 0, 10, tzinfo=UTC),  # Madrid's clocks go forward at 01:00
    datetime(2026, 10, 25, 0, 10, tzinfo=UTC),  # and back
    datetime(2026, 4, 5, 2, 20, tzinfo=UTC),  # Santiago's go back at midnight: the last hour of Saturday comes twice
    datetime(2026, 9, 6, 3, 10, tzinfo=UTC),  # and forward: Sunday begins at 01:00
    datetime(2026, 4, 4, 14, 10, tzinfo=UTC),  # Lord Howe's move by half an hour
    datetime(2028, 2, 28, 22, 0, tzinfo=UTC),  # the night before a leap day
    datetime(2026, 12, 31, 21, 30, tzinfo=UTC),  # the last day of a year
)

CLASSES = ("vip", "urgent")
PREFIXES = "ABCD"


@dataclass(frozen=True, kw_only=True)
class Plan:
    """A network file, and what of it a rehearsal wants to know without asking the house."""

    text: str
    changed_text: str
    begins: datetime
    branches: tuple[str, ...]
    queues: tuple[str, ...]
    agents: tuple[str, ...]
    services: tuple[str, ...]
    zones: dict[str, ZoneInfo]
    hours: dict[str, tuple[int, int] | None]
    """Per branch the hours from which until which it is open each day; None: always."""

    def is_open(self, branch: str, at: datetime) -> bool:
        """Whether a branch is open, by its wall clock."""
        hours = self.hours[branch]
        wall = at.astimezone(self.zones[branch])
        return hours is None or hours[0] <= wall.hour < hours[1]

    def day(self, branch: str | None, at: datetime) -> str:
        """The date that the wall clock of a branch shows; without one, that of the account."""
        zone = self.zones[branch] if branch else self.zones[""]
        return at.astimezone(zone).date().isoformat()


def drawn(dice: random.Random) -> Plan:
    """A house for this seed."""
    return _Drawing(dice).plan()


class _Drawing:
    def __init__(self, dice: random.Random) -> None:
        self.dice = dice
        self.branches = [f"b{n}" for n in range(dice.choice([2, 3, 4]))]
        self.begins = dice.choice(MORNINGS) + timedelta(minutes=dice.randrange(40))
        zone = dice.choice(ZONES)
        self.zones = {branch: zone if dice.random() < 0.7 else dice.choice(ZONES) for branch in self.branches}
        self.zones[""] = zone
        self.hours = {branch: self._hours(branch) for branch in self.branches}
        self.modes: dict[str, str] = {}
        self.where: dict[str, list[str]] = {}
        self.rules: dict[str, str] = {}

    def plan(self) -> Plan:
        for n in range(self.dice.choice([2, 3, 4])):
            self._queue(f"q{n}")
        queues = list(self.where)
        served = self._agents()
        services = [f"s-{queue}" for queue in queues if self.dice.random() < 0.6 and self._givers(queue, served)]
        parts = [self._account(), *map(self._branch, self.branches)]
        end = [self._agent(agent, of) for agent, of in served.items()]
        end += [self._service(service, served) for service in services] + [_kiosk(b) for b in self.branches]
        text = "\n".join(parts + [self._queue_table(queue, self._policies(queue)) for queue in queues] + end)
        changed = "\n".join(parts + [self._queue_table(queue, self._policies(queue)) for queue in queues] + end)
        return Plan(
            text=text,
            changed_text=changed,
            begins=self.begins,
            branches=tuple(self.branches),
            queues=tuple(queues),
            agents=tuple(served),
            services=tuple(services),
            zones={branch: ZoneInfo(zone) for branch, zone in self.zones.items()},
            hours=self.hours,
        )

    def _hours(self, branch: str) -> tuple[int, int] | None:
        """Half of the branches never close; the others open or close while the rehearsal lasts, or soon after."""
        if self.dice.random() < 0.6:
            return None
        hour = self.begins.astimezone(ZoneInfo(self.zones[branch])).hour
        if hour >= 20:
            return (0, 23)
        return (max(0, hour - self.dice.choice([1, 3])), min(24, hour + self.dice.choice([2, 3, 8])))

    def _account(self) -> str:
        wanted = self.dice.choice(['["*"]', '["ticket.created", "ticket.done", "appointment.*"]', '["*"]'])
        wanted = wanted if "appointment.*" not in wanted else '["ticket.created", "ticket.done"]'
        return f"""[account]
slug = "house"
name = "House"
timezone = "{self.zones[""]}"

[[webhook]]
key = "native"
url = "https://hooks.example.com/native"
events = {wanted}
dialect = "native"
secret = "whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIz"

[[webhook]]
key = "vendor"
url = "https://hooks.example.com/vendor"
events = ["qms.assigned"]
dialect = "videsk"
secret = "whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIz"
"""

    def _branch(self, key: str) -> str:
        pocs = [f'{{ key = "c{n}", kind = "counter" }}' for n in range(self.dice.choice([0, 1, 2]))]
        pocs += [f'{{ key = "v{n}", kind = "booth" }}' for n in range(self.dice.choice([0, 1, 2]))]
        hours = self.hours[key]
        posted = f'hours = {{ mon-sun = ["{hours[0]:02}:00-{hours[1]:02}:00"] }}\n' if hours else ""
        zone = f'timezone = "{self.zones[key]}"\n'
        return f'[[branch]]\nkey = "{key}"\n{zone}{posted}pocs = [{", ".join(pocs)}]\n'

    def _queue(self, key: str) -> None:
        self.modes[key] = self.dice.choice(["booth", "counter", "counter"])
        self.where[key] = sorted(self.dice.sample(self.branches, self.dice.randint(1, len(self.branches))))

    def _queue_table(self, key: str, policies: str) -> str:
        where = ", ".join(f'"{branch}"' for branch in self.where[key])
        head = f'[[queue]]\nkey = "{key}"\nprefix = "{PREFIXES[int(key[1:])]}"\n'
        head += f'branches = [{where}]\nmode = "{self.modes[key]}"\n'
        return head + policies

    def _policies(self, key: str) -> str:
        dice = self.dice
        call = "push" if dice.random() < 0.7 else "pull"
        text = f'call = "{call}"\nring_seconds = {dice.choice([5, 12, 20])}\n'
        text += f"wrap_up_seconds = {dice.choice([0, 0, 8, 30])}\n"
        text += f"decline_cooldown_seconds = {dice.choice([0, 15, 30])}\n"
        text += f"max_wait_minutes = {dice.choice([4, 10, 30])}\n"
        text += f'unstaffed = "{dice.choice(["accept", "accept", "refuse", "callback"])}"\n'
        rare = {
            "credit_seconds = { vip = 60 }": 0.4,
            'emergency = ["urgent"]': 0.5,
            f"mix = {dice.choice([1, 2])}": 0.3,
            f"weight = {dice.choice([30, 120])}": 0.3,
            f"hold_seconds = {dice.choice([20, 60])}": 0.4,
            f"max_waiting = {dice.choice([4, 8])}": 0.2,
            "close_by_forecast = true": 0.2,
            "rings = [{ level = 7 }, { after_seconds = 25, level = 3 }, { after_seconds = 70, level = 1 }]": 0.4,
        }
        if self.modes[key] == "booth" and dice.random() < 0.4:
            text += f'capacity = {dice.choice([2, 3])}\nfill = "{dice.choice(["spread", "pack"])}"\n'
        text += "".join(f"{rule}\n" for rule, chance in rare.items() if dice.random() < chance)
        return text + self._overflow(key)

    def _overflow(self, key: str) -> str:
        """To a queue further on only, so that nobody goes round in circles."""
        later = [q for q in self.where if q > key and set(self.where[key]) <= set(self.where[q])]
        if not later or self.dice.random() < 0.4:
            return ""
        return f'overflow = {{ after_minutes = {self.dice.choice([2, 5])}, queue = "{self.dice.choice(later)}" }}\n'

    def _agents(self) -> dict[str, dict[str, int]]:
        count = len(self.branches) * 2 + self.dice.choice([0, 1])
        queues = list(self.where)
        served = {}
        for n in range(count):
            own = self.dice.sample(queues, self.dice.randint(1, len(queues)))
            served[f"a{n}"] = {queue: self.dice.choice([1, 4, 8]) for queue in sorted(own)}
        for n, queue in enumerate(queues):
            served[f"a{n % count}"][queue] = 9
        return served

    def _agent(self, key: str, served: dict[str, int]) -> str:
        queues = ", ".join(f"{queue} = {level}" for queue, level in sorted(served.items()))
        role = 'role = "supervisor"\n' if key == "a0" else ""
        return f'[[agent]]\nkey = "{key}"\nfirstname = "{key}"\n{role}queues = {{ {queues} }}\n'

    def _givers(self, queue: str, served: dict[str, dict[str, int]]) -> list[str]:
        return [agent for agent, of in served.items() if queue in of][:3]

    def _service(self, key: str, served: dict[str, dict[str, int]]) -> str:
        queue = key.removeprefix("s-")
        agents = ", ".join(f'"{agent}"' for agent in self._givers(queue, served))
        rules = self.dice.choice(["", "before_minutes = 5\n", "after_minutes = 5\n"])
        return f"""[[service]]
key = "{key}"
title = "{key}"
queue = "{queue}"
branch = "{self.where[queue][0]}"
agents = [{agents}]
duration_minutes = {self.dice.choice([10, 15, 20])}
step_minutes = 5
early_minutes = 15
grace_minutes = {self.dice.choice([5, 10])}
credit_minutes = {self.dice.choice([0, 15])}
reminders = []
{rules}"""


def _kiosk(branch: str) -> str:
    classes = ", ".join(f'"{name}"' for name in CLASSES)
    named = f'[[kiosk]]\nkey = "k-{branch}"\nbranch = "{branch}"\n'
    return f'{named}token = "kiosk-{branch}-secret-token"\nclasses = [{classes}]\n'
