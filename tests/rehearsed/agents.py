"""Agents: they come and go, answer, decline and overlook, serve and send on, and now and then vanish."""

from collections.abc import Callable
from functools import partial
from typing import Any

from qms.services import offering, parking, presence, serving, sockets, undoing
from qms.services.reception import reactivate
from qms.services.transfer import transfer
from tests.rehearsed.house import House
from tests.rehearsed.mirror import Row, Version


class Agents:
    """All agents of a house. What they do is decided by what they saw when they began to reach for the mouse."""

    def __init__(self, house: House) -> None:
        self.house, self.dice = house, house.dice
        house.on_versions.append(self.see)

    def start(self) -> None:
        """Let the shifts begin."""
        for agent in self.house.plan.agents:
            self.house.agenda.after(self.dice.choice([1.0, 30.0, 600.0, 1500.0]), partial(self.shift, agent))

    # -- coming and going --------------------------------------------------------------------------------------------

    def shift(self, agent: str) -> None:
        """Come to work, with or without a desk that tells that it is there."""
        self.present(agent, "idle", poc=self._poc(agent))
        if self.dice.random() < 0.7:
            self.socket(agent, opened=True)
        self.house.agenda.after(self.dice.expovariate(1 / 1800), partial(self.stir, agent))
        self.house.agenda.after(self.dice.expovariate(1 / 60), partial(self.look_round, agent))

    def stir(self, agent: str) -> None:
        """Something other than serving."""
        often = 2400 if self.house.busy() else 24_000
        self.house.agenda.after(self.dice.expovariate(1 / often), partial(self.stir, agent))
        deeds = [*[self.pause] * 3, *[self.vanish] * 3, self.go, self.sit, self.doubt]
        self.dice.choice(deeds)(agent)

    def pause(self, agent: str) -> None:
        self.present(agent, "away", reason="break")
        self.house.agenda.after(self.dice.choice([1.0, 40.0, 400.0]), partial(self.present, agent, "idle"))

    def vanish(self, agent: str) -> None:
        """The browser is gone; it may come back soon, late, or long after everybody has given up."""
        self.socket(agent, opened=False)
        back = self.dice.choice([2.0, 4.9, 12.0, 29.9, 31.0, 300.0, 900.0])
        self.house.agenda.after(back, partial(self.come_back, agent))

    def come_back(self, agent: str) -> None:
        if self.session(agent) is None:
            self.present(agent, "idle")
        self.socket(agent, opened=True)

    def go(self, agent: str) -> None:
        self.present(agent, "offline")
        self.house.agenda.after(self.dice.choice([20.0, 300.0, 1500.0]), partial(self.present, agent, "idle"))

    def sit(self, agent: str) -> None:
        self.present(agent, self.dice.choice(["idle", "away"]), poc=self._poc(agent))

    def doubt(self, agent: str) -> None:
        self.do(agent, undoing.undo)

    def present(self, agent: str, state: str, **more: Any) -> None:
        self.do(agent, presence.set_presence, state=state, **more)

    def socket(self, agent: str, *, opened: bool) -> None:
        who = self.house.network.agents.find(agent)
        given: dict[str, Any] = {"agent": who.id, "socket": f"socket {agent}"}
        if opened:
            self.house.do(agent, sockets.opened, domain=who.domain_id, process="desk", **given)
        else:
            self.house.do(agent, sockets.closed, domain=who.domain_id, **given)

    def _poc(self, agent: str) -> str | None:
        """A place to sit: a counter where he serves at one, or none."""
        network = self.house.network
        branches = {b for q in network.agents.find(agent).queues for b in network.queues[q].branch_ids}
        pocs = sorted(poc.id for poc in network.pocs.values() if poc.branch_id in branches)
        return self.dice.choice(pocs) if pocs and self.dice.random() < 0.85 else None

    # -- at work -----------------------------------------------------------------------------------------------------

    def see(self, versions: list[Version]) -> None:
        """What agents notice: something rings, somebody is at the desk, a wrap-up has begun, nobody is left."""
        for version in versions:
            row = version.after
            if row is None or version.was == row.get("state"):
                continue
            if version.kind == "offer" and row["state"] == "ringing":
                self._ring(self._key(row), row)
            elif version.kind == "offer" and row["state"] == "accepted":
                after = self.dice.choice([0.5, 20.0, 60.0, 200.0])
                self.house.agenda.after(after, partial(self.serve, self._key(row), row["ticket_id"]))
            elif version.kind == "session" and row["state"] == "wrap_up" and self.dice.random() < 0.3:
                after = self.dice.uniform(0.1, 12)
                self.house.agenda.after(after, partial(self.do, self._key(row), serving.finish_wrap_up))

    def _key(self, row: Row) -> str:
        return self.house.network.agents[row["agent_id"]].key

    def _ring(self, agent: str, offer: Row) -> None:
        ring = (offer["deadline"] - offer["made_at"]) / 1_000_000
        how = self.dice.random()
        answer = partial(self.do, agent, offering.answer, offer=offer["id"])
        if how < 0.68:
            after = self.dice.uniform(0.3, 0.9 * ring)
            self.house.agenda.after(after, answer)
            if how < 0.05:
                self.house.agenda.after(after, answer)  # twice
        elif how < 0.8:
            decline = partial(self.do, agent, offering.decline, offer=offer["id"])
            self.house.agenda.after(self.dice.uniform(0.3, 0.9 * ring), decline)
        elif how < 0.9:
            self.house.agenda.after(ring + self.dice.choice([-0.001, 0.0, 0.001, 0.4]), answer)

    def serve(self, agent: str, ticket: str) -> None:
        """One step with the person at the desk, and then the next, until he is gone."""
        row = self.house.sight.present.get(ticket)
        if row is None or row["state"] not in ("called", "serving"):
            return
        done = not isinstance(self._step(agent, row), Exception)
        after = self.dice.choice([0.0, 5.0, 30.0, 90.0] if done else [9.0, 200.0])
        self.house.agenda.after(after, partial(self.serve, agent, ticket))

    def _step(self, agent: str, row: Row) -> Any:
        called: list[tuple[Callable[..., Any], float]] = [
            (serving.serve, 6),
            (serving.no_show, 2),
            (serving.recall, 1),
            (serving.finish, 1),
            (parking.park, 0.5),
        ]
        served: list[tuple[Callable[..., Any], float]] = [
            (serving.finish, 5),
            (serving.next_ticket, 2),
            (transfer, 1.5),
            (parking.park, 0.7),
            (serving.recall, 0.5),
        ]
        some = called if row["state"] == "called" else served
        deed = self.dice.choices([one for one, _ in some], [weight for _, weight in some])[0]
        named = {"ticket": row["id"]} if self.dice.random() < 0.8 else {}
        answer = self.do(agent, deed, **named, **(self._onward() if deed is transfer else {}))
        if deed in (serving.finish, serving.no_show, serving.next_ticket) and self.dice.random() < 0.2:
            after = self.dice.choice([0.5, 3.0, 4.999, 5.0, 5.001, 6.0])
            self.house.agenda.after(after, partial(self.do, agent, undoing.undo))
        if deed is serving.no_show and self.dice.random() < 0.3:
            after = self.dice.choice([3.0, 60.0])
            self.house.agenda.after(after, partial(self.do, "a0", reactivate, ticket=row["id"]))
        if deed is parking.park:
            after = self.dice.expovariate(1 / 200)
            self.house.agenda.after(after, partial(self.do, agent, parking.resume))
        return answer

    def _onward(self) -> dict[str, Any]:
        plan, dice = self.house.plan, self.dice
        queue, branch = dice.choice(plan.queues), dice.choice(plan.branches)
        to = dice.choice([{"queue": queue}, {"queue": queue, "branch": branch}, {"to_agent": dice.choice(plan.agents)}])
        return {**to, "place": dice.choice(["keep", "keep", "first", "last"])}

    def look_round(self, agent: str) -> None:
        """Nobody is at the desk: call the next, where people wait who are not offered by themselves."""
        self.house.agenda.after(
            self.dice.choice([15.0, 90.0, 240.0] if self.house.busy() else [300.0, 900.0]),
            partial(self.look_round, agent),
        )
        session = self.session(agent)
        if session is None or session["state"] not in ("idle", "missed", "wrap_up"):
            return
        mine = self.house.network.agents.find(agent).queues
        line = [t for t in self.house.sight.waiting(session["domain_id"]) if t["queue_id"] in mine]
        pulled = any(self.house.sight.queue(ticket).call == "pull" for ticket in line)
        if line and (pulled or self.dice.random() < 0.1):
            self.do(agent, serving.next_ticket)

    # -- how they say it ---------------------------------------------------------------------------------------------

    def session(self, agent: str) -> Row | None:
        """The session of an agent."""
        id = self.house.network.agents.find(agent).id
        return next((one for one in self.house.sight.on_duty.values() if one["agent_id"] == id), None)

    def do(self, agent: str, service: Callable[..., Any], **more: Any) -> Any:
        """An agent's command."""
        who = self.house.network.agents.find(agent)
        said = " ".join(f"{name}={value}" for name, value in more.items())
        return self.house.do(
            agent, service, domain=who.domain_id, said=said, account=self.house.account, agent=who.id, **more
        )
