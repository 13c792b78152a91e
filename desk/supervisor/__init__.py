"""The supervisor's page: the board, live, and what can be done about what it shows."""
