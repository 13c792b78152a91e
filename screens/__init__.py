"""The face of the lobby: the screens that show who is called, and where to go."""
