"""Policies of a queue: the mix with appointments, rings of skill, weights, holds, emergencies."""

from datetime import timedelta

import pytest

from qms.domain.errors import Invalid
from qms.domain.network_file import NetworkFileErrors, read_network
from qms.services import explanation, kiosk_menu, offering, parking, reception, serving
from tests.db.networks import apply
from tests.db.work.ruled_town import APPOINTMENT, LEVELS, RINGS, booked, ruled
from tests.db.work.town import TOWN, Town


def called(town: Town, count: int, agent: str = "ana") -> list[str]:
    """The numbers that an agent calls, one after the other."""
    numbers = []
    for _ in range(count):
        town.clock.move(seconds=1)
        numbers.append(town.do(serving.next_ticket, agent).number)
    return numbers


class TestMix:
    def test_after_so_many_appointments_comes_one_who_walked_in(self, store, clock):
        town = ruled(store, clock, {"cash": "mix = 2"})
        town.present("ana", poc="c1")
        walked = [town.take() for _ in range(2)]
        came = [booked(town) for _ in range(5)]
        keys = [town.now(ticket).key for ticket in walked]

        order = called(town, 7)

        one, two, three, four, five = (ticket.number for ticket in came)
        assert order == [one, two, walked[0].number, three, four, walked[1].number, five]
        assert [town.now(ticket).key for ticket in walked] == keys

    def test_it_is_told_with_the_offer(self, store, clock):
        town = ruled(store, clock, {"cash": "mix = 1"})
        town.present("ana", poc="c1")
        walked = town.take()
        booked(town)
        booked(town)
        called(town, 2)

        reasons = town.offer("ana").reasons
        assert (reasons["moved"], reasons["own_key"]) == ("mix", walked.key.isoformat())
        told = store.read(
            explanation.explain,
            account=town.account,
            viewer=town.network.agents.find("ana"),
            ticket=town.offer("ana").ticket_id,
        )
        assert [said.sentence for said in told.offers[-1].said][-1] == "moved.mix"

    def test_whoever_is_late_for_an_appointment_has_walked_in(self, store, clock):
        town = ruled(store, clock, {"cash": "mix = 1"})
        town.present("ana", poc="c1")
        late = town.take(appointment=APPOINTMENT)
        came = [booked(town) for _ in range(2)]

        assert called(town, 3) == [came[0].number, late.number, came[1].number]

    def test_a_walk_in_is_found_behind_more_appointments_than_a_pass_reads(self, store, clock):
        town = ruled(store, clock, {"cash": "mix = 1"})
        town.present("ana", poc="c1")
        walked = town.take()
        came = [booked(town) for _ in range(9)]

        assert called(town, 2) == [came[0].number, walked.number]

    def test_without_it_appointments_go_first(self, town):
        town.present("ana", poc="c1")
        walked = town.take()
        came = [booked(town) for _ in range(3)]

        assert called(town, 4) == [*(ticket.number for ticket in came), walked.number]

    def test_what_rings_counts_too(self, store, clock):
        town = ruled(store, clock, {"video": "mix = 1"})
        walked = town.take("video")
        came = [booked(town, "video") for _ in range(2)]
        for agent in ("ana", "ben"):
            town.present(agent)
            town.work()

        assert town.offers(walked) == ["ringing"]
        assert [town.offers(ticket) for ticket in came] == [["ringing"], []]


class TestRings:
    def test_they_widen_with_time(self, store, clock):
        town = ruled(store, clock, {"video": RINGS}, LEVELS)
        ticket = town.take("video")
        town.present("ben")
        made = []
        for seconds in (0, 60, 59, 1):
            clock.move(seconds=seconds)
            made.append(town.work())

        assert made == [0, 0, 0, 1]
        assert town.offer("ben").ticket_id == ticket.id
        assert (town.offer("ben").reasons["ring"], town.offer("ben").reasons["minimum_level"]) == (3, 2)

    def test_whoever_knows_it_well_gets_it_at_once(self, store, clock):
        town = ruled(store, clock, {"video": RINGS}, LEVELS)
        town.present("ben")
        town.present("ana")
        ticket = town.take("video")
        town.work()

        assert town.offer("ana").ticket_id == ticket.id

    def test_the_agent_of_an_appointment_needs_no_level(self, store, clock):
        town = ruled(store, clock, {"video": RINGS}, LEVELS)
        town.present("ben")
        ticket = town.take("video", preferred_agent=town.agent("ben"))
        town.work()

        assert town.offer("ben").ticket_id == ticket.id

    @pytest.mark.parametrize(
        ("rings", "says"),
        [
            ("[{ after_seconds = 5, level = 8 }]", "from the start"),
            ("[{ level = 8 }, { after_seconds = 5, level = 9 }]", "to ask for less"),
            ("[{ level = 8 }, { level = 5 }]", "to begin later than the one before"),
            ("[{ after_seconds = 0 }]", "level is missing"),
        ],
    )
    def test_rings_that_do_not_widen_are_refused(self, rings, says):
        text = TOWN.replace('key = "video"\n', f'key = "video"\nrings = {rings}\n', 1)

        with pytest.raises(NetworkFileErrors) as refused:
            read_network(text, "town.toml")

        assert says in str(refused.value)

    def test_a_level_that_nobody_has_is_warned_of(self):
        text = TOWN.replace('key = "video"\n', 'key = "video"\nrings = [{ level = 9 }]\n', 1)

        said = [warning.message for warning in read_network(text, "town.toml").warnings]

        assert any("nobody will be served" in message for message in said)


