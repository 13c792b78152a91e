"""The composition of the parts: settings, roles, the command line and the demonstration."""
