"""Who is asking at the desk: see `qms.web.people`."""

from qms.web.people import COOKIE, KIND, forget, presented, remember, require_own_page, who

__all__ = ["COOKIE", "KIND", "forget", "presented", "remember", "require_own_page", "who"]
