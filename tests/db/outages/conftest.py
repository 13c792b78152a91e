"""What outages are made with: locks that are waited for no longer than a moment."""

import pytest

from qms.store import limits, sqlite


@pytest.fixture
def little_patience(monkeypatch):
    """Locks are waited for no longer than a moment. Ask for it before the store."""
    monkeypatch.setattr(sqlite, "BUSY_SECONDS", 0.2)
    monkeypatch.setattr(limits, "LOCK_SECONDS", 0.2)
