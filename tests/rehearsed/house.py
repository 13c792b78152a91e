"""The house under rehearsal: a database, processes on it, clients that command them, and rules after every step."""

import hashlib
import random
import shutil
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from qms.domain.errors import Conflict, Refused, Unavailable
from qms.domain.network import Network
from qms.domain.network_file import read_network
from qms.services import inspection
from qms.services.applying import apply_network
from qms.services.applying.apply import domains_of
from qms.store.columns import instant, micros
from qms.store.tx import Tx
from tests.rehearsed.agenda import Agenda
from tests.rehearsed.clock import RehearsalClock
from tests.rehearsed.failing import How
from tests.rehearsed.mirror import Mirror, Version
from tests.rehearsed.plan import Plan
from tests.rehearsed.process import Process, Silence
from tests.rehearsed.rest import Watch
from tests.rehearsed.rules import ENDINGS, MOMENTS
from tests.rehearsed.sight import Sight

REFEREED = {("number", "already given"), ("link", "already given"), ("ticket", "already offered")}
"""What the database should never have to refuse, nor a pass of the distributor anything at all."""


class Broken(AssertionError):
    """An invariant does not hold."""


@dataclass(frozen=True, kw_only=True)
class Deed:
    """A service that somebody wants run: `said` is how the history has it, `batch` an item of a batch service."""

    who: str
    service: Callable[..., Any]
    arguments: dict[str, Any] = field(default_factory=dict)
    domain: Any = None
    batch: bool = False
    said: str = ""


