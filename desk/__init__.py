"""The face of the staff: the agent's desk, the supervisor's view and the administrator's pages."""
