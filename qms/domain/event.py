"""What has happened, under the names that subscribers see.

Names, past tense in meaning, one per transition:
`ticket.created .offered .called .recalled .serving .assigned .done .no_show .cancelled .expired .requeued .transferred
.parked .resumed .escalated`, `agent.connected .disconnected .away .idle`, `form.received`, `queue.updated`,
`survey.received`, `appointment.*`, `waitlist.joined .offered .accepted .expired`. `ticket.assigned` happens once per
ticket: when it is answered (booth) or called (counter).
"""

from collections.abc import Mapping
from dataclasses import field
from datetime import datetime

from qms.domain.value import value


@value(frozen=True, slots=True, kw_only=True)
class Event:
    """One thing that happened to one entity.

    `data` goes to the journal. `payload` is the snapshot for subscribers, None where nobody subscribes. `measures` are
    for whoever counts what was committed, and stored nowhere.
    """

    name: str
    at: datetime
    account_id: str
    entity: str
    branch_id: str | None = None
    data: Mapping[str, object] = field(default_factory=dict)
    payload: Mapping[str, object] | None = None
    measures: Mapping[str, str | float] = field(default_factory=dict)
