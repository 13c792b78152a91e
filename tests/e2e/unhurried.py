"""The program, but for its transactions: they may stand still for long, where seven processes share a machine.

An installation's are ended after a second, and what they were for is asked again; whoever tests pages does not do that.
"""

from qms.store import limits
from server.main import main

__all__ = ["main"]

limits.IDLE_SECONDS = 30
