"""Wake-ups between those who change something and those who wait for it. Never truth: losing all costs a second."""

from qms.bus.listener import Bus, Listener

__all__ = ["Bus", "Listener"]
