"""The network file: a whole organisation as TOML, read into frozen values with every problem named by its line."""

from qms.domain.network_file.declared.account import AccountDecl, ApplicationDecl, MessagesDecl
from qms.domain.network_file.declared.agent import AgentDecl
from qms.domain.network_file.declared.branch import BranchDecl, PocDecl
from qms.domain.network_file.declared.device import KioskDecl, ScreenDecl, ScreenLooks
from qms.domain.network_file.declared.form import FieldDecl, FieldOption, FormDecl
from qms.domain.network_file.declared.network import NetworkFile
from qms.domain.network_file.declared.queue import OutcomeDecl, QueueDecl, RoutingDecl
from qms.domain.network_file.declared.service import ServiceDecl
from qms.domain.network_file.declared.webhook import WebhookDecl
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
