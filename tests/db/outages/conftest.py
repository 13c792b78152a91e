"""What outages are made with: locks that are waited for no longer than a moment."""

import pytest

from qms.store import engines


@pytest.fixture
def little_patience(monkeypatch):
    """Locks are waited for no longer than a moment. Ask for it before the store."""
    monkeypatch.setitem(engines.SQLITE, "timeout", 0.2)
    monkeypatch.setattr(engines, "LOCK_SECONDS", 0.2)