def test_applying_the_same_policies_again_changes_nothing(store):
    rules = {
        "video": f'{RINGS}\nhold_seconds = 30\nunstaffed = "callback"',
        "cash": 'mix = 2\nweight = 45\nemergency = ["urgent"]\noverflow = { after_minutes = 2.5, queue = "desk" }',
        "desk": "max_waiting = 6\nclose_by_forecast = true",
    }
    text = TOWN
    for queue, rule in rules.items():
        text = text.replace(f'key = "{queue}"\n', f'key = "{queue}"\n{rule}\n', 1)
    apply(store, text)

    again = apply(store, text)
    plain = apply(store, TOWN)

    assert again.changes == []
    assert {change.key for change in plain.changes} == set(rules)


class TestWeight:
    def test_it_is_credit_against_the_other_queues_of_an_agent(self, store, clock):
        town = ruled(store, clock, {"cash": "weight = 60"})
        town.present("ben", poc="c1")
        desk = town.take("desk")
        clock.move(seconds=50)
        first, second = town.take("cash"), town.take("cash")
        clock.move(seconds=20)
        late = town.take("cash")
        order = called(town, 4, "ben")

        assert order == [first.number, second.number, desk.number, late.number]

    def test_it_is_told_with_the_offer_and_changes_no_key(self, store, clock):
        town = ruled(store, clock, {"cash": "weight = 60"})
        town.present("ben", poc="c1")
        ticket = town.take("cash")
        called(town, 1, "ben")

        assert (town.offer("ben").reasons["moved"], town.now(ticket).key) == ("weight", ticket.key)


class TestHold:
    def test_nobody_is_held_for_an_agent_who_is_away(self, store, clock):
        town = ruled(store, clock, {"video": "hold_seconds = 120"})
        town.present("ana")
        town.present("ben")
        ticket = booked(town, "video", preferred_agent=town.agent("ben"))
        town.present("ben", "away")
        town.work()

        assert town.offer("ana").ticket_id == ticket.id

    def test_after_the_hold_anybody_may_have_him(self, store, clock):
        town = ruled(store, clock, {"video": "hold_seconds = 120"})
        town.present("ben")
        town.take("video")
        town.work()
        town.do(offering.answer, "ben", offer=town.offer("ben").id)
        town.present("ana")
        ticket = booked(town, "video", preferred_agent=town.agent("ben"))
        made = []
        for seconds in (0, 118, 2):
            clock.move(seconds=seconds)
            made.append(town.work())

        assert made == [0, 0, 1]
        assert town.offer("ana").ticket_id == ticket.id

    def test_it_begins_when_his_time_comes(self, store, clock):
        town = ruled(store, clock, {"video": "hold_seconds = 120"})
        soon = clock.business(clock.machine()) + timedelta(minutes=10)
        ticket = booked(town, "video", preferred_agent=town.agent("ben"), eligible_from=soon)

        assert ticket.preferred_until == soon + timedelta(seconds=120)

    def test_whoever_is_resumed_is_held_for_who_set_him_aside(self, store, clock):
        town = ruled(store, clock, {"cash": "hold_seconds = 120"})
        town.present("ana", poc="c1")
        ticket = town.take()
        other = town.take()
        called(town, 1)
        town.do(parking.park, "ana")
        called(town, 1)
        town.do(parking.resume, "ana", ticket=ticket.id)
        town.present("ben", poc="c2")

        assert town.now(other).state == "called"
        assert town.do(serving.next_ticket, "ben") is None

    def test_without_it_he_is_only_asked_first(self, town):
        town.present("ana")
        ticket = booked(town, "video", preferred_agent=town.agent("ben"))
        town.present("ben", "away")
        town.work()

        assert (town.offer("ana").ticket_id, ticket.preferred_until) == (ticket.id, None)


class TestEmergency:
    def test_its_class_goes_before_everybody(self, store, clock):
        town = ruled(store, clock, {"cash": 'emergency = ["urgent"]\nmax_wait_minutes = 5'})
        first = town.take()
        clock.move(minutes=6)
        town.work()
        urgent = town.take(ticket_class="urgent")

        assert town.now(first).band == 1
        assert town.line("cash") == [urgent.number, first.number]

    def test_it_stays_one_in_another_queue_too(self, store, clock):
        town = ruled(store, clock, {"cash": 'emergency = ["urgent"]\noverflow = { after_minutes = 1, queue = "desk" }'})
        town.take("desk")
        urgent = town.take(ticket_class="urgent")
        town.present("cyd")
        clock.move(minutes=1)
        town.work()

        assert town.line("desk")[0] == urgent.number

    def test_the_staff_says_who_is_one(self, store, clock):
        town = ruled(store, clock, {"cash": 'emergency = ["urgent"]'})
        ana = town.network.agents.find("ana")
        wanted = {"agent": ana, "queue": "cash", "branch": "main"}
        taken = store.write(reception.walk_in, domain=ana.domain_id, ticket_class="urgent", **wanted)
        with pytest.raises(Invalid):
            store.write(reception.walk_in, domain=ana.domain_id, ticket_class="vip", **wanted)

        assert (taken.band, taken.ticket_class) == (0, "urgent")

    def test_a_kiosk_offers_it_only_if_it_names_it(self, store, clock):
        rules = 'emergency = ["urgent"]\ncredit_seconds = { vip = 90 }'
        text = (
            TOWN
            + '[[kiosk]]\nkey = "a"\nbranch = "main"\n[[kiosk]]\nkey = "b"\nbranch = "main"\nclasses = ["urgent"]\n'
        )
        town = ruled(store, clock, {"cash": rules}, text)
        cash = town.network.queues.find("cash")

        offered = [list(kiosk_menu.classes_of(kiosk, cash)) for kiosk in town.network.kiosks.values()]

        assert offered == [["vip"], ["urgent"]]
