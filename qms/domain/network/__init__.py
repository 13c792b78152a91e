"""The network: branches, queues, points of contact, agents and what else is configured, as one snapshot per account."""

from qms.domain.network.account import Account, Application
from qms.domain.network.booking import Form, Service
from qms.domain.network.configured import Configured
from qms.domain.network.devices import Kiosk, Screen
from qms.domain.network.people import ROLES, Agent
from qms.domain.network.places import Branch, Poc, Queue
from qms.domain.network.shelf import Keyed, Shelf
from qms.domain.network.snapshot import Network
from qms.domain.network.webhook import Custom, Webhook

__all__ = [
    "ROLES",
    "Network",
    "Account",
    "Application",
    "Branch",
    "Poc",
    "Queue",
    "Agent",
    "Form",
    "Service",
    "Webhook",
    "Custom",
    "Screen",
    "Kiosk",
    "Configured",
    "Keyed",
    "Shelf",
]
