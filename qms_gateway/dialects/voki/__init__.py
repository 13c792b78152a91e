"""The Voki dialect: its appointment interface, its logins and its webhooks."""
