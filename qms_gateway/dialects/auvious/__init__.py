"""The Auvious dialect: its appointment interface, its tokens and its webhooks."""
