"""A whole organisation as a network file declares it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from qms.domain.network_file.declared.account import AccountDecl, MessagesDecl
from qms.domain.network_file.declared.agent import AgentDecl
from qms.domain.network_file.declared.branch import BranchDecl
from qms.domain.network_file.declared.device import KioskDecl, ScreenDecl
from qms.domain.network_file.declared.form import FormDecl
from qms.domain.network_file.declared.queue import QueueDecl
from qms.domain.network_file.declared.service import ServiceDecl
from qms.domain.network_file.declared.webhook import WebhookDecl
from qms.domain.network_file.problems import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkFile:
    """A whole organisation, free of contradictions. `warnings` are what is allowed and probably not meant."""

    filename: str
    account: AccountDecl
    messages: MessagesDecl = field(default_factory=MessagesDecl)
    translations: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    branches: tuple[BranchDecl, ...] = ()
    queues: tuple[QueueDecl, ...] = ()
    agents: tuple[AgentDecl, ...] = ()
    services: tuple[ServiceDecl, ...] = ()
    forms: tuple[FormDecl, ...] = ()
    webhooks: tuple[WebhookDecl, ...] = ()
    screens: tuple[ScreenDecl, ...] = ()
    kiosks: tuple[KioskDecl, ...] = ()
    warnings: tuple[Problem, ...] = ()
