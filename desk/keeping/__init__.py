"""Pages of what administrators keep: keys, webhooks, people's ways in, the audit log; and of everybody's own login."""
