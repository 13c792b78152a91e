"""Explanations in words: one sentence for each name in `qms.services.sentences`."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo

from qms.services.sentences import Fact, Said
from qms.web.pages import N_, Language, translations

WORDS: Mapping[str, str] = {
    "position.first": N_("{number} is first in line."),
    "position.behind": N_("{number} is number {position} in line: {ahead} in front."),
    "position.overtaken": N_("{count} who came later have been served first."),
    "position.placed": N_("{agent} put {number} there at {at}: {reason} ({rule})."),
    "state.offered": N_("{number} is ringing at a desk."),
    "state.called": N_("{number} was called by {agent} at {at}, to {poc}."),
    "state.serving": N_("{number} has been with {agent} at {poc} since {at}."),
    "state.done": N_("{number} was served by {agent}, until {at}."),
    "state.cancelled": N_("{number} was withdrawn at {at}: {reason}."),
    "state.expired": N_("{number} was still waiting when the branch closed, at {at}."),
    "state.no_show": N_("{number} was called by {agent} and did not come; noted at {at}."),
    "state.parked": N_("{number} was set aside by {agent} at {at}."),
    "ahead.band": N_("{number} goes first: an emergency, or beyond the longest wait allowed."),
    "ahead.earlier": N_("{number} came earlier, at {at}."),
    "ahead.credit": N_(
        "{number} came later, at {at}, with a credit of {minutes} minutes: an appointment, or its class."
    ),
    "ahead.put_back": N_("{number} came at {at}; this one has been put back since."),
    "ahead.sequence": N_("{number} came at the same moment, just before."),
    "ahead.placed": N_("{number} was put there by {agent} at {at}: {reason}."),
    "waits.nobody_on_duty": N_("Nobody who serves {queue} is signed in."),
    "waits.nobody_free": N_("Of {on_duty} who serve {queue}, nobody is free."),
    "waits.by_hand": N_("In {queue} people are called by hand; {free} of {on_duty} are free."),
    "waits.next": N_("{free} of {on_duty} who serve {queue} are free."),
    "waits.not_before": N_(
        "It is not due before {at}; until then it only goes to somebody who has nothing else to do."
    ),
    "waits.held": N_("It is held for {agent} until {until}, while he is there."),
    "waits.declined": N_("{agent} had it a moment ago, and is not asked again before {until}."),
    "waits.mix": N_("After {cap} people with appointments in a row comes one who walked in."),
    "waits.ring": N_("For now only agents of skill level {level} or more are asked."),
    "moved.mix": N_("It was time for somebody who walked in, after so many appointments."),
    "moved.weight": N_("The queue has a head start of {seconds} s against the agent's other queues."),
    "offer.ringing": N_("Rings at {agent}'s desk since {at}."),
    "offer.accepted": N_("Went to {agent} at {at}, at {poc}."),
    "offer.done": N_("Went to {agent} at {at}, at {poc}, and is over."),
    "offer.declined": N_("Rang at {agent}'s desk at {at}, and was declined."),
    "offer.missed": N_("Rang at {agent}'s desk at {at}, and was not answered in time."),
    "offer.withdrawn": N_("Rang at {agent}'s desk at {at}, and was taken back."),
    "offer.lost": N_("Was with {agent} from {at}, whose connection was lost."),
    "offer.superseded": N_("Rang at {agent}'s desk at {at}, until he took an earlier one back."),
    "won.only_candidate": N_("{agent} was the only one available who may take it."),
    "won.only_free": N_("The others who may take it went to more urgent people."),
    "won.preferred": N_("{agent} was to be asked first."),
    "won.empty_handed": N_("The next best had just been given somebody else."),
    "won.least_loaded": N_("{agent} had the fewest people at his desk: {held}."),
    "won.fullest": N_(
        "{agent} had people at his desk already ({held}), and this queue fills one agent after the other."
    ),
    "won.level": N_("{agent} had the highest skill level of {candidates}: {level}."),
    "won.least_flexible": N_(
        "{agent} could be spared best: he serves {flexibility} of the queues in which people wait."
    ),
    "won.longest_idle": N_("{agent} had been idle longest of {candidates}: {minutes} minutes."),
    "won.id": N_("{candidates} were alike; one had to be taken."),
    "won.rearranged": N_("Agents changed tickets so that one person more could be served."),
    "won.supervisor": N_("A supervisor gave it to {agent}."),
    "event.created": N_("{at}: took a number in {queue}."),
    "event.offered": N_("{at}: rang at {agent}'s desk."),
    "event.called": N_("{at}: called by {agent}."),
    "event.recalled": N_("{at}: called once more by {agent}."),
    "event.serving": N_("{at}: with {agent}."),
    "event.assigned": N_("{at}: assigned to {agent}."),
    "event.done": N_("{at}: finished by {agent}."),
    "event.no_show": N_("{at}: did not come to {agent}."),
    "event.cancelled": N_("{at}: withdrawn: {reason}."),
    "event.expired": N_("{at}: the branch closed."),
    "event.transferred": N_("{at}: sent on to {queue} by {agent}: {rule}."),
    "event.overflowed": N_("{at}: went on to {queue}, where somebody was there sooner: {rule}."),
    "event.parked": N_("{at}: set aside."),
    "event.resumed": N_("{at}: back in line after having been set aside."),
    "event.escalated": N_("{at}: moved in front: {rule}."),
    "event.undone": N_("{at}: {agent} took back the last step."),
    "event.forced": N_("{at}: {by} gave it to {agent} by hand."),
    "event.taken_back": N_("{at}: {by} took it back from {agent}: {reason}."),
    "event.placed": N_("{at}: {by} put it elsewhere in line ({rule}): {reason}."),
    "event.outcome": N_("{at}: {agent} noted what came of it."),
    "event.requeued.declined": N_("{at}: declined; the place was kept."),
    "event.requeued.missed": N_("{at}: not answered; the place was kept."),
    "event.requeued.withdrawn": N_("{at}: taken back; the place was kept."),
    "event.requeued.lost": N_("{at}: a connection was lost; the place was kept."),
    "event.requeued.superseded": N_("{at}: taken back for an earlier one; the place was kept."),
    "event.requeued.interrupted": N_("{at}: whoever served it did not come back; moved in front."),
    "event.requeued.late": N_("{at}: was late and let others pass: {rule}."),
    "event.requeued.came_after_all": N_("{at}: came after all; back in the old place."),
    "event.other": N_("{at}: {event}."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Teller:
    """Says sentences in a language, their instants as times of day in a zone."""

    language: Language
    zone: tzinfo

    def __call__(self, said: Said) -> str:
        """The sentence in words."""
        words = translations(self.language).gettext(WORDS[said.sentence])
        return words.format_map({name: self._shown(fact) for name, fact in said.facts.items()})

    def _shown(self, fact: Fact) -> str | int:
        return fact.astimezone(self.zone).strftime("%H:%M") if isinstance(fact, datetime) else fact
