"""What there is to say about an appointment, to whom and in which language."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import tzinfo

from kiosk.booking.zones import zone_name
from kiosk.messages.layout import harmless
from kiosk.messages.links import Linker
from qms.domain.appointment import Appointment
from qms.domain.customer import Customer
from qms.domain.network import Agent, Network
from qms.domain.zones import is_zone, read_zone, zone
from qms.services.notification.letters import Letter
from qms.web.pages import Language
from qms.web.pages.formats import day as day_text
from qms.web.pages.formats import time as time_text
from qms.web.pages.languages import first_shipped


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What there is to say about an appointment to somebody."""

    letter: Letter
    network: Network
    it: Appointment
    language: Language
    where: tzinfo
    zone: str
    join: str
    change: str

    @classmethod
    def of(cls, letter: Letter, network: Network, it: Appointment, linker: Linker) -> "Facts":
        """The facts for whoever a letter is to."""
        language = language_of(letter)
        where, label = _zone(language, it, to_agent=letter.template is None and told_to_agent(letter))
        gone = bool(letter.message.data.get("removed"))  # there is nothing to be opened for him any more
        return cls(
            letter=letter,
            network=network,
            it=it,
            language=language,
            where=where,
            zone=label,
            join="" if gone else linker.join(network, it),
            change="" if gone else linker.change(network, it),
        )

    @property
    def day(self) -> str:
        """The day in words."""
        return day_text(self.language.locale, self.it.starts_at, self.where)

    @property
    def start(self) -> str:
        """The time it starts."""
        return time_text(self.language.locale, self.it.starts_at, self.where)

    @property
    def end(self) -> str:
        """The time it ends."""
        return time_text(self.language.locale, self.it.ends_at, self.where)

    @property
    def place(self) -> str:
        """Where it is given; nothing for one from afar."""
        branch = self.network.branches.get(self.it.branch_id or "")
        return (
            ", ".join(self.own(part) for part in (branch.label, branch.address) if part) if branch is not None else ""
        )

    @property
    def title(self) -> str:
        """What it is about."""
        return self.own(self.it.title)

    def own(self, text: str) -> str:
        """A text that the account wrote itself, for whoever the letter is to."""
        return self.network.own_texts.say(text, self.language.tag).text

    @property
    def agent(self) -> str:
        """The name of whoever gives it."""
        agent = self.network.agents.get(self.it.agent_id or "")
        return harmless(agent.name) if agent is not None else ""

    @property
    def customer(self) -> str:
        """The name of whom it is for."""
        return name_of(self.letter.customer)

    def values(self) -> Mapping[str, str]:
        """By the names that templates use."""
        room = self.letter.room
        return {
            "firstName": harmless(getattr(self.letter.person, "firstname", None)),
            "lastName": harmless(getattr(self.letter.person, "lastname", None)),
            "roomLink": room.url if room is not None else self.join,
            "joinLink": self.join,
            "moveLink": self.change,
            "cancelLink": self.change,
            "title": harmless(self.title),
            "account": harmless(self.own(self.network.account.name)),
            "branch": harmless(self.place),
            "agent": self.agent,
            "customer": self.customer,
            "code": self.it.code or "",
            "reason": harmless(self.it.end_reason),
        }


def language_of(letter: Letter) -> Language:
    """The language of whoever is told: the appointment's, else the account's."""
    account = letter.network.account.languages if letter.network is not None else ()
    return first_shipped((letter.message.locale, *account))


def name_of(person: Customer | Agent | None) -> str:
    """Somebody's name, as far as it is known."""
    return harmless(f"{person.firstname or ''} {person.lastname or ''}") if person is not None else ""


def told_to_agent(letter: Letter) -> bool:
    """Whether it is an agent who is told."""
    return letter.party is not None and letter.party.kind == "AGENT"


def _zone(language: Language, it: Appointment, *, to_agent: bool) -> tuple[tzinfo, str]:
    """The appointment's zone, and its name: that of whoever booked, where he wrote one that there is.

    An agent is told in the zone where it is given.
    """
    name = it.timezone if is_zone(it.timezone) and not to_agent else it.wall_zone
    if is_zone(name):
        return zone(name), zone_name(language, name, it.starts_at)
    return read_zone(it.timezone), it.timezone
