"""Wake-ups between processes that should arrive, but that nobody depends on: in memory or through Redis."""
