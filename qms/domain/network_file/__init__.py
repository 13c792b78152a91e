"""The network file: a whole organisation as TOML, read into frozen values with every problem named by its line."""

from qms.domain.network_file.declarations import (
    AccountDecl,
    AgentDecl,
    ApplicationDecl,
    BranchDecl,
    FieldDecl,
    FieldOption,
    FormDecl,
    KioskDecl,
    MessagesDecl,
    NetworkFile,
    OutcomeDecl,
    PocDecl,
    QueueDecl,
    RoutingDecl,
    ScreenDecl,
    ScreenLooks,
    ServiceDecl,
    WebhookDecl,
)
from qms.domain.network_file.problems import NetworkFileErrors, Problem
from qms.domain.network_file.reader import read_network

__all__ = [
    "read_network",
    "NetworkFileErrors",
    "Problem",
    "NetworkFile",
    "AccountDecl",
    "ApplicationDecl",
    "BranchDecl",
    "PocDecl",
    "QueueDecl",
    "OutcomeDecl",
    "RoutingDecl",
    "AgentDecl",
    "ServiceDecl",
    "FormDecl",
    "FieldDecl",
    "FieldOption",
    "WebhookDecl",
    "ScreenDecl",
    "ScreenLooks",
    "KioskDecl",
    "MessagesDecl",
]
