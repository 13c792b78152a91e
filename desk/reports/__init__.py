"""Reports: what happened, what would have happened, and how many agents a week needs."""
