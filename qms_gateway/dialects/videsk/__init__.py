"""The Videsk dialect: its QMS, calendar and forms interfaces and its webhooks."""
