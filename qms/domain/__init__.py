"""The values, states and times of a queue-management system, in the standard library only."""
