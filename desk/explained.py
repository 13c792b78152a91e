"""Explanations as JSON: each fact with its sentence in words."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from msgspec import Struct

from desk.wire import Named
from desk.words import Teller
from qms.domain.network import Network
from qms.domain.zones import zone
from qms.services.explanation import Explanation, Happened, InFront, OfferTold
from qms.services.sentences import Said
from qms.web.pages import Language


class PlaceShape(Struct, kw_only=True):
    """A ticket's place in line: in order of band, then of key."""

    id: str
    number: str
    state: str
    branch: Named | None
    queue: Named | None
    band: int
    key: datetime
    enqueued_at: datetime
    eligible_from: datetime


class InFrontShape(Struct, kw_only=True):
    """Who goes first, and by which rule: band, earlier, credit, put_back or sequence."""

    position: int
    number: str
    rule: str
    credit_seconds: int
    arrived_at: datetime | None
    not_before: datetime | None
    words: str

    @classmethod
    def of(cls, one: InFront, tell: Teller) -> "InFrontShape":
        return cls(
            position=one.ahead.position,
            number=one.number,
            rule=one.ahead.rule,
            credit_seconds=int(one.ahead.credit.total_seconds()),
            arrived_at=one.ahead.arrived_at,
            not_before=one.ahead.not_before,
            words=tell(one.said),
        )


class PastOffer(Struct, kw_only=True):
    """An offer with its reasons as the distributor recorded them; agents and branches by the ids that callers know."""

    id: str
    agent: str
    state: str
    made_at: datetime
    answered_at: datetime | None
    ended_at: datetime | None
    reasons: Mapping[str, Any]
    words: list[str]

    @classmethod
    def of(cls, told: OfferTold, network: Network, tell: Teller) -> "PastOffer":
        offer = told.offer
        return cls(
            id=offer.id,
            agent=told.agent,
            state=offer.state,
            made_at=offer.made_at,
            answered_at=offer.answered_at,
            ended_at=offer.ended_at,
            reasons=_named(offer.reasons, network),
            words=_words(told.said, tell),
        )


class EntryShape(Struct, kw_only=True):
    """Something that happened; `rule` where it changed the ticket's place in line."""

    name: str
    at: datetime
    rule: str | None
    words: str

    @classmethod
    def of(cls, entry: Happened, tell: Teller) -> "EntryShape":
        return cls(name=entry.name, at=entry.at, rule=entry.rule, words=tell(entry.said))


class Explained(Struct, kw_only=True):
    """Why a ticket is where it is; `position` is null unless it waits. Times in words are the branch's.

    `overtaken_by`: how many who came later were given to an agent first.
    """

    ticket: PlaceShape
    position: int | None
    overtaken_by: int
    words: list[str]
    ahead: list[InFrontShape]
    offers: list[PastOffer]
    journal: list[EntryShape]

    @classmethod
    def of(cls, why: Explanation, language: Language) -> "Explained":
        branch = why.network.branches.get(why.ticket.branch_id or "")
        tell = Teller(language=language, zone=zone(why.network.zone_of(branch)))
        return cls(
            ticket=_place(why),
            position=why.position,
            overtaken_by=why.overtaken_by,
            words=_words(why.said, tell),
            ahead=[InFrontShape.of(one, tell) for one in why.in_front],
            offers=[PastOffer.of(told, why.network, tell) for told in why.offers],
            journal=[EntryShape.of(entry, tell) for entry in why.journal],
        )


def _place(why: Explanation) -> PlaceShape:
    ticket = why.ticket
    return PlaceShape(
        id=ticket.id,
        number=ticket.number,
        state=ticket.state,
        branch=Named.of(why.network.branches.get(ticket.branch_id or "")),
        queue=Named.of(why.network.queues.get(ticket.queue_id)),
        band=ticket.band,
        key=ticket.key,
        enqueued_at=ticket.enqueued_at,
        eligible_from=ticket.eligible_from,
    )


def _named(reasons: Mapping[str, Any], network: Network) -> Mapping[str, Any]:
    """The reasons with public ids; the distributor knows things by their own."""
    public = {one.id: one.public_id for shelf in (network.agents, network.branches) for one in shelf.values()}
    candidates = [{**one, "agent": public.get(one["agent"])} for one in reasons.get("candidates", ())]
    over = [{**one, "detail": public.get(one["detail"], one["detail"])} for one in reasons.get("passed_over", ())]
    return {**reasons, "candidates": candidates, "passed_over": over}


def _words(said: Sequence[Said], tell: Teller) -> list[str]:
    return [tell(one) for one in said]
