"""Wake-ups between those who change something and those who wait for it. Never truth: losing all costs a second."""

from qms.bus.listener import Bus, Listener
from qms.bus.memory import MemoryBus
from qms.bus.redis import RedisBus

__all__ = ["Bus", "Listener", "MemoryBus", "RedisBus"]