class House:
    """Everything that is rehearsed. `do` runs a deed and looks at what it has done."""

    def __init__(self, seed: int, plan: Plan, directory: Path, template: Path) -> None:
        self.seed, self.plan = seed, plan
        self.dice = random.Random(f"house {seed}")
        self.clock = RehearsalClock(plan.begins)
        self.agenda = Agenda(self.clock, self.dice)
        file = directory / f"house-{seed}.db"
        shutil.copy(template, file)
        self._files = [file, file.with_name(file.name + "-wal"), file.with_name(file.name + "-shm")]
        self.mirror = Mirror(file)
        self.sight = Sight(plan, self.mirror)
        self.processes = [Process(name, f"sqlite:///{file}", self.clock) for name in ("one", "two")]
        self.history: list[str] = []
        self.digest = hashlib.sha256()
        self.faults = 0.0
        self.steps = 0
        self.deeds: Counter[str] = Counter()
        self.calm_since = 0.0
        self.watch = Watch(self.sight)
        self.sight.ahead = micros(self.clock.now()) - micros(self.clock.machine())
        self.on_versions: list[Callable[[list[Version]], None]] = []
        self.on_topics: list[Callable[[set[str]], None]] = []
        self.on_jump: list[Callable[[], None]] = []
        self.on_death: list[Callable[[Process], None]] = []
        self.account = ""
        self.apply(plan.text)

    def close(self) -> None:
        """Let everything go."""
        for process in self.processes:
            if process.alive:
                process.die()
        self.mirror.close()
        for file in self._files:
            file.unlink(missing_ok=True)

    # -- deeds -------------------------------------------------------------------------------------------------------

    def process(self) -> Process | None:
        """A process that is up, as a load balancer would find one."""
        up = [process for process in self.processes if process.alive]
        return self.dice.choice(up) if up else None

    def do(self, who: str, service: Callable[..., Any], on: Process | None = None, **how: Any) -> Any:
        """One deed; its value, or its refusal, or `Silence`."""
        domain, said, batch = how.pop("domain", None), how.pop("said", ""), how.pop("batch", False)
        deed = Deed(who=who, service=service, arguments=how, domain=domain, batch=batch, said=said)
        return self.together([deed], on)[0]

    def together(self, deeds: Sequence[Deed], on: Process | None = None) -> list[Any]:
        """Deeds that wait for the same transaction; what came of each."""
        process = on if on is not None else self.process()
        if process is None or not process.alive:
            return [Silence("nobody is up") for _ in deeds]
        self._let_it_fail(process)
        outcomes = process.run([(d.service, d.batch, d.arguments, d.domain) for d in deeds])
        answers = [o.error if o.error is not None else o.value for o in outcomes]
        dead, lost = process.fault.deadly, process.fault.deadly and process.fault.how == "answer"
        if dead:
            answers = [Silence("died") for _ in answers]
        struck = process.fault.how if process.fault.struck else None
        if struck is not None:
            self.deeds[f"struck: {struck}"] += 1
        process.fault.clear()
        for deed, answer in zip(deeds, answers, strict=True):
            self._bug(deed, answer)
        self._look(process, deeds, answers, committed=lost or not dead, struck=struck)
        if dead:
            self.kill(process)
        else:
            for heard in self.on_topics:
                heard(process.told)
        return answers

    def read(self, service: Callable[..., Any], on: Process | None = None, **arguments: Any) -> Any:
        """Something that only reads."""
        process = on if on is not None else self.process()
        return process.store.read(service, **arguments) if process is not None and process.alive else None

    def kill(self, process: Process) -> None:
        """A process dies; it is started again some time later."""
        self.deeds["crash"] += 1
        self.calm_since = self.clock.passed
        process.die()
        for heard in self.on_death:
            heard(process)

    def jump(self, by: timedelta) -> None:
        """The machine's clock is set; backwards only while nothing runs, for no process's clock ever goes back."""
        if by < timedelta():
            for process in self.processes:
                if process.alive:
                    self.kill(process)
        self.deeds["clock set"] += 1
        self.clock.jump(by)
        self.note(f"clock set by {by}")
        self._anything_may_be_due()

    def apply(self, text: str) -> None:
        """The operator applies a network file."""
        process = self.process()
        if process is None:
            return
        file = read_network(text, "house.toml")
        domains = process.store.read(domains_of, slug="house")
        outcome = process.run([(apply_network, False, {"file": file, "hashes": {}}, domains)])[0]
        if outcome.error is not None:
            raise outcome.error
        self.network = process.store.read(_network)
        self.account = self.network.account.id
        self.sight.network = self.network
        self._look(process, [Deed(who="operator", service=apply_network)], [None], committed=True, struck=None)
        self._anything_may_be_due()

    def _anything_may_be_due(self) -> None:
        """Deadlines and rules are other ones now: the next tick will find what that means."""
        self.calm_since = self.clock.passed
        for heard in self.on_jump:
            heard()

    def busy(self) -> bool:
        """People come in the first hour of every six, and seldom in between."""
        return self.clock.passed % 21_600 < 3_600

    def note(self, line: str) -> None:
        """Write a line of history."""
        self.history.append(line)
        self.digest.update(line.encode() + b"\n")

    # -- what follows from them --------------------------------------------------------------------------------------

    def _let_it_fail(self, process: Process) -> None:
        if self.faults and self.dice.random() < self.faults:
            how: How = self.dice.choice(("statement", "commit", "answer", "hiccup"))
            process.plan(how, self.dice.randrange(12))
            self.deeds[f"fault: {how}"] += 1

    def _bug(self, deed: Deed, answer: Any) -> None:
        refereed = isinstance(answer, Conflict) and (answer.kind, answer.what) in REFEREED
        stopped = deed.who == "distributor" and isinstance(answer, Refused) and not isinstance(answer, Unavailable)
        if isinstance(answer, Exception) and (refereed or stopped or not isinstance(answer, Refused)):
            raise Broken(f"{deed.who} {deed.service.__name__}: {answer!r}") from answer

    def _look(
        self, process: Process, deeds: Sequence[Deed], answers: Sequence[Any], *, committed: bool, struck: str | None
    ) -> None:
        """Read what was committed, and ask every rule."""
        self.steps += 1
        sight = self.sight
        found: list[str] = []
        sight.deeds = frozenset(deed.service.__name__ for deed in deeds)
        seen = self.mirror.peek()
        stamps = [row["stamp"] for kind, row in seen if kind == "routing_domain" and row is not None]
        sight.now = micros(self.clock.business(instant(max(stamps)))) if stamps else micros(self.clock.now())
        fresh: list[Version] = []
        sight.moved.clear()
        for _, row in seen:
            version = self.mirror.show(row)
            fresh.append(version)
            for rule in MOMENTS.get(version.kind, ()):
                found += rule(sight, version)
            sight.note(version)
        for ending in ENDINGS:
            found += ending(sight, fresh)
        found += _without_effect(fresh, answers, committed=committed)
        self._write(process, deeds, answers, struck)
        for seen_by in self.on_versions:
            seen_by(fresh)
        if any(one.alive for one in self.processes):
            found += self.watch.look(self.clock.passed, self.calm_since, micros(self.clock.now()))
        self.insist(found)

    def _write(self, process: Process, deeds: Sequence[Deed], answers: Sequence[Any], struck: str | None) -> None:
        when = f"{self.clock.passed:12.6f} {self.sight.at().isoformat()} {process.name}.{process.life}"
        for deed, answer in zip(deeds, answers, strict=True):
            said = f"refused: {answer!r}" if isinstance(answer, Exception) else "done"
            self.deeds[deed.service.__name__ + (" refused" if isinstance(answer, Exception) else "")] += 1
            self.note(
                f"{when} {deed.who}: {deed.service.__name__} {deed.said} {said}{f' ({struck})' if struck else ''}"
            )
        for line in self.mirror.lines:
            self.note(f"    {line}")

    def insist(self, found: Iterable[str]) -> None:
        """Stop where something is broken."""
        if lines := list(found):
            self.note("broken: " + "; ".join(lines))
            raise Broken("\n".join(lines))

    def inspect(self) -> None:
        """Ask the doctor, and compare the mirror with the tables."""
        found = self.mirror.differing()
        process = self.process()
        if process is not None and self.clock.passed - self.calm_since > 5:
            found += process.store.read(inspection.broken_invariants)
        self.insist(found)


def _without_effect(fresh: Sequence[Any], answers: Sequence[Any], *, committed: bool) -> list[str]:
    """I9, I12: what was refused, or rolled back, has changed nothing but the domain's epoch."""
    changed = {version.kind for version in fresh} - {"routing_domain"}
    if changed and not committed:
        return [f"I12: {sorted(changed)} were rolled back and are there"]
    if changed and all(isinstance(answer, Exception) for answer in answers) and committed and not _silent(answers):
        return [f"I9: refused, and {sorted(changed)} changed"]
    return []


def _silent(answers: Sequence[Any]) -> bool:
    return any(isinstance(answer, Silence) for answer in answers)


def _network(tx: Tx) -> Network:
    ((account,),) = tx.raw("SELECT id FROM account WHERE slug = 'house'", {})
    return tx.network(account)
