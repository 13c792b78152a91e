"""Explanations in words: one sentence for each name in `qms.services.sentences`, to be translated as a table."""

from collections.abc import Mapping
from datetime import datetime, tzinfo

from qms.services.sentences import Fact, Said

WORDS: Mapping[str, str] = {
    "position.first": "{number} is first in line.",
    "position.behind": "{number} is number {position} in line: {ahead} in front.",
    "position.overtaken": "{count} who came later have been served first.",
    "state.offered": "{number} is ringing at a desk.",
    "state.called": "{number} was called by {agent} at {at}, to {poc}.",
    "state.serving": "{number} has been with {agent} at {poc} since {at}.",
    "state.done": "{number} was served by {agent}, until {at}.",
    "state.cancelled": "{number} was withdrawn at {at}: {reason}.",
    "state.expired": "{number} was still waiting when the branch closed, at {at}.",
    "state.no_show": "{number} was called by {agent} and did not come; noted at {at}.",
    "state.parked": "{number} was set aside by {agent} at {at}.",
    "ahead.band": "{number} goes first: an emergency, or beyond the longest wait allowed.",
    "ahead.earlier": "{number} came earlier, at {at}.",
    "ahead.credit": "{number} came later, at {at}, with a credit of {minutes} minutes: an appointment, or its class.",
    "ahead.put_back": "{number} came at {at}; this one has been put back since.",
    "ahead.sequence": "{number} came at the same moment, just before.",
    "waits.nobody_on_duty": "Nobody who serves {queue} is signed in.",
    "waits.nobody_free": "Of {on_duty} who serve {queue}, nobody is free.",
    "waits.by_hand": "In {queue} people are called by hand; {free} of {on_duty} are free.",
    "waits.next": "{free} of {on_duty} who serve {queue} are free.",
    "waits.not_before": "It is not due before {at}; until then it only goes to somebody who has nothing else to do.",
    "waits.held": "It is held for {agent} until {until}, while he is there.",
    "waits.declined": "{agent} declined it, and is not asked again before {until}.",
    "waits.mix": "After {cap} people with appointments in a row comes one who walked in.",
    "waits.ring": "For now only agents of skill level {level} or more are asked.",
    "moved.mix": "It was time for somebody who walked in, after so many appointments.",
    "moved.weight": "The queue has a head start of {seconds} s against the agent's other queues.",
    "offer.ringing": "Rings at {agent}'s desk since {at}.",
    "offer.accepted": "Went to {agent} at {at}, at {poc}.",
    "offer.done": "Went to {agent} at {at}, at {poc}, and is over.",
    "offer.declined": "Rang at {agent}'s desk at {at}, and was declined.",
    "offer.missed": "Rang at {agent}'s desk at {at}, and was not answered in time.",
    "offer.withdrawn": "Rang at {agent}'s desk at {at}, and was taken back.",
    "offer.lost": "Was with {agent} from {at}, whose connection was lost.",
    "offer.superseded": "Rang at {agent}'s desk at {at}, until he took an earlier one back.",
    "won.only_candidate": "{agent} was the only one available who may take it.",
    "won.only_free": "The others who may take it went to more urgent people.",
    "won.preferred": "{agent} was to be asked first.",
    "won.empty_handed": "The next best had just been given somebody else.",
    "won.level": "{agent} had the highest skill level of {candidates}: {level}.",
    "won.least_flexible": "{agent} could be spared best: he serves {flexibility} of the queues in which people wait.",
    "won.least_loaded": "{agent} had the fewest people at his desk: {held}.",
    "won.fullest": "{agent} had people at his desk already ({held}), and this queue fills one agent after the other.",
    "won.longest_idle": "{agent} had been idle longest of {candidates}: {minutes} minutes.",
    "won.id": "{candidates} were alike; one had to be taken.",
    "won.rearranged": "Agents changed tickets so that one person more could be served.",
    "event.created": "{at}: took a number in {queue}.",
    "event.offered": "{at}: rang at {agent}'s desk.",
    "event.called": "{at}: called by {agent}.",
    "event.recalled": "{at}: called once more by {agent}.",
    "event.serving": "{at}: with {agent}.",
    "event.assigned": "{at}: assigned to {agent}.",
    "event.done": "{at}: finished by {agent}.",
    "event.no_show": "{at}: did not come to {agent}.",
    "event.cancelled": "{at}: withdrawn: {reason}.",
    "event.expired": "{at}: the branch closed.",
    "event.transferred": "{at}: sent on to {queue} by {agent}: {rule}.",
    "event.overflowed": "{at}: went on to {queue}, where somebody was there sooner: {rule}.",
    "event.parked": "{at}: set aside.",
    "event.resumed": "{at}: back in line after having been set aside.",
    "event.escalated": "{at}: moved in front: {rule}.",
    "event.undone": "{at}: {agent} took back the last step.",
    "event.requeued.declined": "{at}: declined; the place was kept.",
    "event.requeued.missed": "{at}: not answered; the place was kept.",
    "event.requeued.withdrawn": "{at}: taken back; the place was kept.",
    "event.requeued.lost": "{at}: a connection was lost; the place was kept.",
    "event.requeued.superseded": "{at}: taken back for an earlier one; the place was kept.",
    "event.requeued.interrupted": "{at}: whoever served it did not come back; moved in front.",
    "event.requeued.late": "{at}: was late and let others pass: {rule}.",
    "event.requeued.came_after_all": "{at}: came after all; back in the old place.",
    "event.other": "{at}: {event}.",
}


def in_words(said: Said, at: tzinfo) -> str:
    """The sentence, its instants as times of day in a zone."""
    return WORDS[said.sentence].format_map({name: _shown(fact, at) for name, fact in said.facts.items()})


def _shown(fact: Fact, at: tzinfo) -> str | int:
    return fact.astimezone(at).strftime("%H:%M") if isinstance(fact, datetime) else fact
