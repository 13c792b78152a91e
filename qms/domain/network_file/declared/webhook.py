"""A webhook as a network file declares it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from qms.domain.network import Custom
from qms.domain.network_file.declared.named import Identified


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookDecl(Identified):
    """Where events are sent. `secret` None: one is to be made. With `custom`, what is sent is made of templates."""

    url: str
    events: tuple[str, ...]
    dialect: str
    active: bool
    max_concurrency: int
    ordered: bool = False
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    secret: str | None = field(default=None, repr=False)
    custom: Custom | None = None
    secrets: Mapping[str, str] = field(default_factory=dict, repr=False)
